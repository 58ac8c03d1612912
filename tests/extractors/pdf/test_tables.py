"""Tables: where they stand, what their narrow columns and spanning headers are (invented reports)."""

import io

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.datamodel import Document, Source, Table
from pipeline.extractors import pdf as reader
from pipeline.settings import ReadingSettings
from tests.extractors.pdf.pages import Draw, column, pdf

PROSE = ["The potter was seen on the ninth day of the tablets, and no sign of the rash could be found on her arms."]
ANALYTES = ("Sodium", "Calcium", "Albumin", "Ferritin", "Urea", "Glucose")


def read(*pages: Draw) -> Document:
    return reader.extract(Source(doc_id="report", path="report.pdf"), pdf(*pages), ReadingSettings(ocr="off"))


def told(document: Document, table: Table) -> dict[str, tuple[tuple[str, ...], str]]:
    """Text of each cell below the header -> its header and label."""
    return {document.slice(cell): (cell.header, cell.label) for cell in table.cells if not cell.is_header}


def line(canvas: Canvas, y: float, *texts: tuple[float, str]) -> None:
    canvas.setFont("Times-Roman", 9)
    for x, text in texts:
        canvas.drawString(x, y, text)


def values(canvas: Canvas, y: float, places: tuple[float, ...]) -> float:
    """Rows of an analyte with a value at each place."""
    for number, name in enumerate(ANALYTES):
        texts = [(x, f"{number + 1}{index}.{index}") for index, x in enumerate(places)]
        line(canvas, y, (60, name), *texts)
        y -= 12
    return y


def narrow(canvas: Canvas) -> None:
    column(canvas, 60, 700, ["Table 1. Values by week"], 9, "Times-Bold")
    canvas.line(60, 690, 400, 690)
    line(canvas, 680, (60, "Analyte"), (200, "First"), (221, "Next"), (242, "Last"))
    canvas.line(60, 676, 400, 676)
    y = values(canvas, 664, (200, 221, 242))  # less than an em of white between them
    canvas.line(60, y + 6, 400, y + 6)


def test_narrow_columns_of_numbers_are_columns() -> None:
    document = read(narrow)
    cells = told(document, document.tables[0])
    assert cells["10.0"] == (("First",), "Sodium")
    assert cells["11.1"] == (("Next",), "Sodium")
    assert cells["62.2"] == (("Last",), "Glucose")


def spanning(canvas: Canvas) -> None:
    column(canvas, 60, 700, ["Table 2. Values by arm and week"], 9, "Times-Bold")
    canvas.line(60, 690, 500, 690)
    line(canvas, 680, (60, "Analyte"), (235, "Tablets"), (435, "Syrup"))
    canvas.line(200, 676, 320, 676)
    canvas.line(400, 676, 500, 676)
    line(canvas, 666, (200, "Week 1"), (290, "Week 2"), (400, "Week 1"), (470, "Week 2"))
    canvas.line(60, 662, 500, 662)
    y = values(canvas, 650, (200, 290, 400, 470))
    canvas.line(60, y + 6, 500, y + 6)


def test_a_header_over_a_rule_is_that_of_all_columns_under_it() -> None:
    document = read(spanning)
    cells = told(document, document.tables[0])
    assert cells["10.0"] == (("Tablets", "Week 1"), "Sodium")
    assert cells["11.1"] == (("Tablets", "Week 2"), "Sodium")
    assert cells["63.3"] == (("Syrup", "Week 2"), "Glucose")
    assert {cell.column for cell in document.tables[0].cells} == {0, 1, 2, 3, 4}


def rule_as_picture(canvas: Canvas, y: float) -> None:
    black = io.BytesIO()
    Image.new("L", (8, 8), 0).save(black, "PNG")
    canvas.drawImage(ImageReader(black), 60, y, 340, 0.7)


def pictured(canvas: Canvas) -> None:
    column(canvas, 60, 700, ["Table 3. Values on two days"], 9, "Times-Bold")
    rule_as_picture(canvas, 690)
    line(canvas, 680, (60, "Analyte"), (200, "Day 1"), (300, "Day 2"))
    rule_as_picture(canvas, 676)
    rule_as_picture(canvas, values(canvas, 664, (200, 300)) + 6)


def test_rules_that_are_drawn_as_pictures_make_a_table() -> None:
    document = read(pictured)
    assert told(document, document.tables[0])["11.1"] == (("Day 2",), "Sodium")


