"""The left side of the desk: a page with its words and marks, or the text around a place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.datamodel import Box, Page
from pipeline.review.asked import whole
from pipeline.review.book import Standing
from pipeline.review.desk import Desk
from pipeline.review.pages import Word
from pipeline.review.rundir import Report

_AROUND = 12_000  # characters of the text that are shown before and after a place
_MOST_WORDS = 6_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """The words that are marked: a row's quote, or a selection; from 0 to 0 where there are none."""

    start: int
    end: int
    key: str = ""
    kind: str = ""

    @classmethod
    def of(cls, standing: Standing) -> "Marked":
        """The quote of a row."""
        cells = standing.cells
        start, end = int(cells.get("start") or 0), int(cells.get("end") or 0)
        return cls(start=start, end=end, key=standing.key, kind=standing.kind)

    @classmethod
    def chosen(cls, asked: Mapping[str, str]) -> "Marked":
        """The words that an address names by ``start`` and ``end``."""
        start, end = whole(asked.get("start", "")), whole(asked.get("end", ""))
        return cls(start=start, end=end) if start < end else cls(start=0, end=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of the text: its offset, and its pieces, each marked or not."""

    start: int
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What the left side shows.

    Attributes:
        view: ``page``, ``text``, or ``later`` where the page is still to be read.
        number: of the page, from 1; 0 for the text.
        size: of the page; None where its words are not known.
        boxes: of the marked words on this page.
        home: the page on which the marked words begin.
        paragraphs: the text around the marked words.
        earlier, later: where the text goes on before and after what is shown; None where it does not.
    """

    view: str
    marked: Marked
    number: int = 0
    size: Page | None = None
    words: tuple[Word, ...] = ()
    boxes: tuple[Box, ...] = ()
    home: int = 0
    paragraphs: tuple[Paragraph, ...] = ()
    earlier: int | None = None
    later: int | None = None


def paper_of(desk: Desk, report: Report, marked: Marked, asked: Mapping[str, str]) -> Paper:
    """The page or the text that an address asks for; by itself, the page with the marked words.

    Args:
        desk: the application's state.
        report: the document.
        marked: the words to mark.
        asked: ``view`` (``page`` or ``text``), ``page``, ``at`` (an offset); ``now`` to wait for a page to be read.
    """
    view = asked.get("view", "")
    if report.is_pdf and view != "text":
        if not asked.get("now") and not desk.pages.is_read(report):
            return Paper(view="later", marked=marked, number=whole(asked.get("page", ""), 1))
        home = (desk.pages.page_at(report, marked.start) or 1) if marked.end else 1
        number = min(whole(asked.get("page", ""), home), report.pages) or 1
        return Paper(
            view="page",
            marked=marked,
            number=number,
            size=desk.pages.size(report, number),
            words=tuple(desk.pages.words(report, number)[:_MOST_WORDS]),
            boxes=tuple(box for box in desk.pages.boxes(report, marked.start, marked.end) if box.page == number),
            home=home,
        )
    text = desk.run.text(report)
    middle = min(whole(asked.get("at", ""), marked.start), len(text))
    begin = _line_start(text, max(middle - _AROUND, 0))
    end = min(middle + _AROUND, len(text))
    return Paper(
        view="text",
        marked=marked,
        paragraphs=tuple(_paragraphs(text, (begin, end), marked)),
        earlier=max(begin - _AROUND, 0) if begin > 0 else None,
        later=end + _AROUND if end < len(text) else None,
    )


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1 if offset else 0


def _paragraphs(text: str, window: tuple[int, int], marked: Marked) -> Iterator[Paragraph]:
    start, stop = window
    while start < stop:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        end = min(end, stop + _AROUND)
        if end > start:
            yield Paragraph(start=start, pieces=tuple(_pieces(text, start, end, marked)))
        start = end + 1 if end < len(text) and text[end] == "\n" else max(end, start + 1)


def _pieces(text: str, start: int, end: int, marked: Marked) -> Iterator[tuple[str, bool]]:
    first, last = max(marked.start, start), min(marked.end, end)
    if first >= last:
        yield text[start:end], False
        return
    for piece, is_marked in ((text[start:first], False), (text[first:last], True), (text[last:end], False)):
        if piece:
            yield piece, is_marked
