"""Characters -> pieces (parts of words in one size on one baseline) -> fragments (pieces side by side)."""

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


@dataclass(slots=True)
class Fragment:
    """Pieces that stand side by side with no gap wide enough for a gutter; or a whole table, set apart.

    ``rank`` tells the order of the file; ``uniform`` that all pieces are of one size, face and baseline.
    """

    pieces: list[Piece]
    x0: float
    x1: float
    base: float
    size: float
    rank: int = 0
    uniform: bool = False
    table: Any = None

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
    pieces = _pieces(glyphs, starts, spaced | apart)
    first = np.concatenate(([True], apart[starts[1:] - 1]))
    edges = [*np.flatnonzero(first).tolist(), len(pieces)]
    changes = np.concatenate(([0], np.cumsum(restyled | (np.diff(glyphs.face) != 0))))
    heads = starts[edges[:-1]]
    tails = np.append(heads[1:], len(glyphs.codes)) - 1
    uniform = (changes[heads] == changes[tails]).tolist()
    return [
        Fragment(pieces[a:b], pieces[a].x0, pieces[b - 1].x1, pieces[a].base, pieces[a].size, a, True)
        if same
        else _fragment(pieces[a:b], a)
        for a, b, same in zip(edges, edges[1:], uniform, strict=False)
    ]


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


def _pieces(glyphs: Glyphs, starts: Array, spaced: Array) -> list[Piece]:
    glued = np.concatenate(([False], ~spaced[starts[1:] - 1])).tolist()
    x1 = np.maximum.reduceat(glyphs.x1, starts).tolist()
    return list(
        map(
            Piece, _words(glyphs.codes, starts), glyphs.x0[starts].tolist(), x1, glyphs.base[starts].tolist(),
            glyphs.size[starts].tolist(), glyphs.face[starts].tolist(), glued,
        )
    )  # fmt: skip


def _words(codes: Array, starts: Array) -> list[str]:
    text, shown = as_printed(codes)
    ends = np.append(starts[1:], len(codes)).tolist()
    words = [text[a:b] for a, b in zip(starts.tolist(), ends, strict=True)]
    if shown:
        for place in sorted(set((np.searchsorted(starts, list(shown), "right") - 1).tolist())):
            words[place] = "".join([shown.get(at, text[at]) for at in range(int(starts[place]), ends[place])])
    return words


def _fragment(pieces: list[Piece], rank: int) -> Fragment:
    weights: dict[tuple[float, float], int] = {}
    for piece in pieces:
        key = (piece.size, piece.base)
        weights[key] = weights.get(key, 0) + len(piece.text)
    size, base = max(weights, key=lambda key: (weights[key] * key[0], key))
    return Fragment(pieces, pieces[0].x0, max(piece.x1 for piece in pieces), base, size, rank)
