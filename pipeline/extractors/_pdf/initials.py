"""Large initials, which stand beside the first lines of a text, go back to their word."""

import numpy as np

from pipeline.extractors._pdf.glyphs import Array
from pipeline.extractors._pdf.pieces import Fragment, Piece
from pipeline.extractors._repair.hyphens import Words

_LARGE = 1.8  # of the size of the text beside it
_ALONE = ("A", "I", "À", "O", "E", "Y")


def with_initials(fragments: list[Fragment], words: Words) -> list[Fragment]:
    """The fragments with each large initial put before the line that it opens."""
    smallest = min([f.size for f in fragments], default=0.0)
    large = [f for f in fragments if f.size > _LARGE * smallest and f.count == 1]
    initials = [f for f in large if len(text := f.words()[0]) == 1 and text.isupper()]
    taken: set[int] = set()
    places = np.array([(f.size, f.x0, f.base) for f in fragments]) if initials else np.empty((0, 3))
    for initial in initials:
        first = _first_line(initial, fragments, places)
        if first is None:
            continue
        letter, lead = initial.pieces[0], first.pieces[0]
        word = "".join(c for c in lead.text if c.isalpha())
        alone = letter.text in _ALONE and (letter.text + word).lower() not in words and word.lower() in words
        lead.glued = not alone
        first.pieces.insert(0, Piece(letter.text, letter.x0, letter.x1, lead.base, lead.size, lead.face, False))
        first.x0, first.uniform = letter.x0, False
        taken.add(id(initial))
    return [f for f in fragments if id(f) not in taken] if taken else fragments


def _first_line(initial: Fragment, fragments: list[Fragment], places: Array) -> Fragment | None:
    """The upper one of the lines beside an initial; ``places`` are size, left edge and baseline of each fragment."""
    size, x0, base = places.T
    step = x0 - initial.x1
    beside = np.flatnonzero(
        (size * _LARGE < initial.size)
        & (-0.2 * initial.size < step)
        & (step < 1.2 * size)
        & (initial.top < base - 0.1 * size)
        & (base < initial.base + 0.3 * size)
    )
    return min([fragments[index] for index in beside.tolist()], key=lambda f: f.base) if len(beside) > 1 else None
