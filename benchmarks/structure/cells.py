"""Tables: has each cell that JATS gives the same header and row label when it is read from the PDF?

A table is found where at least ``FOUND`` of its cells stand in tables of the PDF (more than one where it runs over
pages). A cell is right where such a table has one of the same text, header and row label. Headers and labels are the
same where all words of one are among those of the other: ``2`` under ``Week 2``, but not ``Week 1``. Where the markup
names no header, labels alone are compared, and cells of the first row may be a header in the PDF.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from benchmarks.structure.pairs import tokens
from benchmarks.structure.tally import Tally
from pipeline.datamodel import Cell, Document, Table

FOUND = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A cell: its text (letters and digits), the words of its header and of its row's label."""

    text: str
    header: frozenset[str]
    label: frozenset[str]
    is_header: bool


@dataclass(slots=True, kw_only=True)
class Cells(Tally):
    """Tables and their cells, headers left out.

    Attributes:
        tables, cells: that JATS gives.
        tables_found: that were found in the PDF's text.
        cells_found: that tables found have.
        right: cells with the right header and row label.
        wrong: what is wrong in tables found, to look at.
        missed: how tables begin that were not found.
    """

    tables: int = 0
    cells: int = 0
    tables_found: int = 0
    cells_found: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def cells(printed: Document, marked_up: Document) -> Cells:
    """Compare the tables of one article, as read from the PDF and from the XML."""
    told = Cells()
    read = [_worded(printed, table.cells) for table in printed.tables]
    for table in marked_up.tables:
        every = _worded(marked_up, table.cells)
        wanted = [cell for cell in every if not cell.is_header]
        if not wanted:
            continue
        told.tables += 1
        told.cells += len(wanted)
        known = Counter(cell.text for cell in every)
        there = [cell for cells in read if _shared(known, cells) >= 0.5 * len(cells) for cell in cells]
        if _shared(Counter(cell.text for cell in there), wanted) < FOUND * len(wanted):
            told.missed.append(f"{table.caption[:40]} | {marked_up.slice(table)[:40]!r}")
            continue
        told.tables_found += 1
        told.cells_found += len(wanted)
        wrong = _wrong(wanted, there, _unjudged(marked_up, table))
        told.right += len(wanted) - len(wrong)
        told.wrong += [f"{table.caption[:20]}: {line}" for line in wrong]
    return told


def _unjudged(document: Document, table: Table) -> frozenset[str] | None:
    """Of a table whose markup names no header, the texts of the row that may be one; None where it names one."""
    if any(cell.is_header for cell in table.cells):
        return None
    return frozenset(cell.text for cell in _worded(document, [c for c in table.cells if c.row == table.cells[0].row]))


def _worded(document: Document, cells: Iterable[Cell]) -> list[Worded]:
    worded = [
        Worded(
            text="".join(tokens(document.slice(cell))),
            header=frozenset(tokens(" ".join(cell.header))),
            label=frozenset(tokens(cell.label)),
            is_header=cell.is_header,
        )
        for cell in cells
    ]
    return [cell for cell in worded if cell.text]


def _shared(known: Counter[str], cells: Iterable[Worded]) -> int:
    return sum((known & Counter(cell.text for cell in cells)).values())


def _wrong(wanted: Iterable[Worded], read: Iterable[Worded], unjudged: frozenset[str] | None) -> list[str]:
    """The cells that no cell read is like; each cell read stands for one."""
    left: dict[str, list[Worded]] = {}
    for cell in read:
        left.setdefault(cell.text, []).append(cell)
    wrong = []
    for cell in wanted:
        near = left.get(cell.text, [])
        like = next((other for other in near if _alike(cell, other, unjudged)), None)
        if like is None:
            wrong.append(_told(cell, near))
        else:
            near.remove(like)
    return wrong


def _alike(cell: Worded, other: Worded, unjudged: frozenset[str] | None) -> bool:
    if other.is_header:
        return unjudged is not None and cell.text in unjudged
    headed = unjudged is not None or _same(cell.header, other.header)
    return headed and _same(cell.label, other.label)


def _same(some: frozenset[str], others: frozenset[str]) -> bool:
    return some == others or (bool(some and others) and (some <= others or others <= some))


def _told(cell: Worded, near: Sequence[Worded]) -> str:
    read = [f"{'(header) ' * other.is_header}{_words(other)}" for other in near[:1]] or ["not there"]
    return f"{cell.text[:40]} should have {_words(cell)}, read: {read[0]}"


def _words(cell: Worded) -> str:
    return f"[{' '.join(sorted(cell.header))}] [{' '.join(sorted(cell.label))}]"
