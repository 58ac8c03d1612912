"""Side columns, boxes, statements, narrow spaces and reference marks, on pages drawn for them."""

from reportlab.pdfgen.canvas import Canvas

from pipeline.extractors._pdf.cuts import mark_style
from pipeline.extractors._repair.hyphens import join_lines
from tests.extractors.pdf.pages import column, pdf, raised
from tests.extractors.pdf.test_pdf import LEFT, RIGHT, kinds, read


def _beside(canvas: Canvas, lines: list[str], top: float, size: float) -> None:
    canvas.setFont("Times-Bold", 18)
    canvas.drawString(50, 790, "An invented woman with an invented disease")
    column(canvas, 50, top, lines, size)
    column(canvas, 260, 720, [*LEFT, *RIGHT])
    column(canvas, 50, 500, [f"{a} {b}" for a, b in zip(LEFT, RIGHT, strict=True)], 8)


def test_a_ragged_column_of_dates_and_keywords_does_not_mix_with_the_abstract() -> None:
    dates = ["Article history:", "Received 6 May 2020", "Received in revised form 2 June 2020", "Accepted 3 June 2020"]
    content = pdf(lambda canvas: _beside(canvas, [*dates, "", "Keywords:", "bruising", "prednisone"], 715, 8.4))
    text = " ".join(read(content).text.split())
    assert "seen in our clinic because of fatigue and bruising that had lasted for a month. She had taken" in text
    assert "second day of her stay" in text


def test_a_quotation_set_beside_the_text_does_not_interrupt_it() -> None:
    quotation = ["An early start was", "the reason of the", "good outcome."]
    text = " ".join(read(pdf(lambda canvas: _beside(canvas, quotation, 690, 13))).text.split())
    assert "An early start was the reason of the good outcome." in text
    assert "and her family history held nothing of note. On examination there were petechiae" in text


def _cited(canvas: Canvas) -> None:
    column(canvas, 50, 760, LEFT)
    column(canvas, 50, 640, ["References"], 12, "Times-Bold")
    column(
        canvas, 50, 620, ["1. Nobody N. A paper that was never written. J Nothing 2001.", "2. Someone S. Another."], 8
    )
    column(canvas, 50, 590, ["Conflict of Interest: The author declares that there is none to tell of here."], 8)


def test_a_statement_after_the_references_is_no_reference() -> None:
    document = read(pdf(_cited))
    assert "The author declares that there is none" in document.text
    assert "never written" not in document.text


def test_a_space_behind_a_power_is_kept_where_it_is_narrow() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 50, 760, LEFT)
        raised(canvas, 50, 640, [("The count fell from 7 × 10", 0), ("9", 1), ("to less than 2 × 10", 0), ("6", 1)])

    assert "7 × 10⁹ to less than 2 × 10⁶" in read(pdf(draw)).text


def test_words_of_a_line_set_tight_stay_apart() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 50, 760, LEFT)
        canvas.setFont("Times-Roman", 10)
        x = 50.0
        for word in ["in", "some", "women", "seen", "before", "the", "dose", "was", "halved"]:
            canvas.drawString(x, 640, word)
            x += canvas.stringWidth(word, "Times-Roman", 10) + 0.9  # a tenth of an em is 1 point

    assert "in some women seen before the dose was halved" in read(pdf(draw)).text


def test_round_brackets_are_marks_only_where_they_count_up() -> None:
    counted_up = [f"It was said in 20{number:02} ({number})." for number in range(1, 13)]
    style = mark_style(counted_up)
    assert style is not None
    assert style.last == 12
    assert [match.group().strip() for match in style.find("in 2003 (12), of 900 (866)")] == ["(12)"]
    assert mark_style(["Of 40 women (31) and men (9) two (2) were lost; in 2019 (17)."] * 9) is None


def test_a_mark_in_round_brackets_beside_a_number_leaves_the_text() -> None:
    said = [
        f"Of this was said in 20{number:02} ({number}) that it is a rare thing to be seen." for number in range(1, 13)
    ]

    def draw(canvas: Canvas) -> None:
        column(canvas, 50, 760, [*LEFT, *said])
        column(canvas, 50, 420, ["References"], 12, "Times-Bold")
        column(canvas, 50, 400, ["1. Nobody N. A paper that was never written. J Nothing 2001."], 8)

    document = read(pdf(draw))
    assert "said in 2012 that it is" in document.text
    assert "(12)" in [mark.text for mark in document.citations]


