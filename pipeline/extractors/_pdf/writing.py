"""Blocks and tables -> the frozen text with the place of each word."""

from collections.abc import Sequence

from pipeline.extractors._labels import row_labels
from pipeline.extractors._manuscript import GridCell, Manuscript, Passage
from pipeline.extractors._pdf.cuts import MarkStyle, without_bracketed_marks
from pipeline.extractors._pdf.drafts import Draft, patterns
from pipeline.extractors._pdf.glyphs import Face
from pipeline.extractors._pdf.grid import Grid, Slot, cell_lines, grid_of
from pipeline.extractors._pdf.lines import Line
from pipeline.extractors._pdf.runs import Run
from pipeline.extractors._pdf.typeset import Setter


class Writer:
    """Writes drafts one after the other into a manuscript and keeps where each word stood."""

    def __init__(self, setter: Setter, faces: list[Face], marks: MarkStyle | None) -> None:
        self.manuscript = Manuscript()
        self.placed: list[tuple[int, Sequence[Run]]] = []
        self._setter = setter
        self._faces = faces
        self._marks = marks
        self._heads: tuple[str, list[list[str]]] = ("", [])  # of the last table: its number and its columns' headers

    def write(self, draft: Draft, caption: str = "") -> None:
        """Append a draft as a block."""
        if draft.kind == "table" and draft.lines[0].table is not None:
            self._write_table(draft.lines[0], caption)
            return
        passage, runs = self._setter.passage(draft.lines, draft.kind == "footnote"), self._setter.runs
        if self._marks and draft.kind == "paragraph":
            passage, runs = without_bracketed_marks(passage, runs, self._marks)
        if passage.text.strip():
            self.manuscript.add(passage, draft.kind, level=draft.level)
            self.placed.append((self.manuscript.blocks[-1].start, runs))

    def _write_table(self, line: Line, caption: str) -> None:
        grid = grid_of(line.table)
        passages: list[tuple[Slot, Passage, list[Run]]] = []
        for slot in grid.slots:
            passage = self._setter.passage(cell_lines(slot, self._faces, line.page, line.layer))
            if passage.text.strip():
                passages.append((slot, passage, self._setter.runs))
        if not passages:
            return
        filled = [(slot, passage) for slot, passage, _ in passages]
        heads = _heads(grid, filled)
        label = patterns()["table_caption"].match(caption)
        before, self._heads = self._heads, (label.group().casefold() if label else "", heads)
        if before[0] and before[0] == self._heads[0] and len(before[1]) == len(heads) and _differ(before[1], heads):
            heads, self._heads = before[1], before  # goes on from another page without its header
            for slot, _ in filled:
                slot.is_header = False
        self.manuscript.add_table(_cells(grid, filled, heads), caption)
        for cell, (_, _, runs) in zip(self.manuscript.tables[-1].cells, passages, strict=True):
            self.placed.append((cell.start, runs))


def _heads(grid: Grid, filled: Sequence[tuple[Slot, Passage]]) -> list[list[str]]:
    """The header texts of each column."""
    heads: list[list[str]] = [[] for _ in range(grid.n_columns)]
    for slot, passage in filled:
        if slot.is_header:
            for column in range(slot.first, slot.last + 1):
                heads[column].append(passage.text)
    return heads


def _differ(heads: list[list[str]], others: list[list[str]]) -> bool:
    """True where next to no column has the same header."""
    return sum(a == b for a, b in zip(heads, others, strict=True) if a) < 0.25 * sum(map(bool, heads))


def _cells(
    grid: Grid, filled: Sequence[tuple[Slot, Passage]], heads: Sequence[Sequence[str]]
) -> list[list[GridCell | None]]:
    texts: dict[int, dict[int, str]] = {}
    for slot, passage in filled:
        if not slot.is_header:
            texts.setdefault(slot.row, {})[slot.first] = passage.text
    labels = row_labels(texts)
    table: list[list[GridCell | None]] = [[None] * grid.n_columns for _ in range(grid.n_rows)]
    for slot, passage in filled:
        table[slot.row][slot.first] = GridCell(
            passage=passage,
            row=slot.row,
            column=slot.first,
            header=() if slot.is_header else tuple(heads[slot.first]),
            label="" if slot.is_header else labels[slot.row].of(slot.first),
            is_header=slot.is_header,
        )
    return [row for row in table if any(row)]
