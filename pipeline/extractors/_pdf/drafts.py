"""Lines -> drafts of blocks: paragraphs, headings, captions … as they stand on the page."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.datamodel.document import BlockKind
from pipeline.extractors._pdf.furniture import PageLines
from pipeline.extractors._pdf.lines import Line
from pipeline.toml import read_toml


@dataclass(slots=True)
class Draft:
    """A block before it is written; ``column`` numbers the columns of the document in reading order."""

    lines: list[Line]
    column: int
    kind: BlockKind = "paragraph"
    level: int = 0
    indented: bool = False
    right: float = 0.0
    size: float = 0.0
    text: str = ""

    def retell(self) -> "Draft":
        """Set ``size`` (of most of the text) and ``text`` (as it stands, to look at) from the lines."""
        weights: dict[float, int] = {}
        for line in self.lines:
            weights[line.size] = weights.get(line.size, 0) + len(line.text)
        self.size = max(weights, key=lambda size: weights[size])
        self.text = " ".join([line.text for line in self.lines])
        return self


@lru_cache(maxsize=1)
def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns of ``drafts.toml``, compiled, in any case of letters."""
    return {name: re.compile(text, re.I) for name, text in _sources().items()}


@lru_cache(maxsize=1)
def patterns_exact() -> dict[str, re.Pattern[str]]:
    """The same, with capitals as they are written."""
    return {name: re.compile(text) for name, text in _sources().items()}


def _sources() -> dict[str, str]:
    return read_toml(Path(__file__).with_suffix(".toml"))


def body_face(pages: Sequence[PageLines], size: float) -> int:
    """The face in which most of the text of one size is set."""
    faces: Counter[int] = Counter()
    for page in pages:
        for column in page.columns:
            for line in column:
                if abs(line.size - size) < 0.06 * size:
                    faces[line.face] += line.count
    return faces.most_common(1)[0][0] if faces else -1


def body_size(pages: Sequence[PageLines]) -> float:
    """The size in which most of the document is set, in points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for column in page.columns:
            for line in column:
                sizes[round(line.size * 4) / 4] += line.count
    return sizes.most_common(1)[0][0] if sizes else 10.0


def drafts_of(pages: Sequence[PageLines]) -> list[Draft]:
    """All blocks of the document in the order of the columns."""
    found: list[Draft] = []
    number = 0
    for page in pages:
        for column in page.columns:
            found.extend(_split(column, number))
            number += 1
    return found


def _split(column: list[Line], number: int) -> list[Draft]:
    set_solid = [line for line in column if line.table is None]
    if not set_solid:
        return [Draft([line], number, kind="table").retell() for line in column]
    left, right = _margin(set_solid, "x0"), _margin(set_solid, "x1")
    leading = _leading(set_solid)
    drafts: list[Draft] = []
    for index, line in enumerate(column):
        before = column[index - 1] if index else None
        if line.table is not None:
            drafts.append(Draft([line], number, kind="table"))
            continue
        if before is None or before.table is not None or _starts_block(before, line, (left, right, leading)):
            indented = line.x0 - left > 0.6 * line.size
            drafts.append(Draft([line], number, indented=indented, right=right))
        else:
            drafts[-1].lines.append(line)
    return [draft.retell() for draft in drafts]


def _margin(column: list[Line], side: str) -> float:
    places: Counter[int] = Counter()
    for line in column:
        places[round(getattr(line, side))] += 1
    best, count = places.most_common(1)[0]
    ends = [getattr(line, side) for line in column]
    return float(best) if count > 2 else (min(ends) if side == "x0" else max(ends))


def _leading(column: list[Line]) -> float:
    steps = Counter(
        round(2 * (b.base - a.base)) / 2
        for a, b in itertools.pairwise(column)
        if abs(a.size - b.size) < 0.1 * a.size and 0.8 * a.size < b.base - a.base < 3 * a.size
    )
    return steps.most_common(1)[0][0] if steps else 1.3 * column[0].size


def _starts_block(before: Line, line: Line, frame: tuple[float, float, float]) -> bool:
    left, right, leading = frame
    if line.page != before.page or abs(line.size - before.size) > 0.07 * before.size:
        return True
    if line.bold != before.bold or _is_heading_line(before, None, right) or _is_heading_line(line, before, right):
        return True
    if line.bold and line.text.isupper() != before.text.isupper() and len(line.text) > 5 < len(before.text):
        return True
    if line.face != before.face and line.pure and before.pure and before.x1 < right - 0.3 * (right - left):
        return True
    step = line.base - before.base
    if step > max(1.3 * leading, leading + 0.25 * line.size, 1.25 * line.size) or step < 0:
        return True
    ended = before.text[-1:] in '.:?!)]”"' or before.x1 < right - 0.2 * (right - left)
    indent, indent_before = line.x0 - left, before.x0 - left
    if 0.6 * line.size < indent < 5 * line.size and indent_before < 0.5 * line.size and ended:
        return True
    if patterns()["caption"].match(line.text) and before.x1 < right - 2 * line.size:
        return True
    short = before.x1 < right - 0.12 * (right - left)
    return short and before.text[-1:] in ".?!”" and line.text[:1].isupper() and abs(indent) < 0.5 * line.size


def _is_heading_line(line: Line, before: Line | None, right: float) -> bool:
    """A line that holds the name of a section and nothing else."""
    text = line.text
    if len(text) > 60 or not text[:1].isalnum() or text[:1].islower() or not patterns()["heading"].fullmatch(text):
        return False
    return (
        before is None or before.text[-1:] in ".?!:)]”" or before.x1 < right - 2 * line.size or line.size > before.size
    )
