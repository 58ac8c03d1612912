"""Characters -> pieces (parts of words in one size on one baseline) -> fragments (pieces side by side).

A page has hundreds of words and few of them want a look of their own: they stand in columns of a sheet,
fragments and lines name stretches of it, and a piece becomes an object where somebody asks for it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.extractors._pdf.glyphs import Array, Glyphs
from pipeline.extractors._pdf.symbols import as_printed

SPLIT = 0.7  # a wider gap (in ems) ends a fragment: it may be a gutter
BACKWARD = -0.3  # a larger step back (in ems) ends a fragment: characters do not stand in the order of the file
SPACE = 0.08  # a wider gap (in ems) is a space even where the file has none
SPACE_RAISED = 0.1  # the same beside a character of another size
SPACE_TIGHT = 0.07  # the same in lines that are set so tight that they would have next to no spaces
SPACE_MARKED = 0.02  # the same where the file has one
SPACE_KERNED = 0.04  # the same between letters and digits, as pdfium takes some wide kerning for a space
_A, _F, _Z = map(ord, "afz")


@dataclass(slots=True)
class Piece:
    """A word or a part of one: characters without space, of one size, on one baseline."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    face: int
    glued: bool


@dataclass(slots=True, eq=False)
class Sheet:
    """The pieces of a page that are written in one direction, column by column."""

    texts: list[str]
    x0: list[float]
    x1: list[float]
    base: list[float]
    size: list[float]
    face: list[int]
    glued: list[bool]

    def pieces(self, first: int, last: int) -> list[Piece]:
        """Those from ``first`` up to ``last`` as objects of their own."""
        if last - first == 1:
            return [
                Piece(
                    self.texts[first], self.x0[first], self.x1[first], self.base[first], self.size[first],
                    self.face[first], self.glued[first],
                )
            ]  # fmt: skip
        columns = self.texts, self.x0, self.x1, self.base, self.size, self.face, self.glued
        return list(map(Piece, *[column[first:last] for column in columns]))


@dataclass(slots=True, eq=False)
class Fragment:
    """Pieces that stand side by side with no gap wide enough for a gutter; or a whole table, set apart.

    They are ``first`` up to ``last`` of ``sheet`` as long as nobody has asked for ``pieces``, which may be changed,
    and then stand in ``own``. ``face`` is that of the first; ``uniform`` tells that all pieces are of one size, face
    and baseline, ``spaced`` that a space stands between all of them.
    """

    x0: float
    x1: float
    base: float
    size: float
    sheet: Sheet
    first: int
    last: int
    face: int = -1
    uniform: bool = False
    spaced: bool = False
    own: list[Piece] | None = None
    table: Any = None

    @property
    def pieces(self) -> list[Piece]:
        """The pieces, to look at one by one and to change."""
        if self.own is None:
            self.own = self.sheet.pieces(self.first, self.last)
        return self.own

    @property
    def count(self) -> int:
        """How many pieces it has."""
        return self.last - self.first if self.own is None else len(self.own)

    @property
    def opening(self) -> str:
        """The first character of its text."""
        return self.sheet.texts[self.first][:1] if self.own is None else self.own[0].text[:1]

    def words(self, most: int | None = None) -> list[str]:
        """The texts of the first pieces, of all where ``most`` is not given."""
        if self.own is None:
            return self.sheet.texts[self.first : self.last if most is None else min(self.first + most, self.last)]
        return [piece.text for piece in self.own[:most]]

    @property
    def top(self) -> float:
        """Upper edge, from size and baseline."""
        return self.base - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """Lower edge, from size and baseline."""
        return self.base + 0.2 * self.size


def fragments(glyphs: Glyphs) -> list[Fragment]:
    """The fragments of a page, in the order of the file."""
    size = np.maximum(glyphs.size, 0.5)
    em = np.minimum(size[1:], size[:-1])
    widest = np.maximum(size[1:], size[:-1])
    gap = glyphs.x0[1:] - glyphs.x1[:-1]
    sunk = np.abs(np.diff(glyphs.base))
    ligature = np.abs(np.diff(glyphs.x0)) < 0.01
    apart = (
        (sunk > 0.6 * widest) | (gap > SPLIT * widest) | ((gap < BACKWARD * widest) & ~ligature) | (widest > 1.9 * em)
    )
    spaced = _spaces(glyphs, gap, (em, widest), apart)
    restyled = (np.abs(np.diff(size)) > 0.04 * em) | (sunk > 0.04 * em)
    starts = np.concatenate(([0], np.flatnonzero(apart | spaced | restyled) + 1))
    sheet = _sheet(glyphs, starts, spaced | apart)
    firsts = np.flatnonzero(np.concatenate(([True], apart[starts[1:] - 1])))
    changes = np.concatenate(([0], np.cumsum(restyled | (np.diff(glyphs.face) != 0))))
    heads = starts[firsts]
    tails = np.append(heads[1:], len(glyphs.codes)) - 1
    return _fragments(sheet, firsts, changes[heads] == changes[tails])


