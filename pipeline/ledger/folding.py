"""One row's decisions, folded: which values are signed, and what the machine says beside them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.datamodel.vocabulary import ReviewStatus
from pipeline.ledger.decision import SETTLING, Cells, Decision, RowKind
from pipeline.ledger.fitting import MachineRow, columns

TO_ROW = "to_evidence_id"
"""In ``after`` of a move: a row of the regimen that the row is moved to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedRow:
    """A row as it stands.

    Attributes:
        cells: of its table, ``review_status`` included.
        machine: of the cells that say something else than the machine, what the machine says; of a row that a
            curator added nothing.
        status: ``auto`` where nobody decided; ``accepted`` as the machine has it, ``edited`` otherwise; ``rejected``.
        curator, decided_at, action, comment: of the last decision; empty where nobody decided.
        numbers: of the decisions that made it what it is.
        merged_into: the row that it is part of, where it was merged.
        added: whether a curator added it.
    """

    kind: RowKind
    cells: Cells
    machine: Cells = field(default_factory=dict)
    status: ReviewStatus = "auto"
    curator: str = ""
    decided_at: str = ""
    action: str = ""
    comment: str = ""
    numbers: tuple[int, ...] = ()
    merged_into: str = ""
    added: bool = False

    @property
    def key(self) -> str:
        """Its ``evidence_id``; of a case its ``case_id``."""
        return self.cells["case_id" if self.kind == "case" else "evidence_id"]


def untouched(row: MachineRow) -> CuratedRow:
    """The machine's row that nobody decided on."""
    return CuratedRow(kind=row.kind, cells=_with_status(row.kind, row.cells, "auto"))


def folded(row: MachineRow, chain: Sequence[Decision], base: Cells | None = None) -> CuratedRow | None:
    """The row under its decisions; None where two readers leave it differently and nobody has settled it.

    Args:
        row: the machine's, or an added one.
        chain: the row's standing decisions.
        base: the row as it was when the first of them was made; None: as its ``before`` says.
    """
    settled = [one for one in chain if one.reading == SETTLING]
    if settled:
        return _fold(row, settled, base)
    first, second = ([one for one in chain if one.reading == reading] for reading in (1, 2))
    if first and second:
        mine, theirs = _fold(row, first, base), _fold(row, second, base)
        if (mine.status, mine.cells, mine.merged_into) != (theirs.status, theirs.cells, theirs.merged_into):
            return None
    return _fold(row, chain, base)


def _fold(row: MachineRow, chain: Sequence[Decision], base: Cells | None) -> CuratedRow:
    cells = _tidy({**row.cells, **_signed(chain, chain[0].before if base is None else base)}, row.cells)
    machine = {name: row.cells.get(name, "") for name, cell in cells.items() if cell != row.cells.get(name, "")}
    machine = {name: cell for name, cell in machine.items() if name not in ("empty", "slot_confidence")}
    last = chain[-1]
    gone = last.action in ("reject", "merge")
    status: ReviewStatus = "rejected" if gone else "edited" if machine else "accepted"
    return CuratedRow(
        kind=row.kind,
        cells=_with_status(row.kind, cells, status),
        machine=machine,
        status=status,
        curator=last.curator,
        decided_at=last.decided_at,
        action=last.action,
        comment=last.comment,
        numbers=tuple(one.number for one in chain),
        merged_into=last.after.get("evidence_id", "") if last.action == "merge" else "",
    )


def _signed(chain: Sequence[Decision], base: Cells) -> dict[str, str]:
    """The cells that stand by a curator's word: what the row said when it was first decided, and what was changed."""
    place = columns()["place"]
    signed = {name: cell for name, cell in base.items() if name not in place}
    for one in chain:
        if one.action in ("edit", "move"):
            signed |= {name: cell for name, cell in one.changes.items() if name not in (TO_ROW, "evidence_id")}
    return signed


def _tidy(cells: dict[str, str], machine: Cells) -> dict[str, str]:
    """What speaks of single cells speaks no more of those that say something else now."""
    changed = {name for name, cell in cells.items() if cell != machine.get(name, "")}
    for name in ("empty", "slot_confidence"):
        if cells.get(name):
            cells[name] = ";".join(part for part in cells[name].split(";") if part.partition("=")[0] not in changed)
    return cells


def read_anew(row: MachineRow, made: CuratedRow, base: Cells) -> Iterator[str]:
    """What the machine reads otherwise than when the row was signed, and otherwise than signed."""
    place = columns()["place"]
    for name, cell in row.cells.items():
        if name not in place and name in base and cell not in (base[name], made.cells[name]):
            yield f"{name}: {cell or 'nothing'} instead of {base[name] or 'nothing'}"


def _with_status(kind: RowKind, cells: Mapping[str, str], status: ReviewStatus) -> dict[str, str]:
    return dict(cells) if kind == "case" else {**cells, "review_status": status}
