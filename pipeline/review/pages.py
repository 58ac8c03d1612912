"""Pages of PDFs: their picture, their words with offsets, and where a quote stands on them."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline import extractors
from pipeline.datamodel import Box, Document, Page, Source, Span
from pipeline.errors import DocumentError
from pipeline.review.rundir import Report, RunDirectory
from pipeline.settings import ReadingSettings

_DPI = 120
_PICTURES, _DOCUMENTS = 200, 40  # kept in memory
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word on a page: its offsets in the text and its box, in points from the page's top left."""

    start: int
    end: int
    text: str
    box: Box


class _Latest(Generic[Kept]):
    """The last few things that were made."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[object, Kept] = OrderedDict()

    def has(self, key: object) -> bool:
        return key in self._kept

    def get(self, key: object, make: Callable[[], Kept]) -> Kept:
        if key not in self._kept:
            self._kept[key] = make()
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


class Pages:
    """Draws and reads pages when they are asked for, and keeps the last ones.

    A document is read anew to learn where its words stood. It is used only where the file is the one that the run
    read and its text has come out the same; else a reader is shown the text alone.
    """

    def __init__(self, run: RunDirectory) -> None:
        self._run = run
        self._settings = ReadingSettings()
        self._pdfium = threading.Lock()
        self._pictures: _Latest[bytes] = _Latest(_PICTURES)
        self._documents: _Latest[Document | None] = _Latest(_DOCUMENTS)

    def is_read(self, report: Report) -> bool:
        """Whether the document has been read already, so that its pages cost no time."""
        return self._documents.has(report.key)

    def picture(self, report: Report, number: int) -> bytes:
        """The page as PNG; empty where it cannot be drawn."""
        if not 1 <= number <= report.pages:
            return b""
        with self._pdfium:
            return self._pictures.get((report.key, number), lambda: self._drawn(report, number))

    def size(self, report: Report, number: int) -> Page | None:
        """The page's size."""
        document = self._document(report)
        return next((page for page in document.pages if page.number == number), None) if document else None

    def words(self, report: Report, number: int) -> list[Word]:
        """The page's words in the order of the text."""
        document = self._document(report)
        layout = document.layout if document else None
        if document is None or layout is None:
            return []
        found = []
        for index, page in enumerate(layout.pages):
            if page == number:
                start, end = layout.starts[index], layout.ends[index]
                x0, y0, x1, y1 = layout.boxes[4 * index : 4 * index + 4]
                box = Box(page=number, x0=x0, y0=y0, x1=x1, y1=y1)
                found.append(Word(start=start, end=end, text=document.text[start:end], box=box))
        return found

    def boxes(self, report: Report, start: int, end: int) -> tuple[Box, ...]:
        """Where the words from ``start`` to ``end`` stand, a box a line."""
        document = self._document(report)
        if document is None or document.layout is None or not 0 <= start < end:
            return ()
        return document.layout.boxes_of(Span(start=start, end=end))

    def page_at(self, report: Report, offset: int) -> int | None:
        """1-based page on which a character of the text stands; None where there are no pages."""
        document = self._document(report)
        return document.layout.page_at(offset) if document and document.layout else None

    def _document(self, report: Report) -> Document | None:
        if not report.is_pdf:
            return None
        with self._pdfium:
            return self._documents.get(report.key, lambda: self._read(report))

    def _read(self, report: Report) -> Document | None:
        if not self._run.content(report):
            return None
        source = Source(doc_id=report.doc_id, path=report.row["path"])
        try:
            document = extractors.extract(source, self._settings)
        except DocumentError:
            return None
        same = document.source.sha256 == report.row["sha256"] and document.text == self._run.text(report)
        return document if same else None

    def _drawn(self, report: Report, number: int) -> bytes:
        content = self._run.content(report)
        try:
            return extractors.page_picture(content, number, _DPI, self._settings) if content else b""
        except DocumentError:
            return b""
