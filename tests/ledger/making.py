"""Rows and decisions of an invented patient."""

from typing import Any

from pipeline.ledger import Decision, MachineRow, RowKind

MOMENT = "2026-01-31T12:00:00Z"
KEYS: dict[str, dict[str, str]] = {
    "regimen": {"therapy": "alemtuzumab", "dose_low": "30", "dose_high": "30", "dose_unit": "mg", "role": "index"},
    "toxicity": {"term": "neutropenia", "grade": "4"},
    "measurement": {"analyte": "platelets", "value_low": "18", "value_high": "18", "unit": "10*9/L"},
    "response": {"category": "PR", "therapies": "alemtuzumab"},
}


def a_row(kind: RowKind = "regimen", key: str = "reg-1", **cells: Any) -> MachineRow:
    """A machine's row; ``cells`` override."""
    shared = {
        "evidence_id": key,
        "doc_id": "woman",
        "case_id": "woman/P1",
        "regimen_id": "woman/P1#1",
        "attribution": "patient",
        "assertion": "affirmed",
        "review_status": "auto",
        "start": "10",
        "end": "27",
        "quote": "alemtuzumab 30 mg",
        **KEYS[kind],
    }
    return MachineRow(kind=kind, cells=shared | {name: str(cell) for name, cell in cells.items()})


def decided(row: MachineRow, action: str = "accept", number: int = 0, **more: Any) -> Decision:
    """A decision on a row as the machine has it."""
    own = {
        "number": number,
        "doc_id": row.cells["doc_id"],
        "evidence_id": row.key,
        "kind": row.kind,
        "action": action,
        "curator": "ada",
        "decided_at": MOMENT,
        "before": dict(row.cells),
    }
    return Decision(**(own | more))  # type: ignore[arg-type]
