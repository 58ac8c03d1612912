"""Where the tables of a page stand: below (or above) a caption, between rules, or in rows of aligned pieces."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extractors._pdf.aligned import aligned_box
from pipeline.extractors._pdf.drafts import patterns
from pipeline.extractors._pdf.drawings import Drawings
from pipeline.extractors._pdf.order import rows
from pipeline.extractors._pdf.pieces import Fragment, Sheet

_NEAR = 130.0  # points from the caption to the first rule
_FEWEST_RULES = 3  # of a table: above and below its header, and at its end
_LEVEL = 1.2  # ems by which a caption beside a table may stand lower or higher than its first rule
_FAR = 200.0  # points from such a caption to the table, and least width of the table
_SAME = 9.0  # points by which the ends of a table's rules may differ


@dataclass(slots=True)
class Frame:
    """A table on the page: its box, what stands in it, the rules that cross it, and how its caption names it."""

    x0: float
    x1: float
    top: float
    bottom: float
    fragments: list[Fragment]
    level: list[tuple[float, float, float]]
    segments: list[tuple[float, float, float]]
    upright: list[tuple[float, float, float]]
    label: str = ""


Rule = tuple[float, float, float]


def captions(fragments: Sequence[Fragment]) -> list[Fragment]:
    """Fragments that open the caption of a table or figure: nothing stands close before them on their line."""
    return [f for f in fragments if patterns()["caption"].match(_opening(f)) and not _follows_text(f, fragments)]


def _opening(fragment: Fragment) -> str:
    return " ".join(fragment.words(4))


def _label(text: str) -> str:
    """The number of a table as its caption gives it, without spaces, in lower case."""
    match = patterns()["table_caption"].match(text)
    return "".join(match.group().casefold().split()) if match else ""


def named(caption: str, frame: Frame) -> bool:
    """True where a caption is that of a table."""
    return bool(frame.label) and _label(caption) == frame.label


def _follows_text(fragment: Fragment, fragments: Sequence[Fragment]) -> bool:
    return any(
        abs(f.base - fragment.base) < 0.3 * fragment.size and 0 <= fragment.x0 - f.x1 < 1.5 * fragment.size
        for f in fragments
        if f is not fragment
    )


def table_frames(fragments: list[Fragment], drawings: Drawings) -> list[Frame]:
    """The tables of a page that have rules, from top to bottom."""
    anchors = captions(fragments)
    tables = [f for f in anchors if patterns()["table_caption"].match(_opening(f))]
    joined = joined_rules(drawings.level)
    tables.sort(key=lambda f: (f.base, f.x0))
    found: list[list[Frame | None]] = []
    for caption in tables:
        boxes = (_below(caption, anchors, joined, fragments), _above(caption, anchors, joined))
        if boxes == (None, None):
            limit = min((f.base for f in anchors if f.base > caption.base), default=float("inf"))
            boxes = (aligned_box(caption, limit, fragments), None)
        found.append([_framed(box, caption, fragments, (drawings, joined)) if box else None for box in boxes])
    below, above = (sum(1 for both in found if both[side]) for side in (0, 1))
    frames: list[Frame] = []
    for both in found:
        for frame in both if below >= above else reversed(both):  # some journals set captions under their tables
            if frame and not any(_overlap(frame, other) for other in frames):
                frames.append(frame)
                break
    return frames


def _stands_at(caption: Fragment, rule: Rule) -> bool:
    """True where a caption stands over or under a rule, which may be short of it on the left."""
    return rule[1] - rule[0] > 60 and caption.x0 < rule[1] and rule[0] - 12 <= max(caption.x0, caption.x1 - 60)


def _stands_beside(caption: Fragment, rule: Rule) -> bool:
    """True where a caption stands to the left of a table, level with its upper rule."""
    level = abs(rule[2] - caption.top) < _LEVEL * caption.size
    return level and 0 < rule[0] - caption.x1 < _FAR and rule[1] - rule[0] > _FAR


def joined_rules(level: Sequence[Rule]) -> list[Rule]:
    """Level rules with pieces that touch on one height put together, from top to bottom."""
    out: list[list[float]] = []
    for x0, x1, y in sorted(level, key=lambda rule: (round(rule[2] / 1.5), rule[0])):
        if out and abs(out[-1][2] - y) < 1.6 and x0 <= out[-1][1] + 4:
            out[-1][1] = max(out[-1][1], x1)
        else:
            out.append([x0, x1, y])
    return sorted(((a, b, y) for a, b, y in out), key=lambda rule: rule[2])


def _below(
    caption: Fragment, anchors: Sequence[Fragment], joined: Sequence[Rule], fragments: Sequence[Fragment]
) -> tuple[float, float, float, float] | None:
    near = [r for r in joined if 0 < r[2] - caption.base < _NEAR and _stands_at(caption, r)]
    near = near or [r for r in joined if _stands_beside(caption, r)]
    for index, first in enumerate(near):
        if not any(_alike(first, r) for r in near[:index]):
            box = _between(first, caption, anchors, joined, fragments)
            if box:
                return box
    return None


def _alike(rule: Rule, other: Rule) -> bool:
    return abs(rule[0] - other[0]) < _SAME and abs(rule[1] - other[1]) < _SAME


def _between(
    first: Rule, caption: Fragment, anchors: Sequence[Fragment], joined: Sequence[Rule], fragments: Sequence[Fragment]
) -> tuple[float, float, float, float] | None:
    """The box of a table that begins with a rule."""
    limit = min(
        (f.base for f in anchors if f.base > first[2] and f.x0 < first[1] and f.x1 > first[0] and f is not caption),
        default=float("inf"),
    )
    like = [r for r in joined if first[2] <= r[2] < limit and _alike(r, first)]
    while len(like) > 1 and _prose(like[-2], like[-1], fragments, closed=len(like) > _FEWEST_RULES):
        like.pop()
    if len(like) < 2:
        return None
    bottom = like[-1][2]
    if len(like) == 2:
        bottom = _last_row(bottom, min(limit, bottom + 1000), first, fragments)
    return first[0], first[1], first[2], bottom


def _last_row(bottom: float, limit: float, rule: Rule, fragments: Sequence[Fragment]) -> float:
    """Lower edge of a table that goes on below its last rule, as one that is continued on the next page does."""
    below = [f for f in fragments if bottom < f.base < limit and rule[0] - 6 < f.x0 and f.x1 < rule[1] + 6]
    at = bottom
    for line in rows(below):
        widths = _cell_widths(line)
        if line[0].base - at > 4 * line[0].size or max(widths) > 0.42 * (rule[1] - rule[0]):
            break
        if len(widths) > 2 or at > bottom:
            at = line[0].base + 1
    return at


def _cell_widths(line: list[Fragment]) -> list[float]:
    """Widths of what stands on a line between gaps wider than an em."""
    line.sort(key=lambda f: f.x0)
    cells = [[line[0].x0, line[0].x1]]
    for fragment in line[1:]:
        if fragment.x0 - cells[-1][1] > fragment.size:
            cells.append([fragment.x0, fragment.x1])
        cells[-1][1] = max(cells[-1][1], fragment.x1)
    return [right - left for left, right in cells]


def _prose(upper: Rule, lower: Rule, fragments: Sequence[Fragment], closed: bool) -> bool:
    """True where what stands between two rules reads as running text, not as a table.

    ``closed`` tells that the rules above are enough for a whole table: then spaced out lines are text too.
    """
    inside = [f for f in fragments if upper[2] < f.base < lower[2] and upper[0] - 6 < f.x0 < upper[1]]
    lines = rows(inside)
    widest = [max(_cell_widths(line) if closed else [f.x1 - f.x0 for f in line]) for line in lines]
    wide = sum(width > 0.4 * (upper[1] - upper[0]) for width in widest)
    return len(lines) > 8 and wide > (0.45 if closed else 0.6) * len(lines)


def _above(
    caption: Fragment, anchors: Sequence[Fragment], joined: Sequence[Rule]
) -> tuple[float, float, float, float] | None:
    near = [r for r in joined if 0 < caption.top - r[2] < 40 and _stands_at(caption, r)]
    if not near:
        return None
    last = near[-1]
    limit = max((f.base for f in anchors if f.base < last[2] and f.x0 < last[1] and f.x1 > last[0]), default=0.0)
    like = [r for r in joined if limit < r[2] <= last[2] and _alike(r, last)]
    return (last[0], last[1], like[0][2], last[2]) if len(like) > 2 else None


def _overlap(a: Frame, b: Frame) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom


def _framed(
    box: tuple[float, float, float, float],
    caption: Fragment,
    fragments: Sequence[Fragment],
    rules: tuple[Drawings, list[Rule]],
) -> Frame | None:
    x0, x1, top, bottom = box
    drawings, joined = rules
    inside = [
        f
        for f in fragments
        if f is not caption
        and x0 - 8 < f.x0
        and f.x1 < x1 + 8
        and top - 1 < f.base - 0.2 * f.size
        and f.base < bottom + 2
    ]
    lines = rows(inside)
    if len(lines) < 2 or sum(len(line) > 1 for line in lines) < max(1, len(lines) // 4):
        return None
    return Frame(
        x0, x1, top, bottom, inside,
        level=[r for r in joined if top - 1 <= r[2] <= bottom + 1 and r[0] > x0 - 9 and r[1] < x1 + 9],
        segments=[r for r in drawings.level if top - 1 <= r[2] <= bottom + 1 and r[0] > x0 - 9 and r[1] < x1 + 9],
        upright=[r for r in drawings.upright if x0 < r[0] < x1 and r[1] < bottom and r[2] > top],
        label=_label(_opening(caption)),
    )  # fmt: skip


def stand_in(frame: Frame) -> Fragment:
    """One fragment that takes a table's place while the columns of the page are found."""
    sides, base, face = (frame.x0, frame.x1), frame.top + 1, frame.fragments[0].face
    sheet = Sheet([""], [sides[0]], [sides[1]], [base], [1.0], [face], [False])
    return Fragment(*sides, base, 1.0, sheet, 0, 1, face=face, table=frame)