def boxed(canvas: Canvas) -> None:
    column(canvas, 60, 700, ["Table 4. Values in a box"], 9, "Times-Bold")
    canvas.line(50, 694, 450, 694)
    line(canvas, 680, (60, "Analyte"), (200, "Day 1"), (300, "Day 2"))
    for y in (690, 676):
        canvas.line(66, y, 420, y)
    y = values(canvas, 664, (200, 300)) + 6
    canvas.line(66, y, 420, y)
    column(canvas, 60, y - 30, ["It was in the town where he baked and where he was seen by all of us once"] * 20)
    canvas.line(50, y - 290, 450, y - 290)


def test_the_rules_of_a_table_are_not_those_of_the_box_around_it() -> None:
    document = read(boxed)
    assert told(document, document.tables[0])["11.1"] == (("Day 2",), "Sodium")
    assert "where he was seen by all of us" in document.text


def level_with_text(canvas: Canvas) -> None:
    narrow(canvas)
    line(canvas, 689.5, (60, "A note that stands on the rule"))


def test_a_table_that_is_level_with_a_line_is_not_lost() -> None:
    document = read(level_with_text)
    assert len(document.tables) == 1
    assert "A note that stands on the rule" in document.text
    assert document.n_lost == 0


def beside(canvas: Canvas) -> None:
    column(canvas, 60, 700, ["Table 5. Values that", "stand beside what", "they are called"], 9, "Times-Bold")
    canvas.line(200, 706, 500, 706)
    line(canvas, 696, (210, "Analyte"), (300, "Day 1"), (400, "Day 2"))
    canvas.line(200, 692, 500, 692)
    for number, name in enumerate(ANALYTES):
        line(canvas, 680 - 12 * number, (210, name), (300, f"{number}.1"), (400, f"{number}.2"))
    canvas.line(200, 612, 500, 612)
    column(canvas, 60, 580, ["It was in the town where he baked and where he was seen by all of us once"] * 9)


def test_a_caption_may_stand_beside_its_table() -> None:
    document = read(beside)
    (table,) = document.tables
    assert told(document, table)["3.2"] == (("Day 2",), "Ferritin")
    assert table.caption.startswith("Table 5. Values that")
    assert "It was in the town" not in document.slice(table)


def ruled(canvas: Canvas) -> None:
    column(canvas, 60, 700, ["Table 6. Values in two lines"], 9, "Times-Bold")
    canvas.line(60, 690, 400, 690)
    line(canvas, 680, (60, "Analyte"), (200, "Day 1"), (300, "Day 2"))
    canvas.line(60, 676, 400, 676)
    y = 664.0
    for number, name in enumerate(ANALYTES):
        line(canvas, y, (60, name), (200, f"{number}1"), (300, f"{number}2"))
        line(canvas, y - 13, (60, "rate"), (200, f"+{number}.1"), (300, f"+{number}.2"))
        canvas.line(60, y - 16.5, 400, y - 16.5)
        y -= 26
    line(canvas, y, (60, "n, none of these was asked for."))
    line(canvas, y - 11, (60, "Another note."), (300, "Third note."))
    canvas.line(60, y - 20, 400, y - 20)


def test_rules_between_rows_part_them_also_where_notes_follow() -> None:
    document = read(ruled)
    assert told(document, document.tables[0])["32 +3.2"] == (("Day 2",), "Ferritin rate")


def unruled(canvas: Canvas) -> None:
    y = column(canvas, 60, 780, PROSE * 3)
    column(canvas, 60, y - 20, ["Table 7. Values without a rule"], 9, "Times-Bold")
    y -= 36
    line(canvas, y, (60, "Analyte"), (200, "Day 1"), (300, "Day 2"))
    y = values(canvas, y - 12, (200, 300))
    column(canvas, 60, y - 20, PROSE * 3)


def test_aligned_rows_below_a_caption_are_a_table() -> None:
    document = read(unruled)
    (table,) = document.tables
    assert told(document, table)["61.1"] == (("Day 2",), "Glucose")
    assert table.caption == "Table 7. Values without a rule"
    assert document.text.count(PROSE[0]) == 6
    assert document.n_lost == 0


def columns_of_prose(canvas: Canvas) -> None:
    column(canvas, 60, 790, ["Table 8 tells what was seen."], 10)
    for x in (60, 230, 400):
        column(
            canvas,
            x,
            770,
            ["It was in 2001 that", "39 of them were seen", "on 12 days in a row,", "and 9 came again at"] * 9,
            9,
        )


def test_three_columns_of_prose_are_none() -> None:
    assert read(columns_of_prose).tables == ()
