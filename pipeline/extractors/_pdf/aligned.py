"""Tables that are drawn without rules: rows of narrow cells below a caption that stand below one another."""

import itertools
from collections.abc import Sequence

from pipeline.extractors._pdf.order import rows
from pipeline.extractors._pdf.pieces import Fragment

_FEWEST_ROWS = 4
_FEWEST_CELLS = 3  # of a row
_WIDEST = 0.42  # share of the table's width that a cell fills at most
_FARTHEST = 3.0  # ems from one row to the next
_SAME = 3.0  # points within which cells of a column begin, end or have their middle
_VALUES = 0.4  # share of the cells behind the first column that are values
_FITTING = 0.7  # share of a table's cells that stand below one of the row above

Box = tuple[float, float, float, float]


def aligned_box(caption: Fragment, limit: float, fragments: Sequence[Fragment]) -> Box | None:
    """The box of a table without rules: left, right, top, bottom in points; None where no rows stand below a caption.

    Args:
        caption: its first line.
        limit: height of the next caption.
        fragments: of the page.
    """
    below = [f for f in fragments if caption.base + 0.3 * caption.size < f.base < limit and f is not caption]
    found: list[list[Fragment]] = []
    at = caption.base
    for line in rows(below):
        line.sort(key=lambda f: f.x0)
        near = line[0].base - at < _FARTHEST * line[0].size
        if near and _is_row(line):
            found.append(line)
        elif not near or found or line[0].base - caption.base > 3 * _FARTHEST * caption.size:
            break
        at = line[0].base
    if len(found) < _FEWEST_ROWS or not _is_table(found):
        return None
    cells = [f for line in found for f in line]
    left, right = min(f.x0 for f in cells), max(f.x1 for f in cells)
    if not left - 30 < caption.x0 < right:
        return None
    return left, right, min(f.top for f in cells) - 1, max(f.base for f in cells) + 1


def _is_row(line: Sequence[Fragment]) -> bool:
    width = line[-1].x1 - line[0].x0
    apart = all(after.x0 - f.x1 > f.size for f, after in itertools.pairwise(line))
    return len(line) >= _FEWEST_CELLS and apart and all(f.x1 - f.x0 < _WIDEST * width for f in line)


def _is_table(lines: Sequence[Sequence[Fragment]]) -> bool:
    values = [f.pieces[0].text.lstrip("<>≤≥±+-−–(~")[:1].isdigit() for line in lines[1:] for f in line[1:]]
    fitting = [any(_below(f, g) for g in above) for above, line in itertools.pairwise(lines) for f in line]
    return sum(values) > _VALUES * len(values) and sum(fitting) > _FITTING * len(fitting)


def _below(cell: Fragment, above: Fragment) -> bool:
    middles = abs(cell.x0 + cell.x1 - above.x0 - above.x1) / 2
    return min(abs(cell.x0 - above.x0), abs(cell.x1 - above.x1), middles) < _SAME
