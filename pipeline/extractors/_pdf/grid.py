"""A table's fragments -> cells with row, column, header and label."""

import itertools
from dataclasses import dataclass, field

from pipeline.extractors._pdf.glyphs import Face
from pipeline.extractors._pdf.lines import Line, lines_of
from pipeline.extractors._pdf.order import rows
from pipeline.extractors._pdf.pieces import Fragment
from pipeline.extractors._pdf.tables import Frame


@dataclass(slots=True)
class Slot:
    """A cell before it is written: its lines and the columns it spans."""

    row: int
    first: int
    last: int
    fragments: list[Fragment] = field(default_factory=list)
    is_header: bool = False


@dataclass(slots=True)
class Grid:
    """The cells of a table, row by row."""

    slots: list[Slot]
    n_rows: int
    n_columns: int


def grid_of(frame: Frame) -> Grid:
    """Cells by the white between columns and by rules or leading between rows."""
    lines = rows(frame.fragments)
    edges = _column_edges(frame, lines)
    groups = _row_groups(frame, lines, edges)
    header_bottom = _first_record(lines, edges, _header_bottom(frame, lines))
    slots: list[Slot] = []
    for number, group in enumerate(groups):
        places: dict[int, Slot] = {}
        for line in group:
            for fragment in sorted(line, key=lambda f: f.x0):
                first, last = _span(fragment, edges)
                slot = places.get(first)
                if slot is None:
                    slot = places[first] = Slot(number, first, last)
                slot.last = max(slot.last, last)
                slot.fragments.append(fragment)
                slot.is_header = fragment.base < header_bottom
        slots.extend(places[column] for column in sorted(places))
    return Grid(slots, len(groups), len(edges) + 1)


def _column_edges(frame: Frame, lines: list[list[Fragment]]) -> list[float]:
    """Middles of the strips that (almost) no fragment crosses."""
    width = frame.x1 - frame.x0
    units = [f for line in lines for f in line if len(line) > 1 and f.x1 - f.x0 < 0.6 * width]
    if not units:
        return []
    units.sort(key=lambda f: f.x0)
    em = sorted(f.size for f in units)[len(units) // 2]
    bins = [0] * (int(width / 1.0) + 20)
    for f in units:
        a, b = int(f.x0 - frame.x0) + 9, int(f.x1 - frame.x0) + 9
        for i in range(max(a, 0), min(b + 1, len(bins))):
            bins[i] += 1
    allowed = 0 if len(lines) < 12 else len(lines) // 14
    edges: list[float] = []
    start = None
    inside = False
    for i, count in enumerate(bins):
        if count > allowed:
            if inside and start is not None and i - start >= 0.55 * em:
                edges.append(frame.x0 - 9 + (start + i) / 2)
            inside, start = True, None
        elif start is None:
            start = i
    return edges


def _span(fragment: Fragment, edges: list[float]) -> tuple[int, int]:
    first = sum(edge < fragment.x0 + 0.3 * fragment.size for edge in edges)
    last = sum(edge < fragment.x1 - 0.3 * fragment.size for edge in edges)
    return first, max(first, last)


def _header_bottom(frame: Frame, lines: list[list[Fragment]]) -> float:
    """Height under which the body begins: the first long rule below the first line."""
    first = min(f.base for f in lines[0])
    wide = [r[2] for r in frame.level if r[2] > first and r[1] - r[0] > 0.8 * (frame.x1 - frame.x0)]
    last = max(f.base for f in lines[-1])
    if wide and wide[0] < last and wide[0] - frame.top < 0.5 * (frame.bottom - frame.top):
        return wide[0]
    return first + 0.5 * lines[0][0].size


def _first_record(lines: list[list[Fragment]], edges: list[float], bottom: float) -> float:
    """The header's lower edge, no lower than a labelled line of values above which there are none."""
    for before, line in itertools.pairwise(lines):
        if line[0].base >= bottom:
            break
        values = [f for f in line if _span(f, edges)[0]]
        if any(_is_value(f) for f in before if _span(f, edges)[0]):
            break
        if len(values) > 1 and len(values) < len(line) and sum(map(_is_value, values)) > 0.6 * len(values):
            return line[0].base - 0.5 * line[0].size
    return bottom


def _row_groups(frame: Frame, lines: list[list[Fragment]], edges: list[float]) -> list[list[list[Fragment]]]:
    """Lines of text that make up one row of the table."""
    rules = [r[2] for r in frame.level]
    steps = sorted(b[0].base - a[0].base for a, b in itertools.pairwise(lines))
    tight = steps[len(steps) // 4] if steps else 0.0
    usual = steps[len(steps) // 2] if steps else 0.0
    opening = sorted(b[0].base - a[0].base for a, b in itertools.pairwise(lines) if not _span(b[0], edges)[0])
    set_apart = len(opening) > 1 and opening[len(opening) // 4] > 1.1 * tight + 0.3
    groups: list[list[list[Fragment]]] = []
    ruled = sum(frame.top + 2 < y < frame.bottom - 2 for y in rules) > 0.5 * len(lines) > 2
    for line in lines:
        base = line[0].base
        before = groups[-1][-1] if groups else None
        if before is None:
            groups.append([line])
            continue
        crossed = any(before[0].base < y + 0.5 and y < base - 0.3 * line[0].size for y in rules)
        inner = set_apart and base - before[0].base < 1.04 * tight + 0.2 and all(_span(f, edges)[0] for f in line)
        if crossed or not (ruled or inner or _goes_on(groups[-1], line, edges, (tight, usual))):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _goes_on(group: list[list[Fragment]], line: list[Fragment], edges: list[float], pitch: tuple[float, float]) -> bool:
    """True where a line continues the row of the lines before it; ``pitch`` is the tight and the usual step."""
    tight, usual = pitch
    before = group[-1]
    step = line[0].base - before[0].base
    if step < 0.87 * usual:
        return True
    if step > 1.25 * tight + 0.5:
        return False
    columns = {_span(f, edges)[0] for f in line}
    columns_before = {_span(f, edges)[0] for earlier in group for f in earlier}
    if any(
        _is_value(f) and any(_is_value(g) and _span(g, edges)[0] == _span(f, edges)[0] for g in before) for f in line
    ):
        return False
    if 0 not in columns:
        return len(columns) < len(columns_before) or len(edges) < 2 or len(columns) == 1
    first = min(line, key=lambda f: f.x0)
    text = first.pieces[0].text
    return len(columns) == 1 and len(columns_before) > 1 and (text[:1].islower() or text[:1] == "(")


def _is_value(fragment: Fragment) -> bool:
    return fragment.pieces[0].text.lstrip("<>≤≥±+-−–(~")[:1].isdigit()


def cell_lines(slot: Slot, faces: list[Face], page: int, layer: int) -> list[Line]:
    """The lines of a cell."""
    return lines_of(slot.fragments, faces, page, layer)
