"""Pages whose text layer is missing or nonsense are read by OCR, and go on as if they had been typeset."""

import ctypes
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from pipeline.datamodel import Block, Document, SetAside, Span
from pipeline.errors import DocumentError
from pipeline.extractors._ocr.hocr import PrintedLine, read_lines
from pipeline.extractors._ocr.tesseract import DPI, read_picture
from pipeline.extractors._pdf.furniture import PageLines
from pipeline.extractors._pdf.glyphs import Array, Fonts, Glyphs
from pipeline.extractors._pdf.legible import is_legible
from pipeline.extractors._repair.hyphens import Words
from pipeline.fingerprint import tesseract
from pipeline.settings import ReadingSettings

FEW = 20  # visible characters up to which a page has no text layer to speak of
_MOST_PIXELS = 36e6
_ROW = 0.92  # height of a row of type from ascender to descender, in ems
_STEP = math.log(1.18)  # sizes nearer to one another than this are one size, measured with an error
_SURE = 50  # mean confidence under which a line is no text but a part of a picture
_PROSE = 30  # words from which a page is more than a picture with labels
_BLANK = ord(" ")
_SPACE = 0.05  # ems between words, at least


@dataclass(slots=True)
class Scans:
    """Reads the pages of one document that need it.

    Attributes:
        read: numbers of the pages that OCR has read.
        unread: numbers of those that it should have read, had it been there.
        labels: what it found in pictures, by page; no running text.
        seconds: time that it took.
    """

    settings: ReadingSettings
    fonts: Fonts
    words: Words
    read: set[int] = field(default_factory=set)
    unread: set[int] = field(default_factory=set)
    labels: dict[int, list[str]] = field(default_factory=dict)
    seconds: float = 0.0
    _size: float = 0.0

    def layers(self, page: Any, number: int, layers: list[Glyphs]) -> list[Glyphs]:
        """The characters of a page: those of its text layer, or where that is no good, what OCR reads.

        Raises:
            DocumentError: ``too_slow``, ``ocr_failed``.
        """
        count = sum(len(layer.codes) for layer in layers)
        if count >= FEW and is_legible(_text(layers), self.words):
            return layers
        if count < FEW and not pdfium.FPDFPage_CountObjects(page):
            return layers
        program = tesseract() if self.settings.ocr == "auto" else ""
        if not program:
            self.unread.add(number)
            return layers
        begun = time.monotonic()
        try:
            return self._read(program, page, number) or layers
        finally:
            self.seconds += time.monotonic() - begun

    def require_text(self, pages: Sequence[PageLines]) -> None:
        """Refuse a document that has next to no characters.

        Raises:
            DocumentError: ``no_text_layer``, or ``illegible_scan`` where OCR found no words.
        """
        characters = sum(page.n_chars for page in pages)
        if characters >= max(FEW * len(pages), 2 * FEW):
            return
        if self.unread and self.settings.ocr == "off":
            remedy = 'set reading.ocr = "auto" to have it read by OCR'
        elif self.labels and not self.unread:
            raise DocumentError("illegible_scan", "the PDF is scanned and OCR finds no words in it; get a better copy")
        else:
            remedy = "install tesseract-ocr (casebook[ocr]) to have it read by OCR"
        raise DocumentError("no_text_layer", f"the PDF is scanned and has no text layer; {remedy}")

    def told(self, document: Document) -> Document:
        """The document with all that OCR read marked as noisy, and the pages told that it should have read."""
        pages = tuple(replace(p, unread=True) if p.number in self.unread else p for p in document.pages)
        if not self.read:
            return replace(document, pages=pages) if self.unread else document
        noisy = {(span.start, span.end) for span in document.noisy}
        noisy |= {(b.start, b.end) for b in document.blocks if self.read & _pages_of(document, b)}
        labels = [SetAside(reason="figure_text", text=text) for texts in self.labels.values() for text in texts]
        return replace(
            document,
            pages=pages,
            noisy=tuple(Span(start=start, end=end) for start, end in sorted(noisy)),
            set_aside=(*document.set_aside, *labels),
        )

    def _read(self, program: str, page: Any, number: int) -> list[Glyphs]:
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        if min(width, height) <= 0:
            return []
        scale = min(DPI / 72, math.sqrt(_MOST_PIXELS / (width * height)))
        wide, grey = _picture(page, max(round(width * scale), 1), max(round(height * scale), 1))
        found = read_lines(read_picture(program, wide, grey, self.settings.max_seconds_ocr - self.seconds))
        lines = [line for line in found if line.sure >= _SURE and not line.turn and _has_letters(line)]
        if sum(len(line.words) for line in lines) < _PROSE:
            lines = []
        kept = set(map(id, lines))
        self.labels[number] = [line.text for line in found if id(line) not in kept]
        if not lines:
            return []
        self.read.add(number)
        sizes = self._sizes(lines, scale)
        return [_glyphs(lines, sizes, (scale, width, height), self.fonts.number(None))]

    def _sizes(self, lines: Sequence[PrintedLine], scale: float) -> list[float]:
        """The size of each line in points; sizes that differ by no more than the measure errs are made the same."""
        measured = [line.size / scale / _ROW for line in lines]
        letters = [len(line.text) for line in lines]
        order = sorted(range(len(lines)), key=lambda index: measured[index])
        half, so_far, usual = sum(letters) / 2, 0, measured[order[-1]]
        for index in order:
            so_far += letters[index]
            if so_far >= half:
                usual = measured[index]
                break
        if self._size and abs(math.log(usual / self._size)) < _STEP:
            usual = self._size
        self._size = usual
        return [usual * math.exp(_STEP * round(math.log(max(size, 1.0) / usual) / _STEP)) for size in measured]


