"""A JATS (XHTML) table as a grid of cells with their column headers and row labels."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extractors._jats.inline import InlineWriter
from pipeline.extractors._jats.parsing import Element, descendants, local_name, raw_text
from pipeline.extractors._labels import RowLabel, row_labels
from pipeline.extractors._manuscript import GridCell, Passage

_MAX_SPAN = 200
_MAX_HEADER_ROWS = 4
_NUMERIC = re.compile(r"[<>≤≥~±+\-−–]?\s*\d")
_ROWS = frozenset({"tr", "row"})
_CELLS = frozenset({"td", "th", "entry"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A cell in the grid: its first place and how far it reaches."""

    passage: Passage
    row: int
    column: int
    rows: int
    columns: int
    marked_header: bool
    in_head: bool


def read_table(table: Element) -> tuple[list[list[GridCell | None]], list[str]]:
    """The rows of a ``<table>``, and the note signs left out of its cells."""
    notes: list[str] = []
    placed = list(_place(table, notes))
    height = max((cell.row for cell in placed), default=-1) + 1
    width = max((cell.column + cell.columns for cell in placed), default=0)
    heads = _header_rows(placed)
    covering: dict[tuple[int, int], _Placed] = {}
    for cell in placed:
        for row in range(cell.row, min(cell.row + cell.rows, height)):
            for column in range(cell.column, cell.column + cell.columns):
                covering[row, column] = cell
    labels = _labels(placed, heads)
    rows: list[list[GridCell | None]] = [[None] * width for _ in range(height)]
    for cell in placed:
        if cell.passage.text:
            rows[cell.row][cell.column] = _described(cell, covering, heads, labels)
    return [row[: _last_used(row)] for row in rows if any(row)], notes


def _last_used(row: Sequence[GridCell | None]) -> int:
    return max(index for index, cell in enumerate(row) if cell is not None) + 1


def _place(table: Element, notes: list[str]) -> Iterator[_Placed]:
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(descendants(table, *_ROWS)):
        column = 0
        in_head = any(local_name(parent) == "thead" for parent in row.iterancestors())
        for element in row:
            if local_name(element) not in _CELLS:
                continue
            while (number, column) in taken:
                column += 1
            rows, columns = _span(element, "rowspan", "morerows"), _span(element, "colspan", "")
            taken.update((number + r, column + c) for r in range(rows) for c in range(columns))
            writer = InlineWriter()
            _write_cell(writer, element)
            notes.extend(writer.put_aside)
            yield _Placed(
                passage=writer.passage(),
                row=number,
                column=column,
                rows=rows,
                columns=columns,
                marked_header=local_name(element) == "th" or _all_bold(element),
                in_head=in_head,
            )
            column += columns


def _write_cell(writer: InlineWriter, element: Element) -> None:
    """Paragraphs and lists in a cell stay in the cell."""
    writer.element(element)
    while writer.floats:
        inner = writer.floats.pop(0)
        later, writer.floats = writer.floats, []
        writer.write(" ")
        writer.element(inner)
        writer.write(" ")
        writer.floats.extend(later)


def _span(element: Element, name: str, more: str) -> int:
    for attribute, extra in ((name, 0), (more, 1)):
        value = element.get(attribute, "") if attribute else ""
        if value.isdecimal() and int(value) + extra > 0:
            return min(int(value) + extra, _MAX_SPAN)
    return 1


def _all_bold(element: Element) -> bool:
    whole = raw_text(element).strip()
    bold = "".join(raw_text(part) for part in descendants(element, "bold")).strip()
    return bool(whole) and whole == bold


def _header_rows(placed: Sequence[_Placed]) -> int:
    """How many leading rows are the header: ``<thead>``, or what looks like one."""
    in_head = [cell.row + 1 for cell in placed if cell.in_head]
    if in_head:
        return max(in_head)
    rows: dict[int, list[_Placed]] = {}
    for cell in placed:
        if cell.passage.text:
            rows.setdefault(cell.row, []).append(cell)
    count = 0
    for number in sorted(rows):
        if number != count or number >= _MAX_HEADER_ROWS or not all(cell.marked_header for cell in rows[number]):
            break
        count += 1
    if count or len(rows) < 2:
        return count if count < len(rows) else 0
    first = rows[min(rows)]
    below = [cell for number, cells in rows.items() if number for cell in cells if cell.column]
    worded = len(first) > 1 and not any(_NUMERIC.match(cell.passage.text) for cell in first)
    return 1 if worded and any(_NUMERIC.match(cell.passage.text) for cell in below) else 0


def _described(
    cell: _Placed, covering: dict[tuple[int, int], _Placed], heads: int, labels: dict[int, RowLabel]
) -> GridCell:
    header: list[str] = []
    label = ""
    if cell.row >= heads:
        for row in range(heads):
            above = covering.get((row, cell.column))
            if above and above.passage.text and above.passage.text not in header[-1:]:
                header.append(above.passage.text)
        label = labels[cell.row].of(cell.column)
    return GridCell(
        passage=cell.passage,
        row=cell.row,
        column=cell.column,
        header=tuple(header),
        label=label,
        is_header=cell.row < heads,
    )


def _labels(placed: Sequence[_Placed], heads: int) -> dict[int, RowLabel]:
    """The rows' labels; a cell over several columns counts as one column, and so does a second column behind it."""
    wide = {cell.row: cell.columns - 1 for cell in placed if cell.column == 0}
    texts: dict[int, dict[int, str]] = {}
    for cell in placed:
        if cell.passage.text and cell.row >= heads:
            column = cell.column - wide.get(cell.row, 0) if cell.column else 0
            texts.setdefault(cell.row, {})[column] = cell.passage.text
    found = row_labels(texts)
    return {
        row: replace(label, column=label.column + wide.get(row, 0)) if label.column else label
        for row, label in found.items()
    }
