"""Numbers of lines in the margin of a manuscript (an invented report)."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.extractors.pdf.pages import column, pdf
from tests.extractors.pdf.test_pdf import LEFT, RIGHT, read

PROSE = [*LEFT, *RIGHT]


def manuscript(canvas: Canvas, *, first: int = 1, step: int = 1, margin: float = 30) -> None:
    for number, text in enumerate(PROSE * 2):
        column(canvas, 60, 760 - 15 * number, [text])
        if (number + first) % step == 0:
            column(canvas, margin, 760 - 15 * number, [str(number + first)], 7)


@pytest.mark.parametrize(("first", "step", "margin"), [(1, 1, 30), (95, 1, 30), (1, 1, 500)])
def test_numbers_of_lines_are_set_aside(first: int, step: int, margin: float) -> None:
    document = read(pdf(lambda canvas: manuscript(canvas, first=first, step=step, margin=margin)))
    assert not {str(first + 2), str(first + 7)} & set(document.text.split())
    aside = {piece.text for piece in document.set_aside if piece.reason == "side_note"}
    assert {str(first + 2), str(first + 7)} <= aside
    assert document.n_lost == 0


def listed(canvas: Canvas) -> None:
    column(canvas, 60, 790, PROSE[:2])
    for number in range(24):
        y = 740 - 15 * number
        for x, text in ((60, str(number + 1)), (90, f"F/{20 + number}"), (200, "rash"), (300, "tablets")):
            column(canvas, x, y, [text])


def test_numbers_of_patients_in_a_table_stay() -> None:
    document = read(pdf(listed))
    assert {"3", "8", "24"} <= set(document.text.split())