def _pages_of(document: Document, block: Block) -> set[int | None]:
    last = Span(start=block.end - 1, end=block.end)
    return {document.page_of(block), document.page_of(last)}


def _has_letters(line: PrintedLine) -> bool:
    return any(character.isalnum() for character in line.text)


def _text(layers: Sequence[Glyphs]) -> str:
    """The characters of a text layer with its spaces."""
    parts = [np.insert(layer.codes, np.flatnonzero(layer.spaced), _BLANK) for layer in layers]
    return " ".join([part.astype("<u4").tobytes().decode("utf-32-le", "replace") for part in parts])


def _picture(page: Any, width: int, height: int) -> tuple[int, bytes]:
    """The page in grey, a byte a pixel, and how many of them a row has."""
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        raise DocumentError("ocr_failed", "the page is too large to be drawn; get another copy")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    rows = np.frombuffer(buffer, np.uint8).reshape(height, stride)[:, :width]
    return width, rows.tobytes()


def _glyphs(
    lines: Sequence[PrintedLine], sizes: Sequence[float], frame: tuple[float, float, float], face: int
) -> Glyphs:
    """Words as characters: the box of a word is shared out among its letters."""
    scale, width, height = frame
    codes: list[int] = []
    x0: list[float] = []
    x1: list[float] = []
    base: list[float] = []
    size: list[float] = []
    spaced: list[bool] = []
    for line, em in zip(lines, sizes, strict=True):
        for word, after in zip(line.words, [*line.words[1:], None], strict=True):
            left = word.x0 / scale
            farthest = after.x0 / scale - _SPACE * em if after else math.inf
            right = max(min(word.x1 / scale, farthest), left + 0.1)
            step = (right - left) / len(word.text)
            codes.extend(map(ord, word.text))
            x0.extend(left + step * index for index in range(len(word.text)))
            x1.extend(left + step * (index + 1) for index in range(len(word.text)))
            spaced.extend([True, *[False] * (len(word.text) - 1)])
            base.extend([line.base / scale] * len(word.text))
            size.extend([em] * len(word.text))
    bases, sizes_of = _floats(base), _floats(size)
    return Glyphs(
        codes=np.array(codes, np.uint32), x0=_floats(x0), x1=_floats(x1), top=bases - 0.75 * sizes_of,
        bottom=bases + 0.22 * sizes_of, base=bases, size=sizes_of, face=np.full(len(codes), face, np.int32),
        spaced=np.array(spaced, bool), turn=0, width=width, height=height,
    )  # fmt: skip


def _floats(values: Sequence[float]) -> Array:
    return np.array(values, np.float32)
