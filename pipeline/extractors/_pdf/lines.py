"""Fragments of one column -> lines, with raised and lowered pieces told apart."""

import itertools
from dataclasses import dataclass
from typing import Any

from pipeline.extractors._pdf.glyphs import Face
from pipeline.extractors._pdf.order import rows
from pipeline.extractors._pdf.pieces import SPACE, Fragment, Piece

_JOINT = 0.06  # ems up to which what was drawn apart belongs to one word


@dataclass(slots=True)
class Line:
    """Pieces on one baseline, from left to right; ``shift`` is 1 for a raised piece, -1 for a lowered one, else 0."""

    pieces: list[Piece]
    shift: list[int]
    x0: float
    x1: float
    base: float
    size: float
    page: int
    layer: int
    face: int = -1
    pure: bool = True
    bold: bool = False
    italic: bool = False
    table: Any = None

    text: str = ""

    def retell(self) -> None:
        """Set ``text``, the line as it stands with its marks, from the pieces."""
        self.text = "".join([p.text if p.glued else f" {p.text}" for p in self.pieces]).strip()


def lines_of(column: list[Fragment], faces: list[Face], page: int, layer: int) -> list[Line]:
    """Lines of a column from top to bottom."""
    return [_line(row, faces, page, layer) for row in rows(column)]


def _line(row: list[Fragment], faces: list[Face], page: int, layer: int) -> Line:
    if row[0].table is not None:
        table = row[0]
        return Line(table.pieces, [0], table.x0, table.x1, table.base, table.size, page, layer, table=table.table)
    row.sort(key=lambda f: f.x0)
    pieces = row[0].pieces
    if len(row) > 1:
        pieces = [piece for fragment in row for piece in fragment.pieces]
        if any(b.x0 < a.x1 - 0.1 * a.size for a, b in itertools.pairwise(row)):
            pieces = _interleaved(pieces)
        else:
            for before, fragment in itertools.pairwise(row):
                fragment.pieces[0].glued = fragment.x0 - before.x1 < _JOINT * min(before.size, fragment.size)
    face, size, base = pieces[0].face, row[0].size, row[0].base
    if len(row) == 1 and row[0].uniform:
        line = Line(
            pieces, [0] * len(pieces), row[0].x0, row[0].x1, base, size, page, layer,
            face=face, bold=faces[face].bold, italic=faces[face].italic,
        )  # fmt: skip
    else:
        line = _mixed_line(pieces, faces, page, layer)
    line.retell()
    return line


def _mixed_line(pieces: list[Piece], faces: list[Face], page: int, layer: int) -> Line:
    weights: dict[tuple[float, float], float] = {}
    set_in: dict[int, int] = {}
    for piece in pieces:
        count = len(piece.text)
        key = (piece.size, piece.base)
        weights[key] = weights.get(key, 0.0) + count * piece.size
        set_in[piece.face] = set_in.get(piece.face, 0) + count
    size, base = max(weights, key=lambda key: (weights[key], key))
    shift = [0] * len(pieces) if len(weights) == 1 else [_shift(piece, size, base) for piece in pieces]
    total = sum(set_in.values())
    face = max(set_in, key=lambda number: (set_in[number], -number))
    bold = sum(count for number, count in set_in.items() if faces[number].bold)
    slanted = sum(count for number, count in set_in.items() if faces[number].italic)
    return Line(
        pieces, shift, pieces[0].x0, max(p.x1 for p in pieces), base, size, page, layer,
        face=face, pure=set_in[face] > 0.9 * total, bold=3 * bold > 2 * total, italic=3 * slanted > 2 * total,
    )  # fmt: skip


def _shift(piece: Piece, size: float, base: float) -> int:
    raised = (base - piece.base) / size
    if piece.size > 0.88 * size and abs(raised) < 0.25:
        return 0
    if raised > 0.12 and piece.size < 1.05 * size:
        return 1
    if raised < -0.06 and piece.size < 0.88 * size:
        return -1
    return 0


def _interleaved(pieces: list[Piece]) -> list[Piece]:
    """Pieces drawn out of order, as raised ones that are set after their line."""
    ordered = sorted(pieces, key=lambda p: p.x0)
    for before, piece in itertools.pairwise(ordered):
        piece.glued = piece.x0 - before.x1 < SPACE * min(before.size, piece.size)
    ordered[0].glued = False
    return ordered
