"""Writes ``tests/golden/<doc>.txt``: what casebook finds in each sample report, for a reader.

``make golden`` runs this. Look at the difference before you keep it: a changed line is a changed finding.
"""

import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "corpus" / "samples"
FACTS = ("regimens", "responses", "toxicities", "measurements")
# Where and how a row was found may change without a change of what it says.
LEFT_OUT = frozenset(
    {"evidence_id", "doc_id", "regimen_id", "case_id", "attribution", "assertion", "confidence", "review_status"}
    | {"section", "page", "start", "end", "quote", "mentions", "rules", "cue", "box", "boxes", "slot_confidence"}
)


def table(run: Path, name: str) -> list[dict[str, str]]:
    """The rows of a run's table."""
    with (run / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contract_columns(name: str) -> frozenset[str]:
    """The columns that say something for a reader; what tells how a row was found is left out."""
    from pipeline.tables import all_tables

    header = next(t.header for t in all_tables() if t.name == name)
    return frozenset(header) - LEFT_OUT


def lines(run: Path, document: dict[str, str]) -> Iterator[str]:
    """The golden file of one document."""
    doc_id = document["doc_id"]
    yield f"{doc_id}: {document['doc_type']}, {document['n_cases']} cases, {document['n_rows']} rows"
    for case in table(run, "cases"):
        if case["doc_id"] == doc_id:
            yield "case " + _slots(case, frozenset(case) - {"doc_id"})
    for name in FACTS:
        rows = [row for row in table(run, name) if row["doc_id"] == doc_id]
        yield f"\n{name}: {len(rows)}"
        for row in sorted(rows, key=lambda r: (int(r["start"]), int(r["end"]), _slots(r, contract_columns(name)))):
            case = row["case_id"].rpartition("/")[2] or "-"
            yield f"  {case} {row['attribution']} {row['assertion']}: {_slots(row, contract_columns(name))}"
            yield f"      “{' '.join(row['quote'].split())}”"


def _slots(row: dict[str, str], columns: frozenset[str]) -> str:
    return " ".join(f"{column}={cell}" for column, cell in row.items() if cell and column in columns)


def golden_files(run: Path) -> dict[str, str]:
    """File name and content of every document's golden file."""
    return {f"{d['doc_id']}.txt": "\n".join(lines(run, d)) + "\n" for d in table(run, "documents")}


def run_samples(folder: Path) -> str:
    """Run the command over the samples into ``folder``; its closing summary."""
    command = [sys.executable, "-m", "pipeline", "run", str(SAMPLES), "-o", str(folder), "--fresh"]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout or finished.stderr


def main() -> None:
    """Run casebook over the samples and write the golden files and the README's part."""
    from tests.golden import readme

    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder)
        summary = run_samples(run)
        for name, content in golden_files(run).items():
            (HERE / name).write_text(content, encoding="utf-8")
        readme.write(run, summary)


if __name__ == "__main__":
    main()
