"""A table's fragments -> cells with row, column, header and label."""

import itertools
from collections import Counter
from dataclasses import dataclass, field, replace

from pipeline.extractors._pdf.glyphs import Face
from pipeline.extractors._pdf.lines import Line, lines_of
from pipeline.extractors._pdf.order import rows
from pipeline.extractors._pdf.pieces import Fragment, Piece
from pipeline.extractors._pdf.tables import Frame

_FEWEST_LINES = 5  # below the header, so that strips between words tell columns
_MOST_LINES = 0.75  # share of them that such a strip parts
_STREAM = 0.25  # its least width, in ems
_OVER = 1.6  # ems from the header of several columns to the rule under it


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
    upright, streams = _upright(frame), _streams(frame)
    cuts = sorted([*upright, *((left + right) / 2 for left, right in streams)])
    lines = rows([part for fragment in frame.fragments for part in _cut(fragment, cuts)])
    header_bottom = _header_bottom(frame, lines)
    over = {id(f): _spanned(f, frame) for line in lines for f in line if f.base < header_bottom}
    edges = _column_edges(frame, [[f for f in line if not over.get(id(f))] for line in lines])
    narrow = [(left + right) / 2 for left, right in streams if not any(left <= edge <= right for edge in edges)]
    edges = _with_rules(edges, sorted([*upright, *narrow]), frame, lines)
    groups = _row_groups(frame, lines, edges)
    header_bottom = _first_record(lines, edges, header_bottom)
    slots: list[Slot] = []
    for number, group in enumerate(groups):
        places: dict[int, Slot] = {}
        for line in group:
            for fragment in sorted(line, key=lambda f: f.x0):
                first, last = _span(over.get(id(fragment)) or fragment, edges)
                slot = places.get(first)
                if slot is None:
                    slot = places[first] = Slot(number, first, last)
                slot.last = max(slot.last, last)
                slot.fragments.append(fragment)
                slot.is_header = fragment.base < header_bottom
        slots.extend(places[column] for column in sorted(places))
    return Grid(slots, len(groups), len(edges) + 1)


def _with_rules(edges: list[float], upright: list[float], frame: Frame, lines: list[list[Fragment]]) -> list[float]:
    """The edges and those rules that part text from text."""
    middles = [(f.x0 + f.x1) / 2 for line in lines for f in line]
    for x in upright:
        low = max((edge for edge in edges if edge < x), default=frame.x0)
        high = min((edge for edge in edges if edge > x), default=frame.x1)
        if any(low < middle < x for middle in middles) and any(x < middle < high for middle in middles):
            edges = sorted([*edges, x])
    return edges


def _upright(frame: Frame) -> list[float]:
    """Where upright rules stand that run along most of the table, within its frame."""
    lengths: dict[int, float] = {}
    for x, y0, y1 in frame.upright:
        if frame.x0 + 6 < x < frame.x1 - 6:
            lengths[round(x / 2)] = lengths.get(round(x / 2), 0.0) + min(y1, frame.bottom) - max(y0, frame.top)
    return [2.0 * x for x, length in sorted(lengths.items()) if length > 0.6 * (frame.bottom - frame.top)]


