"""Levels of headings, cover sheets and the labels of grouped rows (invented reports)."""

from reportlab.pdfgen.canvas import Canvas

from pipeline.datamodel import Document, Source
from pipeline.extractors import pdf as reader
from pipeline.extractors._labels import RowLabel, row_labels
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
    rows: dict[int, dict[int, str]] = {}
    for row, place, text in texts:
        rows.setdefault(row, {})[place] = text
    assert row_labels(rows) == {0: RowLabel("Skin", "Rash", 1), 1: RowLabel("Skin", "Itch", 1), 2: RowLabel("Fever")}


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.slice(block)) for block in document.blocks]


def figure_beside_headings(canvas: Canvas) -> None:
    y = column(canvas, 60, 780, ["Rash in a baker after tablets for fever"], 18, "Times-Bold")
    for step, text in ((40, "Dose"), (52, "Days on tablets"), (70, "Arm")):
        column(canvas, 220, y - step, [text], 7, "Helvetica-Bold")
    y = column(canvas, 60, y - 120, ["Figure 1: The rash on both arms."], 8)
    y = column(canvas, 60, y - 20, ["Flour and dust"], 12, "Times-Bold")
    y = column(canvas, 60, y - 6, PROSE)


def test_a_heading_on_a_page_with_a_figure_stays() -> None:
    document = read(article, figure_beside_headings)
    told = kinds(document)
    assert ("heading", "Flour and dust") in told
    assert not any("Days on tablets" in text for _, text in told)
    assert any(aside.reason == "figure_text" and "Days on tablets" in aside.text for aside in document.set_aside)


def masthead(canvas: Canvas) -> None:
    column(canvas, 40, 800, ["Volume 9, 2001, pages 1 to 9", "Published 9 May 2001"], 9)
    authors = ["Anna Baker, Bert Potter, Carl Miller, Dora Weaver, Emil Tanner and Frida Cooper"] * 5
    column(canvas, 220, 800, [*authors, "Institute of Flour, Town"], 9, "Times-Bold")
    column(canvas, 220, 715, ["Rash in a young baker", "after tablets against", "an old fever"], 24, "Times-Bold")


def three_columns(canvas: Canvas) -> None:
    masthead(canvas)
    words = " ".join(PROSE).split()
    for place, x in enumerate((40, 220, 400)):
        lines = [" ".join(words[at : at + 6]) for at in range(0, len(words) - 6, 6)]
        column(canvas, x, 600, [f"Part {place} begins in this very line,", *lines], 9)


def test_a_title_over_some_of_the_columns_stands_before_all() -> None:
    document = read(three_columns)
    assert document.metadata.title == "Rash in a young baker after tablets against an old fever"
    places = [
        document.text.find(text) for text in ("Rash in a young", "Part 0 begins", "Part 1 begins", "Part 2 begins")
    ]
    assert places == sorted(places)
    assert -1 not in places


def logo(canvas: Canvas) -> None:
    column(canvas, 60, 800, ["A protocol of baking and"], 10, "Helvetica-Bold")
    column(canvas, 180, 800, ["Baking"], 60, "Helvetica")
    y = column(canvas, 60, 760, ["Rash in a baker after a year of tablets"], 18, "Times-Bold")
    column(canvas, 60, y - 30, [*PROSE, *PROSE, *PROSE])


def test_a_logo_beside_words_is_not_the_title() -> None:
    assert read(logo).metadata.title == "Rash in a baker after a year of tablets"
