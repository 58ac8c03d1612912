"""What is printed on every page and belongs to no article text: running heads, feet, page numbers, stamps."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.datamodel.document import SetAsideReason
from pipeline.extractors._pdf.lines import Line

ZONE = 0.14  # share of the page height, at the top and at the bottom, where heads and feet are looked for
ALIKE = 4.0  # points by which the same head may stand higher or lower on another page
_NUMBER = re.compile(
    r"(?:page|p\.?|pg\.?)?\s*[-–—|]*\s*(?:[a-z]{0,2}\d{1,6}|[ivxl]{1,6})(?:\s*(?:of|/)\s*\d{1,5})?\s*[-–—|.]*", re.I
)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(slots=True)
class PageLines:
    """The lines of a page, column by column in reading order.

    ``n_chars`` counts its visible characters, ``n_hidden`` those of them that another copy hides.
    """

    number: int
    width: float
    height: float
    columns: list[list[Line]]
    aside: list[tuple[SetAsideReason, Line]] = field(default_factory=list)
    n_chars: int = 0
    n_hidden: int = 0


def _key(line: Line) -> str:
    return " ".join(_WORD.findall(_DIGITS.sub("#", line.text.lower())))


def set_furniture_aside(pages: Sequence[PageLines]) -> None:
    """Move running heads, feet and page numbers from the columns of each page to ``aside``."""
    candidates = [(page, line, _key(line)) for page in pages for line in _edge_lines(page)]
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for page, line, key in candidates:
        places[key].append((page.number, _height(page, line)))
    found: dict[int, SetAsideReason] = {}
    heads: list[tuple[int, float, float]] = []
    for page, line, key in candidates:
        at = _height(page, line)
        others = {number for number, height in places[key] if number != page.number and abs(height - at) < ALIKE}
        if _NUMBER.fullmatch(line.text.strip()):
            found[id(line)] = "page_number"
        elif others and len(key) > 1:
            found[id(line)] = "running_head"
            heads.append((page.number, at, line.size))
    numbers = [(page.number, line.base) for page, line, _ in candidates if found.get(id(line)) == "page_number"]
    for page, line, _ in candidates:
        beside_number = any(number == page.number and abs(base - line.base) < 1 for number, base in numbers)
        if id(line) not in found and beside_number and len(line.text) < 90 and not _touches_text(page, line):
            found[id(line)] = "running_head"
        if id(line) not in found and _stands_as_head(page, line, heads):
            found[id(line)] = "running_head"
    for page in pages:
        _take_out(page, found)


def _height(page: PageLines, line: Line) -> float:
    return line.base if line.base < page.height / 2 else line.base - page.height


def _edge_lines(page: PageLines) -> list[Line]:
    """Lines near the upper and lower edge, which no more than two lines of text lie outside of."""
    lines = sorted((line for column in page.columns for line in column), key=lambda line: line.base)
    upper = [line for line in lines if line.base < ZONE * page.height]
    lower = [line for line in reversed(lines) if line.base > (1 - ZONE) * page.height]
    return _outermost(upper) + _outermost(lower)


def _outermost(lines: list[Line]) -> list[Line]:
    found: list[Line] = []
    rows = 0
    for line in lines:
        if not found or abs(line.base - found[-1].base) > 0.5 * line.size:
            rows += 1
        if rows > 4:
            break
        found.append(line)
    return found


def _stands_as_head(page: PageLines, line: Line, heads: list[tuple[int, float, float]]) -> bool:
    """A head that differs from page to page stands where the heads of other pages do."""
    at = _height(page, line)
    return any(
        number != page.number and abs(height - at) < 1.5 and abs(size - line.size) < 0.05 * size
        for number, height, size in heads
    ) and not _touches_text(page, line)


def _touches_text(page: PageLines, line: Line) -> bool:
    inward = 1 if line.base < page.height / 2 else -1
    return any(
        0.3 * line.size < inward * (other.base - line.base) < 1.6 * max(line.size, other.size)
        and other.x0 < line.x1
        and line.x0 < other.x1
        for column in page.columns
        for other in column
    )


def _take_out(page: PageLines, found: dict[int, SetAsideReason]) -> None:
    for column in page.columns:
        page.aside.extend((found[id(line)], line) for line in column if id(line) in found)
        column[:] = [line for line in column if id(line) not in found]
    page.columns = [column for column in page.columns if column]
