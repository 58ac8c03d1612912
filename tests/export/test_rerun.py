"""Decisions after the reports have changed around the facts: a paragraph more, other lines, and so all ids new."""

import re
import textwrap
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.export.curated import curate
from pipeline.export.run_tables import RunTables, read_run
from pipeline.ledger import MachineRow
from pipeline.ledger.fitting import about
from tests.export.curating import accepted

PARAGRAPH = "The clinic lies at the edge of a small town, and its archive has been kept on paper since it was founded."
WIDTH = 61


def rewritten(path: Path) -> str:
    """The report with a paragraph more before its first long one, set in lines of another length."""
    told = path.read_text(encoding="utf-8")
    if path.suffix == ".xml":
        return re.sub(r"(<body>.*?)<p>", rf"\1<p>{PARAGRAPH}</p><p>", told, count=1, flags=re.DOTALL)
    parts = told.split("\n\n")
    first = next(place for place, part in enumerate(parts) if len(part) > 300)
    parts.insert(first, PARAGRAPH)
    return "\n\n".join(part if "\t" in part or len(part) < 200 else textwrap.fill(part, WIDTH) for part in parts)


@pytest.fixture(scope="module")
def rerun(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> RunTables:
    folder = tmp_path_factory.mktemp("rewritten")
    for path in samples:
        if path.suffix in (".txt", ".xml"):
            (folder / path.name).write_text(rewritten(path), encoding="utf-8")
    assert main(["run", str(folder), "-o", str(folder / "run"), "-j", "1"]) == 0
    return read_run(folder / "run")


def fact(row: MachineRow) -> tuple[object, ...]:
    """What a reader would call the same fact: kind, document, words, and what it states."""
    words = re.sub(r"[\s-]+", "", row.cells["quote"])
    return (row.kind, row.cells["doc_id"], words, row.cells["attribution"], about(row.kind, row.cells))


def facts(run: RunTables, documents: set[str]) -> list[MachineRow]:
    return [row for row in run.rows if row.kind != "case" and row.cells["doc_id"] in documents]


def test_decisions_of_unchanged_facts_are_kept(run: RunTables, rerun: RunTables) -> None:
    then, now = facts(run, set(rerun.documents)), facts(rerun, set(rerun.documents))
    assert not {row.key for row in then} & {row.key for row in now}, "no id is the old one"
    decided = [replace(accepted(row), number=number) for number, row in enumerate(then, 1)]
    made = {number: row for row in curate(rerun, decided).rows for number in row.numbers}
    unchanged = Counter(map(fact, then)) & Counter(map(fact, now))
    kept = Counter(fact(then[number - 1]) for number, row in made.items() if row.status == "accepted")
    count, total = sum((kept & unchanged).values()), sum(unchanged.values())
    assert total > 100
    assert count >= 0.99 * total, f"{count} of {total}"


def test_each_decision_lands_on_its_own_fact(run: RunTables, rerun: RunTables) -> None:
    """A twin that stands elsewhere in the text is not taken for it: places keep their order."""
    then = facts(run, set(rerun.documents))
    decided = [replace(accepted(row), number=number) for number, row in enumerate(then, 1)]
    for row in curate(rerun, decided).rows:
        for number in row.numbers:
            seen = then[number - 1]
            assert about(row.kind, {**row.cells, **row.machine})[0] == about(seen.kind, seen.cells)[0]
            assert (
                rerun.text(row.cells["doc_id"])[int(row.cells["start"]) : int(row.cells["end"])] == row.cells["quote"]
            )
