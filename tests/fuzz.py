"""``make fuzz``: a run over thousands of spoilt PDFs, XML files and texts, and what must hold of it.

python -m tests.fuzz 5000            five thousand files, made from the samples by a fixed seed
python -m tests.fuzz 300 --seed 7    others

No crash of the run, no document lost, none that hangs beyond its limit, no error that nobody foresaw, and no row whose
quote is not in its text.
"""

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.properties.test_mutated_files import SAMPLES, SPOILING

FACTS = ("regimens", "responses", "toxicities", "measurements", "evidence")
LIMITS = '[reading]\nmax_seconds = 30\nmax_memory_megabytes = 1500\nocr = "off"\n'
UNFORESEEN = ("bug", "crash", "memory", "timeout")
csv.field_size_limit(1 << 30)


def spoil(folder: Path, count: int, seed: int) -> None:
    """Write ``count`` spoilt samples; every fifth is spoilt twice."""
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        sample = SAMPLES[number % len(SAMPLES)]
        content = chance.choice(SPOILING)(sample.read_bytes(), chance)
        if number % 5 == 0 and content:
            content = chance.choice(SPOILING)(content, chance)
        (folder / f"{number:05}{sample.suffix}").write_bytes(content)


def faults(out: Path, count: int) -> list[str]:
    """What does not hold of the run in ``out``; empty where all does."""
    with (out / "documents.csv").open(encoding="utf-8", newline="") as lines:
        documents = list(csv.DictReader(lines))
    found = [] if len(documents) == count else [f"{len(documents)} documents of {count}"]
    found += [] if len({row["doc_id"] for row in documents}) == count else ["documents are doubled"]
    account = json.loads((out / "run.json").read_text(encoding="utf-8"))
    found += [f"{f['doc_id']}: {f['code']}: {f['message']}" for f in account["failures"] if f["code"] in UNFORESEEN]
    texts: dict[str, str] = {}
    for table in FACTS:
        with (out / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                name = row["doc_id"]
                if name not in texts:
                    texts = {name: (out / "text" / f"{name}.txt").read_bytes().decode("utf-8")}
                quote, held = row["quote"], texts[name][int(row["start"]) : int(row["end"])]
                if held not in (quote, quote[1:]):
                    found.append(f"{table} {row['evidence_id']} of {name}: {quote!r} is not {held!r}")
    return found


def main() -> int:
    """Make the files, run, judge."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("count", type=int)
    asked.add_argument("--seed", type=int, default=0)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        papers, out = Path(scratch, "papers"), Path(scratch, "out")
        papers.mkdir()
        spoil(papers, told.count, told.seed)
        (Path(scratch) / "limits.toml").write_text(LIMITS)
        begun = time.monotonic()
        command = [sys.executable, "-m", "pipeline", "run", str(papers), "-o", str(out)]
        run = subprocess.run([*command, "--config", f"{scratch}/limits.toml"], capture_output=True, check=False)
        if run.returncode:
            print(run.stderr.decode("utf-8", "replace")[-3000:])
            return 1
        found = faults(out, told.count)
        codes = Counter(f["code"] for f in json.loads((out / "run.json").read_text())["failures"])
    print(f"{told.count} spoilt files in {time.monotonic() - begun:.0f} s; failed: {dict(codes.most_common())}")
    print("\n".join(found) or "all holds")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