def test_a_long_compound_keeps_its_hyphens() -> None:
    words = {"human", "to", "person", "elevation", "treatment"}
    assert join_lines("from human-", "to-human spread", words) == "from human-to-human spread"
    assert join_lines("an ST-", "elevation infarction", words) == "an ST-elevation infarction"
    assert join_lines("the treat-", "ment-related", words) == "the treatment-related"


def test_what_stands_before_a_stroke_does_not_keep_a_hyphen() -> None:
    words = {"nivolumab", "ipilimumab", "vision"}
    assert join_lines("eye/vi-", "sion was", words) == "eye/vision was"
    assert join_lines("with nivolumab/ipili-", "mumab", words) == "with nivolumab/ipilimumab"


def test_a_name_with_an_inner_capital_is_joined_where_the_document_has_it() -> None:
    assert join_lines("in Gen-", "Bank", set(), {"genbank"}) == "in GenBank"
    assert join_lines("in Non-", "Hodgkin", set()) == "in Non-Hodgkin"


def test_kinds_of_a_page_with_a_side_column() -> None:
    content = pdf(lambda canvas: _beside(canvas, ["Keywords:", "bruising", "prednisone"], 715, 8.4))
    assert kinds(read(content))[0] == ("title", "An invented woman with an invented disease")


def _table(canvas: Canvas, top: float, rows: list[tuple[str, str, str]]) -> None:
    for y in (top, top - 20, top - 20 * len(rows)):
        canvas.line(50, y, 450, y)
    canvas.setFont("Times-Roman", 9)
    for number, row in enumerate(rows):
        for x, cell in zip((52, 250, 360), row, strict=True):
            canvas.drawString(x, top - 14 - 20 * number, cell)


def test_captions_may_stand_under_their_tables() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 50, 790, LEFT)
        _table(canvas, 680, [("Patient", "Age", "Sex"), ("First", "61", "female"), ("Second", "44", "male")])
        column(canvas, 50, 606, ["Table 1. The patients"], 9, "Times-Bold")
        _table(canvas, 560, [("Patient", "Dose", "Weeks"), ("First", "20 mg", "3"), ("Second", "40 mg", "6")])
        column(canvas, 50, 486, ["Table 2. The treatment"], 9, "Times-Bold")
        column(canvas, 50, 440, RIGHT)

    document = read(pdf(draw))
    first, second = document.tables
    assert (first.caption, second.caption) == ("Table 1. The patients", "Table 2. The treatment")
    cells = {(c.row, c.column): (document.slice(c), c.header, c.label) for c in second.cells}
    assert cells[2, 1] == ("40 mg", ("Dose",), "Second")


def test_a_caption_may_begin_left_of_its_table() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 20, 790, LEFT)
        column(canvas, 20, 690, ["Table 1. The two patients of whom this report tells"], 9, "Times-Bold")
        _table(canvas, 680, [("Patient", "Age", "Sex"), ("First", "61", "female"), ("Second", "44", "male")])

    (table,) = read(pdf(draw)).tables
    assert len(table.cells) == 9


def test_advertisements_and_stray_heads_are_set_aside() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Bold", 18)
        canvas.drawString(50, 790, "An invented woman with an invented disease")
        column(canvas, 50, 760, LEFT)
        column(canvas, 50, 600, ["Submit your next manuscript to Nobody Central"], 12, "Times-Bold")
        column(canvas, 50, 560, ["and we will help you at every step:"], 12)
        column(canvas, 50, 520, ["Inventions 2020, 12, x FOR PEER REVIEW 5 of 8"], 8)

    document = read(pdf(draw))
    assert "every step" not in document.text
    assert "PEER REVIEW" not in document.text
    assert "every step" in " ".join(piece.text for piece in document.set_aside)


def test_signs_below_one_another_are_lines_of_their_own() -> None:
    def draw(canvas: Canvas) -> None:
        column(
            canvas,
            50,
            760,
            [
                "The patient was a potter who came in with a fever",
                "that had lasted for nine days and was given tablets.",
            ],
        )
        column(canvas, 50, 700, ["7", "8", "9"])
        column(canvas, 120, 700, ["days of fever", "days of rash", "days of rest"])

    words = read(pdf(draw)).text.split()
    assert words[-12:] == ["7", "days", "of", "fever", "8", "days", "of", "rash", "9", "days", "of", "rest"]
