"""Fragments of one column -> lines, with raised and lowered pieces told apart."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.extractors._pdf.glyphs import Face
from pipeline.extractors._pdf.order import rows
from pipeline.extractors._pdf.pieces import SPACE, Fragment, Piece, Sheet

_JOINT = 0.06  # ems up to which what was drawn apart belongs to one word


@dataclass(slots=True, eq=False)
class Line:
    """Pieces on one baseline, from left to right.

    Most lines are words of one size with a space between them: they are ``first`` up to ``last`` of ``sheet``, as long
    as nobody has asked for ``pieces``, which may be changed, and then stand in ``own``. ``raised`` holds 1 for each
    raised piece, -1 for a lowered one, else 0; it is empty where all are 0.
    """

    x0: float
    x1: float
    base: float
    size: float
    page: int
    layer: int
    sheet: Sheet | None = None
    first: int = 0
    last: int = 0
    own: list[Piece] | None = None
    raised: list[int] | None = None
    face: int = -1
    pure: bool = True
    bold: bool = False
    italic: bool = False
    table: Any = None

    text: str = ""

    @property
    def pieces(self) -> list[Piece]:
        """The pieces, to look at one by one and to change."""
        if self.own is None:
            self.own = self.sheet.pieces(self.first, self.last) if self.sheet else []
        return self.own

    @property
    def count(self) -> int:
        """How many pieces it has."""
        return self.last - self.first if self.own is None else len(self.own)

    @property
    def shift(self) -> list[int]:
        """Of each piece 1 where it is raised, -1 where it is lowered, else 0."""
        return self.raised or [0] * self.count

    def words(self) -> list[str]:
        """The texts of the pieces."""
        if self.own is None and self.sheet:
            return self.sheet.texts[self.first : self.last]
        return [piece.text for piece in self.pieces]

    def retell(self) -> None:
        """Set ``text``, the line as it stands with its marks, from the pieces."""
        if self.own is None:
            self.text = " ".join(self.words()).strip()
        else:
            self.text = "".join([p.text if p.glued else f" {p.text}" for p in self.own]).strip()


def lines_of(column: list[Fragment], faces: list[Face], page: int, layer: int) -> list[Line]:
    """Lines of a column from top to bottom."""
    return [_line(row, faces, page, layer) for row in rows(column)]


def _line(row: list[Fragment], faces: list[Face], page: int, layer: int) -> Line:
    first = row[0]
    if len(row) == 1 and first.uniform and first.own is None and first.table is None:
        line = Line(first.x0, first.x1, first.base, first.size, page, layer, first.sheet, first.first, first.last)
        _tell_face(line, first.face, faces)
        line.text = " ".join(first.sheet.texts[first.first : first.last]).strip()
        return line
    if first.table is not None:
        return Line(first.x0, first.x1, first.base, first.size, page, layer, own=first.pieces, table=first.table)
    row.sort(key=lambda f: f.x0)
    if len(row) == 1 and first.uniform:
        line = Line(first.x0, first.x1, first.base, first.size, page, layer, own=first.pieces)
        _tell_face(line, line.pieces[0].face, faces)
    else:
        line = _stretch(row, faces, page, layer) or _mixed_line(_side_by_side(row), faces, page, layer)
    line.retell()
    return line


def _stretch(row: list[Fragment], faces: list[Face], page: int, layer: int) -> Line | None:
    """The line of fragments with a space between all pieces and none of them raised."""
    if not all(f.own is None and f.spaced for f in row):
        return None
    if any(b.x0 - a.x1 < _JOINT * min(a.size, b.size) for a, b in itertools.pairwise(row)):
        return None
    sheet, first, last = _gathered(row)
    texts = sheet.texts[first:last]
    styles = list(zip(sheet.size[first:last], sheet.base[first:last], strict=True))
    (size, base), several = _main_style(styles, texts)
    if several and any(_shift(style, size, base) for style in styles):
        return None
    x1 = max(sheet.x1[first:last])
    line = Line(row[0].x0, x1, base, size, page, layer, sheet, first, last)
    _tell_faces(line, zip(sheet.face[first:last], texts, strict=True), faces)
    return line


def _gathered(row: list[Fragment]) -> tuple[Sheet, int, int]:
    """The pieces of a line as a stretch of a sheet: of their own one where they stand there in another order."""
    if all(a.last == b.first and a.sheet is b.sheet for a, b in itertools.pairwise(row)):
        return row[0].sheet, row[0].first, row[-1].last
    sheet = Sheet([], [], [], [], [], [], [])
    for fragment in row:
        words, of = slice(fragment.first, fragment.last), fragment.sheet
        sheet.texts += of.texts[words]
        sheet.x0 += of.x0[words]
        sheet.x1 += of.x1[words]
        sheet.base += of.base[words]
        sheet.size += of.size[words]
        sheet.face += of.face[words]
        sheet.glued += of.glued[words]
    return sheet, 0, len(sheet.texts)


def _main_style(styles: Iterable[tuple[float, float]], texts: Iterable[str]) -> tuple[tuple[float, float], bool]:
    """Size and baseline of most of the pieces, and whether there are others."""
    weights: dict[tuple[float, float], float] = {}
    for style, text in zip(styles, texts, strict=True):
        weights[style] = weights.get(style, 0.0) + len(text) * style[0]
    return max(weights, key=lambda style: (weights[style], style)), len(weights) > 1


def _tell_face(line: Line, face: int, faces: list[Face]) -> None:
    line.face, line.bold, line.italic = face, faces[face].bold, faces[face].italic


def _tell_faces(line: Line, set_in: Iterable[tuple[int, str]], faces: list[Face]) -> None:
    counts: dict[int, int] = {}
    for face, text in set_in:
        counts[face] = counts.get(face, 0) + len(text)
    total = sum(counts.values())
    line.face = max(counts, key=lambda number: (counts[number], -number))
    line.pure = counts[line.face] > 0.9 * total
    line.bold = 3 * sum([count for number, count in counts.items() if faces[number].bold]) > 2 * total
    line.italic = 3 * sum([count for number, count in counts.items() if faces[number].italic]) > 2 * total


def _side_by_side(row: list[Fragment]) -> list[Piece]:
    """The pieces of a line's fragments, which stand from left to right."""
    if len(row) == 1:
        return row[0].pieces
    pieces = [piece for fragment in row for piece in fragment.pieces]
    if any(b.x0 < a.x1 - 0.1 * a.size for a, b in itertools.pairwise(row)):
        return _interleaved(pieces)
    for before, fragment in itertools.pairwise(row):
        fragment.pieces[0].glued = fragment.x0 - before.x1 < _JOINT * min(before.size, fragment.size)
    return pieces


