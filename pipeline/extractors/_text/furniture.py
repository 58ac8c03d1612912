"""Running heads, feet and page numbers of a text with form feeds: lines at a page's edge that come again."""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.datamodel.document import SetAsideReason
from pipeline.extractors._text.lines import Line

_EDGE = 3
_LEAST_PAGES = 3
_LEAST_SHARE = 0.4
_NUMBERS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–(]?\s?\d{1,5}\s?[-–)]?(?:\s*(?:of|/)\s*\d{1,4})?\Z", re.IGNORECASE)


def without_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[tuple[SetAsideReason, str]]]:
    """The lines of the article, and what was put aside; a text of fewer than three pages stays whole."""
    edges = _edges(lines)
    pages = len({line.page for line in lines})
    if pages < _LEAST_PAGES:
        return list(lines), []
    on_pages = {(lines[index].page, _key(lines[index].text)) for edge in edges for index in edge}
    seen = Counter(key for _, key in on_pages)
    reasons: dict[int, SetAsideReason] = {}
    for edge in edges:
        for index in edge:
            text = lines[index].text
            if _PAGE_NUMBER.match(text):
                reasons[index] = "page_number"
            elif seen[_key(text)] >= max(_LEAST_PAGES, _LEAST_SHARE * pages):
                reasons[index] = "running_head"
            else:
                break
    kept = [line for index, line in enumerate(lines) if index not in reasons]
    return kept, [(reasons[index], lines[index].text) for index in sorted(reasons)]


def _key(text: str) -> str:
    return _NUMBERS.sub("#", text).casefold()


def _edges(lines: Sequence[Line]) -> list[list[int]]:
    """Indices of the first lines of each page, and of the last, from the edge inwards."""
    of_page: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        of_page.setdefault(line.page, []).append(index)
    return [edge for indices in of_page.values() for edge in (indices[:_EDGE], indices[: -_EDGE - 1 : -1])]
