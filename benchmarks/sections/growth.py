"""How time and memory grow with the number of documents, and what that means for a great many.

The documents are short texts that read like case reports, each with other numbers, so that the machinery of the batch
(hashing, workers, results, tables) weighs as much as it can beside the reading. A thousand documents are the most;
with ``GROWTH=10000`` in the environment ten thousand are.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, Given
from benchmarks.timing import ALONE

TITLE = "Growing batches"
RANK = 60

MOST = int(os.environ.get("GROWTH", "1000"))
SIZES = tuple(size for size in (1, 10, 100, 1000, 10_000) if size <= MOST)
PART = 1000
PLANNED, CORES = 300_000, 64
LETTER = (
    "Case report\n\nA {age}-year-old {who} with {disease} received {drug} {dose} mg {route} every {weeks} weeks for "
    "{cycles} cycles. Platelets fell from {high} to {low} × 10^9/L and grade {grade} neutropenia developed on "
    "day {day}. After dose reduction the patient achieved a partial response.\n"
)
CHOICES = {
    "who": ("woman", "man"),
    "disease": ("mycosis fungoides", "psoriasis", "multiple myeloma", "immune thrombocytopenia"),
    "drug": ("alemtuzumab", "methotrexate", "bortezomib", "rituximab", "cisplatin"),
    "route": ("intravenously", "subcutaneously", "orally"),
}


def measure(given: Given) -> Iterator[Figure]:
    """Processor seconds for each size, memory of the worker along the largest, and a plan."""
    spent: dict[int, float] = {}
    told: list[dict[str, float]] = []
    for size in SIZES:
        papers = written(given.scratch / f"letters{size}", size)
        spent[size], told = mined(papers, given.scratch / f"run{size}")
        yield Figure(what=f"{size:,} documents", ours=f"{spent[size]:.1f} s, {1000 * spent[size] / size:.0f} ms each")
    yield from steadiness(told)
    yield from plan(given, spent)


def written(folder: Path, size: int) -> Path:
    """A folder with so many letters, the same every time."""
    folder.mkdir()
    for number in range(size):
        chance = random.Random(number)
        drawn = {slot: chance.choice(words) for slot, words in CHOICES.items()}
        numbers = {slot: chance.randrange(1, 5) for slot in ("weeks", "grade")}
        numbers |= {slot: chance.randrange(6, 90) for slot in ("age", "dose", "cycles", "low", "day")}
        letter = LETTER.format(**drawn, **numbers, high=chance.randrange(150, 400))
        (folder / f"letter{number:06}.txt").write_text(letter, encoding="utf-8")
    return folder


def mined(papers: Path, out: Path, jobs: int = 1) -> tuple[float, list[dict[str, float]]]:
    """Processor seconds of a run, and what its log tells of each document."""
    call = [sys.executable, "-m", "pipeline", "run", str(papers), "-o", str(out), "-j", str(jobs), "--log-json"]
    log = out.with_suffix(".log")
    with log.open("wb") as lines:
        child = subprocess.Popen(call, stdout=subprocess.DEVNULL, stderr=lines, env={**os.environ, **ALONE})
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, call)
    events = (json.loads(line) for line in log.read_text(encoding="utf-8").splitlines())
    return usage.ru_utime + usage.ru_stime, [event for event in events if event["event"] == "document"]


def steadiness(told: list[dict[str, float]]) -> Iterator[Figure]:
    """Memory and time of the last documents beside those after the first."""
    part = min(PART, len(told) // 3)
    parts = {"second": told[part : 2 * part], "last": told[-part:]}
    for what, key, unit in (("memory of the worker", "worker_megabytes", "MB"), ("time", "seconds", "s")):
        means = {name: sum(one[key] for one in ones) / part for name, ones in parts.items()}
        beside = f"{means['last']:.3g} {unit} beside {means['second']:.3g} {unit}"
        yield Figure(
            what=f"{what}, last {part:,} documents beside the second {part:,}",
            ours=f"{beside} ({means['last'] / means['second']:.0%})",
        )


def plan(given: Given, spent: dict[int, float]) -> Iterator[Figure]:
    """Reckoned from the cost of a real report and what a document costs beyond its reading."""
    reports = sorted(path for path in given.reports.rglob("*") if path.suffix in (".pdf", ".xml", ".nxml", ".txt"))
    single, _ = mined(reports[0], given.scratch / "one") if reports else (0.0, [])
    whole, _ = mined(given.reports, given.scratch / "reports")
    each = (whole - single) / max(len(reports) - 1, 1)
    hours = each * PLANNED / CORES / 3600
    yield Figure(what=f"a report of `{given.reports.name}`, start-up left out", ours=f"{each:.2f} s")
    yield Figure(
        what=f"reckoned: {PLANNED:,} such reports on {CORES} cores like this one, all busy",
        ours=f"{hours:.1f} hours ({each * PLANNED / 3600:.0f} core hours)",
    )
