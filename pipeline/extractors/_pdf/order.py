"""Reading order: columns found by cutting a page where no text stands."""

from bisect import bisect_left, bisect_right
from itertools import accumulate
from operator import attrgetter
from statistics import median

from pipeline.extractors._pdf.pieces import Fragment

GUTTER = 0.75  # narrowest gutter, in ems of the region
NARROWEST = 7.0  # narrowest column, in ems
_DEEPEST = 12
_PLACE = attrgetter("base", "x0")
_TOP = attrgetter("top")
STRIP = 1.2  # height of white (in ems) between stretches of a page that are set in different sizes
_NEAR = 30
_TITLE = 1.6  # times as large as the text below
_WIDE = 5  # ems of a title's line
_CANDIDATES = 6
_FEWEST_ROWS = 4  # lines on both sides of a gutter, so that it is no river of white between words
_MANY_ROWS = 5  # lines of a text beside which fewer ones, or ragged ones, may be a column
_SOLID = 0.75  # share of the width of such a text that its lines fill
_LEVEL = 0.1  # ems by which lines that are level with one another differ at most
_RIVER = 1.2  # widest river between few lines, in ems
_ALIGNED = 2.5  # points within which lines start at one margin


def regions(fragments: list[Fragment], depth: int = 0) -> list[list[Fragment]]:
    """Columns (or stretches of them) in reading order; each is a list of fragments from top to bottom."""
    if len(fragments) < 2 or depth > _DEEPEST:
        return [fragments] if fragments else []
    em = median(f.size for f in fragments)
    parts = _restyled(fragments, em)
    if parts:
        return [leaf for part in parts for leaf in regions(part, depth + 1)]
    sides = _gutter(fragments, em)
    if sides:
        return [leaf for side in sides for leaf in regions(side, depth + 1)]
    bands = _bands(fragments, em)
    if len(bands) > 1:
        return [leaf for band in bands for leaf in regions(band, depth + 1)]
    return [fragments]


def _restyled(fragments: list[Fragment], em: float) -> list[list[Fragment]]:
    """Cut at a level strip of white under which all text is set in another size: references, notes, a next article."""
    ordered = sorted(fragments, key=_TOP)
    tops = [f.base - 0.75 * f.size for f in ordered]
    reaches = accumulate([f.base + 0.2 * f.size for f in ordered], max)
    for index, (reach, top) in enumerate(zip(reaches, tops[1:], strict=False), 1):
        if top - reach > STRIP * em and min(index, len(ordered) - index) > _FEWEST_ROWS:
            above, below = (
                _usual_size(ordered[max(index - _NEAR, 0) : index]),
                _usual_size(ordered[index : index + _NEAR]),
            )
            if abs(above - below) > 0.1 * max(above, below) or _is_title(ordered[index - 1], below, top - reach):
                return [ordered[:index], ordered[index:]]
    return []


def _is_title(last: Fragment, below: float, white: float) -> bool:
    """True for the last line of a title with more white under it than between lines, above smaller text."""
    return last.size > _TITLE * below and white > last.size and last.x1 - last.x0 > _WIDE * last.size


def _usual_size(fragments: list[Fragment]) -> float:
    weights: dict[float, float] = {}
    for fragment in fragments:
        key = round(fragment.size * 2) / 2
        weights[key] = weights.get(key, 0.0) + fragment.x1 - fragment.x0
    return max(weights, key=lambda size: (weights[size], size))


def _gutter(fragments: list[Fragment], em: float) -> list[list[Fragment]]:
    """Cut at the widest strip that no fragment touches, if both sides are columns of text."""
    ordered = sorted(fragments, key=lambda f: f.x0)
    reach, cuts = ordered[0].x1, []
    for index, fragment in enumerate(ordered[1:], 1):
        if fragment.x0 - reach >= GUTTER * em:
            cuts.append((fragment.x0 - reach, index))
        reach = max(reach, fragment.x1)
    for width, index in sorted(cuts, reverse=True):
        left, right = ordered[:index], ordered[index:]
        if width < _RIVER * em and min(len(rows(left)), len(rows(right))) < _FEWEST_ROWS:
            continue
        if _columns(left, right, em):
            return [ordered[:index], ordered[index:]]
    return []


def _columns(left: list[Fragment], right: list[Fragment], em: float) -> bool:
    """True for two columns of text, and for one beside a list or a caption that does not share its lines."""
    filled = _is_column(left, em), _is_column(right, em)
    if filled[0] != filled[1]:
        narrow, prose = (left, right) if filled[1] else (right, left)
        return _stands_by_itself(narrow, prose, em)
    return filled[0]


def _is_column(side: list[Fragment], em: float) -> bool:
    width = _spread(side)
    if width < NARROWEST * em:
        return False
    lines = rows(side)
    filled = sum([f.x1 - f.x0 for f in side]) / len(lines)
    return filled > 0.5 * width


