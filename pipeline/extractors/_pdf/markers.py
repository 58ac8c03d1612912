"""Numbers and bullets of lists, which stand apart from their text, go back to its line."""

import re

from pipeline.extractors._pdf.pieces import Fragment

_MARKER = re.compile(r"\(?\[?(?:\d{1,3}|[a-z]|[ivx]{1,4})(?:[.)\]]|\.\))|[•●▪■►▶–◦\uf0b7\uf0a7-]")
_FAR = 2.2  # ems between a marker and its text


def with_markers(fragments: list[Fragment]) -> list[Fragment]:
    """The fragments with each list marker joined to the text that follows it on its line."""
    markers = [f for f in fragments if len(f.pieces) <= 2 and _MARKER.fullmatch("".join(p.text for p in f.pieces))]
    if not markers:
        return fragments
    alone = {id(f) for f in markers}
    opening = sorted((f for f in fragments if id(f) not in alone), key=lambda f: f.x0)
    taken: set[int] = set()
    for marker in markers:
        if any(-1 < marker.x0 - f.x1 < 1.5 * f.size and abs(f.base - marker.base) < 0.3 * f.size for f in fragments):
            continue
        near = [
            f
            for f in opening
            if 0 < f.x0 - marker.x1 < _FAR * f.size and abs(f.base - marker.base) < 0.3 * f.size and id(f) not in taken
        ]
        if near:
            text = near[0]
            text.pieces[0].glued = False
            text.pieces[:0] = marker.pieces
            text.x0, text.uniform = marker.x0, False
            taken.add(id(marker))
    return [f for f in fragments if id(f) not in taken]
