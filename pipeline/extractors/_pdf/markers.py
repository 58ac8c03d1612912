"""Numbers and bullets of lists, which stand apart from their text, go back to its line."""

import re

import numpy as np

from pipeline.extractors._pdf.pieces import Fragment

_MARKER = re.compile(r"\(?\[?(?:\d{1,3}|[a-z]|[ivx]{1,4})(?:[.)\]]|\.\))|[•●▪■►▶–◦\uf0b7\uf0a7-]")
_FAR = 2.2  # ems between a marker and its text


def with_markers(fragments: list[Fragment]) -> list[Fragment]:
    """The fragments with each list marker joined to the text that follows it on its line."""
    short = [index for index, f in enumerate(fragments) if f.count <= 2]
    alone = [index for index in short if _MARKER.fullmatch("".join(fragments[index].words()))]
    if not alone:
        return fragments
    x0, x1 = np.array([f.x0 for f in fragments]), np.array([f.x1 for f in fragments])
    base, size = np.array([f.base for f in fragments]), np.array([f.size for f in fragments])
    is_marker = np.zeros(len(fragments), bool)
    is_marker[alone] = True
    taken: set[int] = set()
    for at in alone:
        level = np.abs(base - base[at]) < 0.3 * size
        gap = x0[at] - x1
        if (level & (gap > -1) & (gap < 1.5 * size)).any():
            continue
        gap = x0 - x1[at]
        near = np.flatnonzero(level & ~is_marker & (gap > 0) & (gap < _FAR * size))
        if len(near):
            marker, text = fragments[at], fragments[near[np.argmin(x0[near])]]
            text.pieces[0].glued = False
            text.pieces[:0] = marker.pieces
            text.x0, text.uniform = marker.x0, False
            x0[near[np.argmin(x0[near])]] = marker.x0
            taken.add(at)
    return [f for index, f in enumerate(fragments) if index not in taken]
