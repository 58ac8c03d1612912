"""Scans: pages that are pictures of print, rendered here, read by tesseract where it is installed."""

import io

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.datamodel import Document, Source
from pipeline.errors import DocumentError
from pipeline.extractors import pdf as extractor
from pipeline.extractors._pdf import scans
from pipeline.fingerprint import tesseract
from pipeline.settings import ReadingSettings
from tests.extractors.pdf.pages import HEIGHT, WIDTH, column, pdf, picture

needs_tesseract = pytest.mark.skipif(not tesseract(), reason="tesseract is not installed")
LEFT = [
    "A 61-year-old woman was seen with a rash that",
    "had spread over four months. Sezary cells made",
    "up 41% of her lymphocytes, and a biopsy of the",
    "skin was read as mycosis fungoides. She was",
    "given alemtuzumab 10 mg subcutaneously three",
    "times a week for twelve weeks, and the rash",
    "faded within the first month of the treat-",
    "ment. Platelets fell to 62 and then recovered.",
]
RIGHT = [
    "At the last visit, two years later, she was in",
    "complete remission and took no drugs at all.",
    "Her brother had had an allergy to penicillin.",
    "No infection was seen, and the blood counts",
    "were normal. The family agreed that this case",
    "should be told, since little is known of such",
    "long remissions after so short a course, and",
    "others may wish to try the same low dose.",
]


def columns(canvas: Canvas) -> None:
    column(canvas, 50, 700, LEFT, size=11)
    column(canvas, 320, 700, RIGHT, size=11)


def scanned(content: bytes) -> bytes:
    """The same pages as pictures, a little grey and speckled."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=1)
    chance = np.random.default_rng(7)
    for page in pypdfium2.PdfDocument(content):
        grey = page.render(scale=200 / 72, grayscale=True).to_numpy().astype(np.int16)
        grey = grey.reshape(grey.shape[:2])
        speckled = np.clip(grey - 12 + chance.integers(-10, 10, grey.shape), 0, 255).astype(np.uint8)
        canvas.drawImage(ImageReader(Image.fromarray(speckled)), 0, 0, WIDTH, HEIGHT)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(content: bytes, **bounds: object) -> Document:
    return extractor.extract(Source(doc_id="d", path="d.pdf"), content, ReadingSettings(**bounds))


@pytest.fixture(scope="module")
def scan() -> bytes:
    return scanned(pdf(columns))


@pytest.fixture(scope="module")
def document(scan: bytes) -> Document:
    return read(scan)


@needs_tesseract
def test_columns_are_read_one_after_the_other(document: Document) -> None:
    text = " ".join(document.text.split())
    assert "given alemtuzumab 10 mg subcutaneously three times a week for twelve weeks" in text
    assert "month of the treatment. Platelets fell to 62" in text
    assert "complete remission and took no drugs at all. Her brother" in text
    assert text.index("recovered") < text.index("At the last visit")


@needs_tesseract
def test_all_of_it_is_noisy(document: Document) -> None:
    assert document.noisy
    assert all(any(span.covers(block) for span in document.noisy) for block in document.blocks)


@needs_tesseract
def test_words_stand_where_they_were_printed(document: Document) -> None:
    assert document.layout
    start = document.text.index("alemtuzumab")
    (box,) = document.layout.boxes_of(type(document.blocks[0])(start=start, end=start + 11, kind="paragraph"))
    assert box.page == 1
    baseline = HEIGHT - (700 - 4 * 1.2 * 11)
    assert box.y0 < baseline < box.y1 + 2
    assert 65 < box.x0 < 90
    assert box.x1 < 160


@needs_tesseract
def test_reading_a_scan_twice_gives_the_same(scan: bytes, document: Document) -> None:
    again = read(scan)
    assert (again.text, again.blocks, again.noisy) == (document.text, document.blocks, document.noisy)


@needs_tesseract
def test_only_the_pages_that_need_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = scans.read_picture
    monkeypatch.setattr(scans, "read_picture", lambda *given: asked.append(1) or real(*given))
    mixed = pypdfium2.PdfDocument.new()
    for content in (pdf(columns), scanned(pdf(columns))):
        mixed.import_pages(pypdfium2.PdfDocument(content))
    buffer = io.BytesIO()
    mixed.save(buffer)
    document = read(buffer.getvalue())
    assert len(asked) == 1
    assert document.text.count("alemtuzumab") == 2
    assert not any(span.start < document.text.index("alemtuzumab") < span.end for span in document.noisy)
    assert any(span.start < document.text.rindex("alemtuzumab") < span.end for span in document.noisy)


@needs_tesseract
def test_a_picture_without_words() -> None:
    with pytest.raises(DocumentError) as caught:
        read(pdf(picture))
    assert caught.value.code == "illegible_scan"


@needs_tesseract
def test_time_is_bounded(scan: bytes) -> None:
    with pytest.raises(DocumentError, match="max_seconds_ocr") as caught:
        read(scan, max_seconds_ocr=0.05)
    assert caught.value.code == "too_slow"


def test_without_tesseract_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "tesseract", lambda: "")
    with pytest.raises(DocumentError, match=r"is scanned .* install tesseract-ocr") as caught:
        read(pdf(picture))
    assert caught.value.code == "no_text_layer"
    assert "\n" not in caught.value.message


def test_a_page_that_was_not_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "tesseract", lambda: "")
    document = read(pdf(columns, picture))
    assert [page.unread for page in document.pages] == [False, True]


def test_ocr_can_be_off() -> None:
    with pytest.raises(DocumentError, match=r"reading\.ocr"):
        read(pdf(picture), ocr="off")


def test_a_blank_page_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "read_picture", lambda *given: pytest.fail("asked"))
    document = read(pdf(columns, lambda canvas: None))
    assert [page.unread for page in document.pages] == [False, False]


def test_every_character_has_its_place() -> None:
    (page,) = read(pdf(columns)).pages
    assert page.n_chars == sum(len("".join(line.split())) for line in (*LEFT, *RIGHT))
    assert page.n_lost == 0