def _fragments(sheet: Sheet, firsts: Array, uniform: Array) -> list[Fragment]:
    lasts = np.append(firsts[1:], len(sheet.texts))
    glued = np.cumsum(sheet.glued)
    spaced = (glued[firsts] == glued[lasts - 1]).tolist()
    found = []
    for first, last, same, apart in zip(firsts.tolist(), lasts.tolist(), uniform.tolist(), spaced, strict=True):
        if same:
            size, base, x1 = sheet.size[first], sheet.base[first], sheet.x1[last - 1]
        else:
            (size, base), x1 = _main_style(sheet, first, last), max(sheet.x1[first:last])
        x0, face = sheet.x0[first], sheet.face[first]
        found.append(Fragment(x0, x1, base, size, sheet, first, last, face, same, apart))
    return found


def _spaces(glyphs: Glyphs, gap: Array, sizes: tuple[Array, Array], apart: Array) -> Array:
    """Between which characters a space stands.

    Where letters are set apart on purpose, a gap is a space only where it is wider than its neighbours; where
    words are set so tight that hardly a gap is a space, narrower ones are.
    """
    em, widest = sizes
    codes = glyphs.codes[:-1] | 0x20
    share = gap / em
    # The top of an f reaches over what follows it, so that the space behind one is narrow.
    kerned = (codes >= _A) & (codes <= _Z) & (codes != _F)
    spaced = share > np.where(widest > 1.04 * em, SPACE_RAISED, SPACE)
    spaced |= glyphs.spaced[1:] & (share > np.where(kerned, SPACE_KERNED, SPACE_MARKED))
    edges = np.concatenate(([0], np.flatnonzero(apart) + 1, [len(gap) + 1]))
    tracked, counted, tight = (
        np.concatenate(([0], np.cumsum(flags & ~apart))) for flags in (share > 0.09, spaced, share > SPACE_TIGHT)
    )
    first, last = edges[:-1], edges[1:] - 1
    inner = last - first
    set_apart = (inner >= 4) & (tracked[last] - tracked[first] > 0.75 * inner)
    few = (inner >= 20) & ((counted[last] - counted[first]) * 14 < inner) & ((tight[last] - tight[first]) * 10 > inner)
    few &= (tight[last] - tight[first]) * 4 < inner
    for a, b in zip(first[set_apart].tolist(), last[set_apart].tolist(), strict=True):
        spaced[a:b] = share[a:b] > float(np.median(share[a:b])) + SPACE
    for a, b in zip(first[few].tolist(), last[few].tolist(), strict=True):
        spaced[a:b] = share[a:b] > SPACE_TIGHT
    return spaced


def _sheet(glyphs: Glyphs, starts: Array, spaced: Array) -> Sheet:
    x1 = np.maximum.reduceat(glyphs.x1, starts)
    return Sheet(
        texts=_words(glyphs.codes, starts), x0=glyphs.x0[starts].tolist(), x1=x1.tolist(),
        base=glyphs.base[starts].tolist(), size=glyphs.size[starts].tolist(), face=glyphs.face[starts].tolist(),
        glued=np.concatenate(([False], ~spaced[starts[1:] - 1])).tolist(),
    )  # fmt: skip


def _words(codes: Array, starts: Array) -> list[str]:
    text, shown = as_printed(codes)
    ends = np.append(starts[1:], len(codes)).tolist()
    words = [text[a:b] for a, b in zip(starts.tolist(), ends, strict=True)]
    if shown:
        for place in sorted(set((np.searchsorted(starts, list(shown), "right") - 1).tolist())):
            words[place] = "".join([shown.get(at, text[at]) for at in range(int(starts[place]), ends[place])])
    return words


def _main_style(sheet: Sheet, first: int, last: int) -> tuple[float, float]:
    """Size and baseline of most of the text."""
    weights: dict[tuple[float, float], int] = {}
    if last - first == 1:
        return sheet.size[first], sheet.base[first]
    styles = zip(sheet.size[first:last], sheet.base[first:last], strict=True)
    for key, text in zip(styles, sheet.texts[first:last], strict=True):
        weights[key] = weights.get(key, 0) + len(text)
    return max(weights, key=lambda key: (weights[key] * key[0], key))