def _spread(side: list[Fragment]) -> float:
    return max([f.x1 for f in side]) - min([f.x0 for f in side])


def _stands_by_itself(narrow: list[Fragment], prose: list[Fragment], em: float) -> bool:
    """True where a few lines with one margin stand beside many that they are not level with: no rows of a table."""
    few, many = rows(narrow), rows(prose)
    if len(many) < _MANY_ROWS or len(few) < 2 or _spread(narrow) < NARROWEST * em:
        return False
    if sum([f.x1 - f.x0 for f in prose]) < _SOLID * len(many) * _spread(prose):
        return False
    margin = min([f.x0 for f in narrow])
    heights = sorted(line[0].base for line in many)
    level = opening = 0
    for line in few:
        near = _LEVEL * min(f.size for f in line)
        level += bisect_right(heights, line[0].base + near) > bisect_left(heights, line[0].base - near)
        opening += min([f.x0 for f in line]) - margin < line[0].size
    return level <= 0.4 * len(few) and opening > 0.6 * len(few)


def rows(fragments: list[Fragment]) -> list[list[Fragment]]:
    """Fragments on one baseline, from top to bottom; small raised or lowered ones go with the line they touch.

    What stands in for a table is a row by itself.
    """
    found: list[list[Fragment]] = []
    base = size = 0.0
    for fragment in sorted(fragments, key=_PLACE):
        step, own = abs(fragment.base - base), fragment.size
        larger, smaller = (own, size) if own > size else (size, own)
        if found and step < 0.45 * larger and step < 0.72 * smaller and not (fragment.table or found[-1][0].table):
            found[-1].append(fragment)
            if own > size:
                base, size = fragment.base, own
        else:
            found.append([fragment])
            base, size = fragment.base, own
    return found


def _bands(fragments: list[Fragment], em: float) -> list[list[Fragment]]:
    """Cut above and below what stands across the best gutter; one band if there is none."""
    best: tuple[float, list[list[Fragment]]] = (0.0, [fragments])
    lines = rows(fragments)
    for middle in _candidates(fragments, em):
        best = max(best, _banded(fragments, lines, middle, em), key=lambda found: found[0])
    return best[1]


def _candidates(fragments: list[Fragment], em: float) -> list[float]:
    """Where a gutter may lie, in page points: just before places where several fragments start."""
    leftmost = min(f.x0 for f in fragments) + NARROWEST * em
    ordered = sorted(f.x0 for f in fragments if f.x0 > leftmost)
    counts = [(bisect_right(ordered, x0 + _ALIGNED) - index, x0) for index, x0 in enumerate(ordered)]
    likely: list[float] = []
    for count, x0 in sorted(counts, key=lambda found: (-found[0], found[1])):
        if count < _FEWEST_ROWS or len(likely) == _CANDIDATES:
            break
        if all(abs(x0 - other) > _ALIGNED for other in likely):
            likely.append(x0)
    return [x0 - 0.1 - GUTTER * em / 2 for x0 in likely]


def _banded(
    fragments: list[Fragment], lines: list[list[Fragment]], middle: float, em: float
) -> tuple[float, list[list[Fragment]]]:
    half = GUTTER * em / 2
    bands: list[list[Fragment]] = []
    spanning = None
    low, high = middle - half, middle + half
    for row in lines:
        across = any(f.x0 < high and f.x1 > low for f in row)
        if across != spanning:
            bands.append([])
            spanning = across
        bands[-1].extend(row)
    sides = [_sides(band, middle, em) for band in bands]
    if not any(_parted(left, right, em) for left, right in sides if left):
        return 0.0, [fragments]
    out: list[list[Fragment]] = []
    score: float = 0.0
    open_band = False
    for band, (left, right) in zip(bands, sides, strict=True):
        if left:
            score += sum(f.size for f in band)
            out.extend((left, right))
        elif open_band:
            out[-1].extend(band)
        else:
            out.append(list(band))
        open_band = not left
    return score, out


def _parted(left: list[Fragment], right: list[Fragment], em: float) -> bool:
    few, many = sorted((left, right), key=lambda side: len(rows(side)))
    return len(rows(few)) >= _FEWEST_ROWS or _stands_by_itself(few, many, em)


def _sides(band: list[Fragment], middle: float, em: float) -> tuple[list[Fragment], list[Fragment]]:
    """What stands left and right of a gutter at ``middle``; nothing where it is no gutter in this band."""
    half = GUTTER * em / 2
    left, right = [f for f in band if f.x1 <= middle - half], [f for f in band if f.x0 >= middle + half]
    if len(left) + len(right) < len(band) or not left or not right or not _columns(left, right, em):
        return [], []
    return left, right