def _streams(frame: Frame) -> list[tuple[float, float]]:
    """Narrow strips beside numbers that no line below the header crosses, as narrow columns have them."""
    lines = rows(frame.fragments)
    bottom = _header_bottom(frame, lines)
    body = [sorted((p for f in line for p in f.pieces), key=lambda p: p.x0) for line in lines if line[0].base > bottom]
    body = [pieces for pieces in body if len(pieces) > 2]
    if len(body) < _FEWEST_LINES:
        return []
    width = int(frame.x1 - frame.x0) + 20
    crossed, beside = [0] * width, [0] * width
    for pieces in body:
        for piece in pieces:
            for at in range(max(int(piece.x0 - frame.x0) + 9, 0), min(int(piece.x1 - frame.x0) + 10, width)):
                crossed[at] += 1
        for piece, following in itertools.pairwise(pieces):
            if _is_number(piece) or _is_number(following):
                for at in range(max(int(piece.x1 - frame.x0) + 9, 0), min(int(following.x0 - frame.x0) + 9, width)):
                    beside[at] += 1
    em = sorted(pieces[0].size for pieces in body)[len(body) // 2]
    free = [not crossed[at] and beside[at] > _MOST_LINES * len(body) for at in range(width)]
    runs = [(inside, len(list(run))) for inside, run in itertools.groupby(free)]
    starts = itertools.accumulate((length for _, length in runs), initial=0)
    return [
        (frame.x0 - 9 + start, frame.x0 - 9 + start + length)
        for start, (inside, length) in zip(starts, runs, strict=False)
        if inside and length > _STREAM * em
    ]


def _cut(fragment: Fragment, upright: list[float]) -> list[Fragment]:
    """The fragment in parts where an upright rule passes between its words."""
    parts = [fragment]
    for x in upright:
        last = parts[-1]
        for index, (before, piece) in enumerate(itertools.pairwise(last.pieces), 1):
            if before.x1 < x + 2 and piece.x0 > x - 2 and not piece.glued and before.x1 < piece.x0:
                left, right = last.pieces[:index], last.pieces[index:]
                parts[-1:] = [
                    replace(last, own=left, x1=max(p.x1 for p in left)),
                    replace(last, own=right, x0=piece.x0),
                ]
                break
    return parts


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


def _spanned(fragment: Fragment, frame: Frame) -> Fragment | None:
    """A header that stands above a rule over some of the columns, made as wide as that rule; None for others."""
    middle = (fragment.x0 + fragment.x1) / 2
    for x0, x1, y in frame.level:
        over = fragment.base - 1 < y < fragment.base + _OVER * fragment.size and x0 - 3 < middle < x1 + 3
        if over and fragment.x1 - fragment.x0 < x1 - x0 + 6 < 0.9 * (frame.x1 - frame.x0):
            return replace(fragment, x0=min(x0, fragment.x0), x1=max(x1, fragment.x1))
    return None


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
    """The header's lower edge, no lower than labelled lines of values above which there are none."""
    above = [line for line in lines if line[0].base < bottom]
    for index in range(1, len(above) - 1):
        if all(_is_record(line, edges) for line in above[index : index + 2]):
            return above[index][0].base - 0.5 * above[index][0].size
        if any(_is_value(f) for f in above[index - 1] if _span(f, edges)[0]):
            break
    return bottom


def _is_record(line: list[Fragment], edges: list[float]) -> bool:
    values = [f for f in line if _span(f, edges)[0]]
    return 1 < len(values) < len(line) and sum(map(_is_value, values)) > 0.6 * len(values)


def _row_groups(frame: Frame, lines: list[list[Fragment]], edges: list[float]) -> list[list[list[Fragment]]]:
    """Lines of text that make up one row of the table."""
    rules = [r[2] for r in frame.level]
    steps = sorted(b[0].base - a[0].base for a, b in itertools.pairwise(lines))
    tight = steps[len(steps) // 4] if steps else 0.0
    usual = steps[len(steps) // 2] if steps else 0.0
    opening = sorted(b[0].base - a[0].base for a, b in itertools.pairwise(lines) if not _span(b[0], edges)[0])
    solid = Counter(round(2 * step) / 2 for step in steps).most_common(1)[0][0] if steps else 0.0
    set_apart = len(opening) > 1 and opening[len(opening) // 4] > 1.1 * solid + 0.3
    groups: list[list[list[Fragment]]] = []
    parting = [y for y in rules if frame.top + 2 < y < frame.bottom - 2]
    within = sum(line[0].base < max(parting, default=0.0) for line in lines)  # below them may stand notes
    ruled = len(parting) > 0.5 * within > 2 and within > 0.6 * len(lines)
    for line in lines:
        base = line[0].base
        before = groups[-1][-1] if groups else None
        if before is None:
            groups.append([line])
            continue
        crossed = any(before[0].base < y + 0.5 and y < base - 0.3 * line[0].size for y in rules)
        inner = set_apart and base - before[0].base < 1.04 * solid + 0.2 and all(_span(f, edges)[0] for f in line)
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
    text = first.words(1)[0]
    return len(columns) == 1 and len(columns_before) > 1 and (text[:1].islower() or text[:1] == "(")


def _is_value(fragment: Fragment) -> bool:
    return _is_number(fragment.pieces[0])


def _is_number(piece: Piece) -> bool:
    return piece.text.lstrip("<>≤≥±+-−–(~")[:1].isdigit()


def cell_lines(slot: Slot, faces: list[Face], page: int, layer: int) -> list[Line]:
    """The lines of a cell."""
    return lines_of(slot.fragments, faces, page, layer)
