"""Tables in plain text: neighbouring lines whose cells are parted by tabs."""

import re
import statistics
from collections.abc import Sequence

from pipeline.extractors._manuscript import GridCell
from pipeline.extractors._text import names
from pipeline.extractors._text.lines import Line
from pipeline.extractors._text.pieces import Piece, compose

_LEAST_ROWS = 3
_LONGEST_CELL = 40  # characters of the middling cell; longer ones are a list of sentences
_TAG = re.compile(r"\[\w+\]\s*|\W+")
_BULLET = re.compile(r"(?:\(?\w{1,3}[.)]|[^\w\s])\Z")
_NUMBER = re.compile(r"[<>≤≥~]?\s?\d[\d.,]*\s?%?\Z")


def grid_at(lines: Sequence[Line], start: int) -> int:
    """How many lines from ``start`` on are the rows of one table; 0 where no table begins."""
    end = start
    while end < len(lines) and _tabs(lines[end]) and (end == start or not lines[end].after_blank):
        end += 1
    rows = [_cells(line) for line in lines[start:end]]
    if len(rows) < _LEAST_ROWS:
        return 0
    behind = [len(_words(cell)) for row in rows for cell in row[1:] if cell]
    firsts = [_words(row[0]) for row in rows if row[0]]
    is_list = bool(firsts) and all(_BULLET.match(first) for first in firsts)
    return 0 if is_list or not behind or statistics.median(behind) > _LONGEST_CELL else len(rows)


def grid(lines: Sequence[Line]) -> list[list[GridCell | None]]:
    """The cells of a table's lines; a first row without values is the header."""
    rows = [_cells(line) for line in lines]
    first = [_words(cell) for cell in rows[0]]
    head = [] if any(_NUMBER.match(cell) for cell in first[1:]) else first
    placed: list[list[GridCell | None]] = []
    for number, row in enumerate(rows):
        told = (_words(row[0]), bool(head) and number == 0)
        placed.append([_cell(cell, (number, column), head, told) for column, cell in enumerate(row)])
    return placed


def caption_before(line: Line) -> str:
    """The words of the line before a table, where they are its caption: ``[TABLE] Table 2 Doses``."""
    found = _TAG.match(line.text)
    text = line.text[found.end() :] if found else line.text
    return text if names.caption_start(text) else ""


def _tabs(line: Line) -> int:
    return line.indent.count("\t") + sum(word.space.count("\t") for word in line.pieces[:-1])


def _cells(line: Line) -> list[list[Piece]]:
    cells: list[list[Piece]] = [[] for _ in range(line.indent.count("\t") + 1)]
    for word in line.pieces:
        cells[-1].append(word)
        cells += [[] for _ in range(word.space.count("\t"))]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _words(cell: Sequence[Piece]) -> str:
    return compose(cell).text


def _cell(cell: list[Piece], place: tuple[int, int], head: list[str], told: tuple[str, bool]) -> GridCell | None:
    if not cell:
        return None
    (row, column), (label, is_header) = place, told
    above = head[column] if column < len(head) else ""
    return GridCell(
        passage=compose(cell),
        row=row,
        column=column,
        header=() if is_header or not above else (above,),
        label="" if is_header or column == 0 else label,
        is_header=is_header,
    )
