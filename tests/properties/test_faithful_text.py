"""The text is the page's: each character stands where its run says, and undoing the repairs gives what was drawn."""

import ctypes
from collections import Counter
from collections.abc import Iterator

import pypdfium2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from pipeline.datamodel import Document, Source
from pipeline.errors import DocumentError
from pipeline.extractors import pdf as pdf_reader
from pipeline.settings import ReadingSettings
from tests.extractors.pdf.pages import pdf

bounded = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
SOURCE = Source(doc_id="report", path="report.pdf")
SIZE = 10.0
LEADING = 12.0
FINE = 1000  # steps a point

Part = tuple[str, int]
"""What is drawn in one go, and whether it is raised (1), lowered (-1) or plain (0)."""

letters = st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=11)
plain_words = st.one_of(
    st.sampled_from(
        [
            "the",
            "patient",
            "was",
            "given",
            "tablets",
            "and",
            "her",
            "platelet",
            "count",
            "rose",
            "within",
            "days",
            "of",
            "it",
            ".",
        ]
    ),
    letters,
    st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,2})?%?", fullmatch=True),
    st.sampled_from(["(n = 9),", "CD4-positive", "8–12", "±", "°C", "µg/mL", "and/or", "“so”"]),
)
styled_words: st.SearchStrategy[list[Part]] = st.one_of(
    plain_words.map(lambda word: [(word, 0)]),
    st.sampled_from("0123456789").map(lambda digit: [("×10", 0), (digit, 1), ("/L", 0)]),
    st.sampled_from(
        [[("mg/m", 0), ("2", 1)], [("PaCO", 0), ("2", -1)], [("CD4", 0), ("+", 1)], [("cells.", 0), ("3,4", 1)]]
    ),
)
lines = st.lists(styled_words, min_size=1, max_size=5)
ends = st.sampled_from(["", "", "plate-", "immuno-", "follow-", "CD4-"])
columns = st.lists(st.tuples(lines, ends), min_size=1, max_size=14)


def draw(canvas: Canvas, column: list[tuple[list[list[Part]], str]], x0: float) -> Iterator[str]:
    """Draw a column; yields what was drawn."""
    y = 760.0
    for words, end in column:
        x = x0
        for parts in [*words, *([[(end, 0)]] if end else [])]:
            for text, shift in parts:
                size = 0.65 * SIZE if shift else SIZE
                canvas.setFont("Times-Roman", size)
                canvas.drawString(x, y + 0.33 * SIZE * shift, text)
                x += canvas.stringWidth(text, "Times-Roman", size)
                yield text
            x += 0.28 * SIZE
        y -= LEADING


def drawn(sides: list[list[tuple[list[list[Part]], str]]], rotation: int) -> tuple[bytes, str]:
    """A PDF of one page, and all that is drawn on it, without spaces."""
    texts: list[str] = []

    def page(canvas: Canvas) -> None:
        for number, side in enumerate(sides):
            texts.extend(draw(canvas, side, 50 + 260 * number))

    content = pdf(page, rotate=rotation)
    return content, "".join("".join(texts).split())


def read(content: bytes) -> Document | None:
    try:
        return pdf_reader.extract(SOURCE, content, ReadingSettings(ocr="off"))
    except DocumentError:
        return None


def undone(document: Document) -> str:
    """The text with its repairs undone and the reference marks that were left out put back, without spaces."""
    text = document.text
    changes = [(repair.start, repair.end, repair.original) for repair in document.repairs]
    changes += [(mark.offset, mark.offset, mark.text) for mark in document.citations if mark.offset == mark.end]
    for start, end, original in sorted(changes, reverse=True):
        text = text[:start] + original + text[end:]
    return "".join(text.split())


def on_page(content: bytes) -> list[tuple[str, float, float]]:
    """The characters of the first page as pdfium tells them, each with its middle from the top left as it is shown."""
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        character = chr(pypdfium2.raw.FPDFText_GetUnicode(text, index))
        left, bottom, right, top = text.get_charbox(index)
        if not character.isspace() and character != "\x00":
            found.append(("-" if character in "\x02\ufffe" else character, (left + right) / 2, (bottom + top) / 2))
    width, height = page.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()
    for index, (character, left, bottom) in enumerate(found):
        frame = (0, 0, int(width * FINE), int(height * FINE), 0, left, bottom)
        pypdfium2.raw.FPDF_PageToDevice(page, *frame, ctypes.byref(x), ctypes.byref(y))
        found[index] = (character, x.value / FINE, y.value / FINE)
    return found


@bounded
@given(sides=st.lists(columns, min_size=1, max_size=2), rotation=st.sampled_from([0, 0, 90, 180, 270]))
def test_every_offset_maps_back_to_the_characters_of_its_page(sides, rotation) -> None:
    content, _ = drawn(sides, rotation)
    document = read(content)
    if document is None:
        return
    assert document.layout is not None
    characters = on_page(content)
    boxes = list(zip(*[iter(document.layout.boxes)] * 4, strict=True))
    original = {
        offset: r.original for r in document.repairs if r.kind == "exponent" for offset in range(r.start, r.end)
    }
    covered = set()
    for start, end, (x0, y0, x1, y1) in zip(document.layout.starts, document.layout.ends, boxes, strict=True):
        within = "".join(c for c, x, y in characters if x0 - 0.1 <= x <= x1 + 0.1 and y0 - 0.1 <= y <= y1 + 0.1)
        word = original.get(start, document.text[start:end])
        assert within.removesuffix("-") == word.removesuffix("-")
        covered.update(range(start, end))
    assert all(at in covered or character.isspace() for at, character in enumerate(document.text))


@bounded
@given(sides=st.lists(columns, min_size=1, max_size=2), rotation=st.sampled_from([0, 90, 180, 270]))
def test_repairs_undone_give_what_was_drawn(sides, rotation) -> None:
    content, written = drawn(sides, rotation)
    document = read(content)
    if document is None:
        return
    aside = "".join(piece.text for piece in document.set_aside)
    assert Counter(undone(document) + "".join(aside.split())) == Counter(written)
    assert document.n_lost == 0
    if not aside and len(sides) == 1:  # two columns of a few short lines are no columns to anybody
        assert undone(document) == written