def _mixed_line(pieces: list[Piece], faces: list[Face], page: int, layer: int) -> Line:
    styles = [(piece.size, piece.base) for piece in pieces]
    (size, base), several = _main_style(styles, [piece.text for piece in pieces])
    raised = [_shift(style, size, base) for style in styles] if several else []
    line = Line(
        pieces[0].x0, max([p.x1 for p in pieces]), base, size, page, layer,
        own=pieces, raised=raised if any(raised) else None,
    )  # fmt: skip
    _tell_faces(line, [(piece.face, piece.text) for piece in pieces], faces)
    return line


def _shift(style: tuple[float, float], size: float, base: float) -> int:
    raised = (base - style[1]) / size
    if style[0] > 0.88 * size and abs(raised) < 0.25:
        return 0
    if raised > 0.12 and style[0] < 1.05 * size:
        return 1
    if raised < -0.06 and style[0] < 0.88 * size:
        return -1
    return 0


def _interleaved(pieces: list[Piece]) -> list[Piece]:
    """Pieces drawn out of order, as raised ones that are set after their line."""
    ordered = sorted(pieces, key=lambda p: p.x0)
    for before, piece in itertools.pairwise(ordered):
        piece.glued = piece.x0 - before.x1 < SPACE * min(before.size, piece.size)
    ordered[0].glued = False
    return ordered
