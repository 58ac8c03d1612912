"""The pages of an open PDF as columns of lines."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.extractors._pdf.drafts import patterns
from pipeline.extractors._pdf.drawings import read_drawings
from pipeline.extractors._pdf.furniture import PageLines
from pipeline.extractors._pdf.glyphs import Fonts, Glyphs, read_glyphs
from pipeline.extractors._pdf.initials import with_initials
from pipeline.extractors._pdf.lines import lines_of
from pipeline.extractors._pdf.markers import with_markers
from pipeline.extractors._pdf.numbering import line_numbers
from pipeline.extractors._pdf.order import regions
from pipeline.extractors._pdf.overprint import without_hidden_copies
from pipeline.extractors._pdf.pieces import Fragment, fragments
from pipeline.extractors._pdf.scans import Scans
from pipeline.extractors._pdf.tables import stand_in, table_frames
from pipeline.extractors._repair.hyphens import Words

LAYER = 250  # characters from which text that runs another way than the page's is more than a side note


def read_pages(pdf: Any, fonts: Fonts, words: Words, scans: Scans) -> Iterator[PageLines]:
    """Each page with its lines; pages are closed as soon as they are read."""
    for index in range(pdfium.FPDF_GetPageCount(pdf)):
        page = pdfium.FPDF_LoadPage(pdf, index)
        if not page:
            yield PageLines(index + 1, 0.0, 0.0, [])
            continue
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            bounds = _bounds(page)
            layers = read_glyphs(text_page, bounds, fonts) if text_page else []
            layers = scans.layers(page, index + 1, layers)
            width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            columns = _columns((page, bounds), PageLines(index + 1, width, height, []), layers, (fonts, words))
        finally:
            pdfium.FPDFText_ClosePage(text_page)
            pdfium.FPDF_ClosePage(page)
        columns.n_chars = sum(len(layer.codes) for layer in layers)
        yield columns


def _bounds(page: Any) -> tuple[float, float, float, float, int]:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    return box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page)


def _columns(paper: tuple[Any, Any], page: PageLines, layers: list[Glyphs], known: tuple[Fonts, Words]) -> PageLines:
    fonts, words = known
    layers.sort(key=lambda layer: -len(layer.codes))
    for index, layer in enumerate(layers):
        drawn = fragments(layer)
        shown = without_hidden_copies(drawn)
        page.n_hidden += _letters(drawn) - _letters(shown) if len(shown) < len(drawn) else 0
        standing = with_initials(shown, words)
        numbers = {id(f) for f in line_numbers(standing)}
        if numbers:
            counting = [f for f in standing if id(f) in numbers]
            page.aside.extend(("side_note", line) for line in lines_of(counting, fonts.faces, page.number, layer.turn))
            standing = [f for f in standing if id(f) not in numbers]
        standing = with_markers(_with_tables(standing, paper, layer.turn))
        columns = [lines_of(column, fonts.faces, page.number, layer.turn) for column in regions(standing)]
        if index and len(layer.codes) < LAYER:
            page.aside.extend(("side_note", line) for column in columns for line in column)
        else:
            page.columns.extend(columns)
    return page


def _letters(standing: list[Fragment]) -> int:
    return sum(len(text) for fragment in standing for text in fragment.words())


def _with_tables(standing: list[Fragment], paper: tuple[Any, Any], turn: int) -> list[Fragment]:
    """The fragments with each table in the place of what it holds."""
    word = patterns()["table_word"]
    if not any(word.match(" ".join(f.words(3))) for f in standing if f.opening in "TtASOs"):
        return standing
    frames = table_frames(standing, read_drawings(*paper, turn))
    inside = {id(f) for frame in frames for f in frame.fragments}
    return [f for f in standing if id(f) not in inside] + [stand_in(frame) for frame in frames]
