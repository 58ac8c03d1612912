"""Writing the frozen text: passages one after the other, with where each block, mark and repair came to stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.datamodel import (
    Block,
    Cell,
    Citation,
    Document,
    Layout,
    Metadata,
    Page,
    Repair,
    SetAside,
    Source,
    Span,
    Table,
)
from pipeline.datamodel.document import BlockKind, RepairKind, SetAsideReason
from pipeline.datamodel.vocabulary import SectionKind

_TOKEN = re.compile(r"\S+")
_LOST = "\ufffd"  # stands for a character that was lost before the file was written


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """A repair within a passage; offsets are the passage's own, and equal where text was only taken out."""

    start: int
    end: int
    kind: RepairKind
    original: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of text that is not yet placed; all offsets are the passage's own.

    Attributes:
        marks: reference marks as ``(start, end, text)``; ``start == end`` for one that was left out.
        mends: what was changed.
    """

    text: str
    marks: tuple[tuple[int, int, str], ...] = ()
    mends: tuple[Mend, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A table cell before it is placed: see :class:`pipeline.datamodel.Cell`."""

    passage: Passage
    row: int
    column: int
    header: tuple[str, ...] = ()
    label: str = ""
    is_header: bool = False


def visible(text: str) -> int:
    """How many characters of a text are no white space."""
    return sum(map(len, text.split()))


def _lost_words(text: str) -> tuple[Span, ...]:
    if _LOST not in text:
        return ()
    return tuple(Span(start=word.start(), end=word.end()) for word in _TOKEN.finditer(text) if _LOST in word.group())


def counted(document: Document, n_chars_input: int) -> Document:
    """The document with the number of the input's visible characters, and of those that it has no place for."""
    found = visible(document.text) + sum(visible(piece.text) for piece in document.set_aside)
    found += sum(visible(mark.text) for mark in document.citations if mark.offset == mark.end)
    found += sum(len(repair.original) - (repair.end - repair.start) for repair in document.repairs)
    return replace(document, n_chars_input=n_chars_input, n_lost=max(n_chars_input - found, 0))


@dataclass(slots=True)
class Manuscript:
    """The text while it is being written. Blocks are separated by an empty line unless told otherwise."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    repairs: list[Repair] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)

    def add(
        self,
        passage: Passage | str,
        kind: BlockKind,
        section: SectionKind | None = None,
        level: int = 0,
        separator: str = "\n\n",
    ) -> None:
        """Append a passage as a block; one without text is left out."""
        placed = Passage(text=passage) if isinstance(passage, str) else passage
        if not placed.text.strip():
            return
        self._separate(separator)
        start = self._write(placed)
        end = start + len(placed.text.rstrip())
        start += len(placed.text) - len(placed.text.lstrip())
        self.blocks.append(Block(start=start, end=end, kind=kind, level=level, section=section))

    def add_table(self, rows: Sequence[Sequence[GridCell | None]], caption: str = "") -> None:
        """Append a table: a line a row, a tab between cells; ``None`` stands for a place without text."""
        if not any(cell for row in rows for cell in row):
            return
        self._separate("\n\n")
        cells: list[Cell] = []
        for number, row in enumerate(rows):
            if number:
                self.write("\n")
            for column, cell in enumerate(row):
                if column:
                    self.write("\t")
                if cell is not None:
                    cells.append(self._place(cell))
        start, end = cells[0].start, cells[-1].end
        self.tables.append(Table(start=start, end=end, cells=tuple(cells), caption=caption))
        self.blocks.append(Block(start=start, end=end, kind="table", section="table"))

    def put_aside(self, reason: SetAsideReason, text: str) -> None:
        """Count text that the document holds and the frozen text does not."""
        if text.strip():
            self.set_aside.append(SetAside(reason=reason, text=text.strip()))

    def write(self, text: str) -> None:
        """Append bare text that belongs to no block."""
        self.parts.append(text)
        self.length += len(text)

    def document(self, source: Source, metadata: Metadata, paper: tuple[tuple[Page, ...], Layout | None]) -> Document:
        """The finished document; ``paper`` is its pages and their layout, ``((), None)`` without pages."""
        text = "".join(self.parts)
        return Document(
            source=source,
            text=text,
            metadata=metadata,
            pages=paper[0],
            layout=paper[1],
            blocks=tuple(self.blocks),
            tables=tuple(self.tables),
            citations=tuple(self.citations),
            repairs=tuple(self.repairs),
            set_aside=tuple(self.set_aside),
            noisy=_lost_words(text),
        )

    def _separate(self, separator: str) -> None:
        if self.parts:
            self.write(separator)

    def _place(self, cell: GridCell) -> Cell:
        start = self._write(cell.passage)
        return Cell(
            start=start,
            end=self.length,
            row=cell.row,
            column=cell.column,
            header=cell.header,
            label=cell.label,
            is_header=cell.is_header,
        )

    def _write(self, passage: Passage) -> int:
        start = self.length
        self.write(passage.text)
        self.citations.extend(Citation(offset=start + a, end=start + b, text=text) for a, b, text in passage.marks)
        for mend in passage.mends:
            if mend.start < mend.end:
                self.repairs.append(
                    Repair(start=start + mend.start, end=start + mend.end, kind=mend.kind, original=mend.original)
                )
        return start
