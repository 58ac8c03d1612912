"""Levels of headings, cover sheets and the labels of grouped rows (invented reports)."""

from reportlab.pdfgen.canvas import Canvas

from pipeline.datamodel import Document, Source
from pipeline.extractors import pdf as reader
from pipeline.extractors._manuscript import Passage
from pipeline.extractors._pdf.grid import Slot
from pipeline.extractors._pdf.writing import _labels
from pipeline.settings import ReadingSettings
from tests.extractors.pdf.pages import Draw, column, pdf

PROSE = [
    "The patient was a baker who came in with a fever that had lasted for nine",
    "days, and he was given oral tablets which were stopped when a rash was seen",
    "on both of his arms. It was gone within a week and has not come back since.",
]


def read(*pages: Draw) -> Document:
    return reader.extract(Source(doc_id="report", path="report.pdf"), pdf(*pages), ReadingSettings())


def article(canvas: Canvas) -> None:
    y = column(canvas, 60, 760, ["Rash in a baker after tablets for fever"], 18, "Times-Bold")
    for heading, size, font in (
        ("INTRODUCTION", 10, "Times-Bold"),
        ("CASE REPORT", 10, "Times-Bold"),
        ("Findings on the skin", 11, "Helvetica"),
        ("DISCUSSION", 10, "Times-Bold"),
    ):
        y = column(canvas, 60, y - 18, [heading], size, font)
        y = column(canvas, 60, y - 8, PROSE)


def cover(canvas: Canvas) -> None:
    notice = [
        "The publisher hereby grants permission to make all of",
        "its work on fever free to read in its resource centre.",
    ]
    column(canvas, 60, 700, notice, 22)


def test_what_is_set_otherwise_than_the_named_parts_is_below_them() -> None:
    document = read(article)
    levels = {document.slice(b): b.level for b in document.blocks if b.kind == "heading"}
    assert levels == {"INTRODUCTION": 1, "CASE REPORT": 1, "Findings on the skin": 2, "DISCUSSION": 1}


def test_a_cover_sheet_is_not_the_title() -> None:
    document = read(cover, article)
    assert document.metadata.title == "Rash in a baker after tablets for fever"
    assert "resource centre" not in document.text
    assert any("resource centre" in aside.text for aside in document.set_aside)


def test_rows_of_a_group_have_its_label_and_their_own() -> None:
    texts = [(0, 0, "Skin"), (0, 1, "Rash"), (0, 2, "yes"), (1, 1, "Itch"), (1, 2, "no"), (2, 0, "Fever"), (2, 1, "39")]
    filled = [(Slot(row, place, place), Passage(text=text)) for row, place, text in texts]
    assert _labels(filled) == {0: ("Skin", "Rash", 1), 1: ("Skin", "Itch", 1), 2: ("Fever", "", 0)}
