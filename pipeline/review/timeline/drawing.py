"""Where everything stands in the picture; all lengths are units of its view box."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.review.book import Standing
from pipeline.review.timeline.axis import Axis, Tick, axis_of
from pipeline.review.timeline.placing import Placed, number, unplaced

WIDTH, _LEFT, _RIGHT, _MARGIN = 720.0, 132.0, 18.0, 52.0
_LANE, _TRACE, _GAP, _TOP, _STACK = 15.0, 38.0, 9.0, 18.0, 13.0
_MOST_LANES, _MOST_TRACES, _FEWEST_POINTS, _LEAST = 16, 5, 2, 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A regimen: from ``x`` on, ``width`` long; ``is_open`` where its end is not told."""

    standing: Standing
    x: float
    y: float
    width: float
    is_open: bool
    is_aside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A response or a toxicity, with its category or grade."""

    standing: Standing
    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The values of one analyte: a line through its points."""

    name: str
    unit: str
    y: float
    points: str
    dots: tuple[Mark, ...]


@dataclass(slots=True, kw_only=True)
class Chart:
    """The picture.

    Attributes:
        labels: what the lanes are called, at their heights.
        left, right: of the axis.
        rest: rows that no row gives a time; ``more``: how many lanes there was no room for.
    """

    height: float = 0.0
    left: float = 0.0
    right: float = 0.0
    zero: float = 0.0
    labels: list[tuple[float, str]] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    rest: list[Standing] = field(default_factory=list)
    more: int = 0


def chart_of(rows: Sequence[Placed]) -> Chart:
    """The picture of a patient's rows."""
    before, after = (any(one.side == side for one in rows) for side in ("before", "after"))
    chart = Chart(rest=unplaced(rows))
    chart.left = _LEFT + (_MARGIN if before else 0)
    chart.right = WIDTH - _RIGHT - (_MARGIN if after else 0)
    axis = axis_of([day for one in rows for day in (one.start, one.end) if day is not None], chart.left, chart.right)
    chart.zero, chart.ticks = axis.at(0), axis.ticks
    bottom = _draw_bars(chart, axis, [one for one in rows if one.standing.kind == "regimen"])
    for kind in ("response", "toxicity"):
        bottom = _draw_marks(chart, axis, bottom, [one for one in rows if one.standing.kind == kind])
    bottom = _draw_traces(chart, axis, bottom, [one for one in rows if one.standing.kind == "measurement"])
    chart.height = round(bottom + 4, 1)
    return chart


def _draw_bars(chart: Chart, axis: Axis, regimens: Sequence[Placed]) -> float:
    shown = [one for one in regimens if one.start is not None or one.side]
    order = {"before": 0, "": 1, "after": 2}
    lanes: dict[str, list[Placed]] = {}
    for one in sorted(shown, key=lambda one: (order[one.side], one.start or 0.0)):
        lanes.setdefault(one.standing.cells["therapy"] + one.side, []).append(one)
    chart.more = max(len(lanes) - _MOST_LANES, 0)
    y = _TOP
    for lane in list(lanes.values())[:_MOST_LANES]:
        chart.labels.append((y, lane[0].standing.cells["therapy"]))
        chart.bars += [_bar(chart, axis, one, y) for one in lane]
        y += _LANE
    return y + (_GAP if lanes else 0)


def _bar(chart: Chart, axis: Axis, one: Placed, y: float) -> Bar:
    if one.start is None:
        x = chart.left - _MARGIN + 6 if one.side == "before" else chart.right + 8
        return Bar(standing=one.standing, x=x, y=y, width=_MARGIN - 16, is_open=True, is_aside=True)
    x = axis.at(one.start)
    width = max((axis.at(one.end) if one.end is not None else chart.right) - x, _LEAST)
    return Bar(standing=one.standing, x=x, y=y, width=round(width, 1), is_open=one.end is None, is_aside=False)


def _draw_marks(chart: Chart, axis: Axis, top: float, events: Sequence[Placed]) -> float:
    """Marks at one place stand below one another."""
    timed = sorted((one for one in events if one.start is not None), key=lambda one: one.start or 0.0)
    if not timed:
        return top
    levels: list[float] = []  # where the last mark of each level ends
    for one in timed:
        x = axis.at(one.start or 0.0)
        label = one.standing.cells.get("category") or _grade(one.standing)
        level = next((number for number, end in enumerate(levels) if end < x), len(levels))
        levels[level : level + 1] = [x + 16 + 5.6 * len(label)]
        chart.marks.append(Mark(standing=one.standing, x=x, y=top + 6 + level * _STACK, label=label))
    chart.labels.append((top, "responses" if timed[0].standing.kind == "response" else "toxicities"))
    return top + len(levels) * _STACK + _GAP


def _grade(standing: Standing) -> str:
    term, grade = standing.cells.get("term", ""), standing.cells.get("grade", "")
    short = term if len(term) <= 24 else f"{term[:23]}…"
    return f"{short} {grade}".strip()


def _draw_traces(chart: Chart, axis: Axis, top: float, values: Sequence[Placed]) -> float:
    series: dict[tuple[str, str], list[tuple[float, float, Standing]]] = {}
    for one in values:
        cells = one.standing.cells
        si = number(cells["si_value_low"])
        value, unit = (number(cells["value_low"]), cells["unit"]) if si is None else (si, cells["si_unit"])
        if one.start is not None and value is not None:
            series.setdefault((cells["analyte"], unit), []).append((one.start, value, one.standing))
    told = [(name, points) for name, points in series.items() if len({day for day, _, _ in points}) >= _FEWEST_POINTS]
    told.sort(key=lambda pair: (-len(pair[1]), pair[0]))
    for (name, unit), points in told[:_MOST_TRACES]:
        chart.labels.append((top + _TRACE / 2 - 6, name))
        chart.traces.append(_trace(axis, top, (name, unit), sorted(points, key=lambda point: point[:2])))
        top += _TRACE + _GAP
    return top


def _trace(axis: Axis, top: float, named: tuple[str, str], points: Sequence[tuple[float, float, Standing]]) -> Trace:
    low, high = min(value for _, value, _ in points), max(value for _, value, _ in points)
    span = (high - low) or 1.0
    dots = tuple(
        Mark(
            standing=standing,
            x=axis.at(day),
            y=round(top + 12 + (_TRACE - 16) * (1 - (value - low) / span), 1),
            label=f"{value:g}",
        )
        for day, value, standing in points
    )
    line = " ".join(f"{dot.x},{dot.y}" for dot in dots)
    return Trace(name=named[0], unit=named[1], y=top, points=line, dots=dots)
