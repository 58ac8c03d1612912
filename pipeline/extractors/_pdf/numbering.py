"""Numbers of lines in the margin, as manuscripts have them, are told from the text beside them."""

import itertools
from collections.abc import Sequence
from statistics import median

from pipeline.extractors._pdf.pieces import Fragment

_FEWEST = 10  # numbers on a page
_ALIGNED = 3.0  # points within which they end (or begin) at one margin
_PROSE = 20.0  # ems of the text beside them: rows of a table are broken into narrower cells
_APART = 0.8  # ems between a number and its line


def line_numbers(standing: Sequence[Fragment]) -> list[Fragment]:
    """The fragments of a page that count its lines; none where numbers may be a table's or a list's."""
    numbers = [f for f in standing if len(f.pieces) == 1 and f.pieces[0].text.isdecimal() and len(f.pieces[0].text) < 5]
    if len(numbers) < _FEWEST:
        return []
    column = max((_at_margin(numbers, side) for side in ("x1", "x0")), key=len)
    fits = len(column) >= _FEWEST and _counts(column) and _stands_outside(column, standing)
    return column if fits else []


def _at_margin(numbers: Sequence[Fragment], side: str) -> list[Fragment]:
    edge = median(getattr(f, side) for f in numbers)
    return [f for f in numbers if abs(getattr(f, side) - edge) < _ALIGNED]


def _counts(column: Sequence[Fragment]) -> bool:
    """True where the numbers go up by one step from line to line."""
    told = [int(f.pieces[0].text) for f in sorted(column, key=lambda f: f.base)]
    steps = {after - before for before, after in itertools.pairwise(told)}
    return len(steps) == 1 and steps.pop() in (1, 5)


def _stands_outside(column: Sequence[Fragment], standing: Sequence[Fragment]) -> bool:
    """True where all text stands to the right of the numbers (or all to the left), and is set in long lines."""
    own = {id(f) for f in column}
    low, high = min(f.x0 for f in column), max(f.x1 for f in column)
    beside = []
    for number in column:
        level = [f for f in standing if id(f) not in own and abs(f.base - number.base) < 0.5 * f.size]
        if any(f.x0 < high + _APART * f.size and f.x1 > low - _APART * f.size for f in level):
            return False
        beside += level
    right = [f.x0 > high for f in beside]
    if not beside or any(right) != all(right):
        return False
    return median((f.x1 - f.x0) / f.size for f in beside) > _PROSE
