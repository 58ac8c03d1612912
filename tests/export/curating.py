"""A curator at work on the sample reports: accepts most, edits, rejects, adds, splits, merges and moves some."""

from collections.abc import Iterator
from typing import Any

from pipeline.export.run_tables import RunTables
from pipeline.ledger import Decision, MachineRow, added_id

MOMENT = "2026-02-03T10:00:00Z"
REVIEWED = "ctcl_alemtuzumab"


def _decision(row: MachineRow, action: str, **more: Any) -> Decision:
    own = {"doc_id": row.cells["doc_id"], "evidence_id": row.key, "kind": row.kind, "action": action}
    made = {"curator": "ada", "decided_at": MOMENT, "before": dict(row.cells)}
    return Decision(**(own | made | more))  # type: ignore[arg-type]


def of_kind(run: RunTables, kind: str, doc_id: str = REVIEWED) -> list[MachineRow]:
    """The affirmed patient rows of a kind in a document."""
    rows = [row for row in run.rows if row.kind == kind and row.cells["doc_id"] == doc_id]
    return [row for row in rows if kind == "case" or row.cells["attribution"] == "patient"]


def added_toxicity(run: RunTables) -> Decision:
    """An event that the machine did not read, at words of the text."""
    text, quote = run.text(REVIEWED), "alemtuzumab"
    start = text.index(quote)
    cells = {
        "doc_id": REVIEWED,
        "case_id": f"{REVIEWED}/P1",
        "term": "headache",
        "grade": "1",
        "quote": quote,
        "start": str(start),
        "end": str(start + len(quote)),
    }
    row = MachineRow(kind="toxicity", cells={**cells, "evidence_id": added_id("toxicity", cells)})
    return _decision(row, "add", before={}, after=row.cells)


def _on(run: RunTables) -> Iterator[Decision]:
    regimens, events = of_kind(run, "regimen"), of_kind(run, "toxicity")
    answers, values = of_kind(run, "response"), of_kind(run, "measurement")
    yield _decision(regimens[0], "edit", after={"dose_low": "7.5", "dose_high": "7.5", "comment": "x"})
    yield _decision(regimens[1], "reject", comment="a drug of the discussion")
    part = {**regimens[0].cells, "dose_low": "10", "dose_high": "10"}
    split = MachineRow(kind="regimen", cells={**part, "evidence_id": added_id("regimen", part)})
    yield _decision(split, "split", before=regimens[0].cells, after=split.cells)
    target = {name: regimens[0].cells[name] for name in ("case_id", "regimen_id")}
    yield _decision(events[0], "move", after={**target, "therapies": regimens[0].cells["therapy"]})
    yield _decision(answers[1], "merge", after={"evidence_id": answers[0].key})
    yield _decision(values[0], "edit", after={"value_low": "+1,5;"}, comment="a typing error that no table takes")
    yield added_toxicity(run)
    (case,) = of_kind(run, "case")
    yield _decision(case, "edit", after={"age_years": "70"})
    decided = {regimens[0].key, regimens[1].key, events[0].key, answers[1].key}
    for kind in ("regimen", "toxicity", "response", "measurement"):
        for row in of_kind(run, kind):
            if row.key not in decided:
                yield _decision(row, "accept")


def decisions_on(run: RunTables) -> list[Decision]:
    """Decisions of every kind, all rows of one document among them."""
    from dataclasses import replace

    return [replace(one, number=number) for number, one in enumerate(_on(run), 1)]


def accepted(row: MachineRow) -> Decision:
    """The row as the machine has it, signed."""
    return _decision(row, "accept")
