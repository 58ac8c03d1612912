"""Reading order, words, marks, furniture, tables and bad input of the PDF extractor."""

import dataclasses

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipeline.datamodel import Document, Source
from pipeline.errors import DocumentError
from pipeline.extractors.pdf import extract, sniff
from pipeline.settings import ReadingSettings
from tests.extractors.pdf.pages import HEIGHT, column, pdf, raised

LEFT = [
    "A 61-year-old woman from the coast was seen in our clinic",
    "because of fatigue and bruising that had lasted for a month.",
    "She had taken no medicine apart from a thyroid hormone, and",
    "her family history held nothing of note. On examination there",
    "were petechiae on both legs and no enlarged node was felt in",
    "the neck. The spleen could be felt below the costal margin and",
    "the liver was of normal size. She was admitted for an immuno-",
    "suppressive treatment, which was started on the second day of",
]
RIGHT = [
    "her stay in the hospital. After three weeks the blood counts",
    "had come back to normal and she went home with a small dose",
    "of prednisone. At the last follow-up visit she was well, and",
    "the treatment could be stopped after six months without any",
    "relapse of the disease. No adverse event was noted during the",
    "whole of this time. We think that the early start of treatment",
    "was the reason of the good outcome, as others have said before.",
    "The patient gave her consent to the publication of this report.",
]


def two_columns(canvas: Canvas) -> None:
    canvas.setFont("Times-Bold", 18)
    canvas.drawString(50, 780, "An invented woman with an invented disease")
    column(canvas, 50, 740, ["Case report"], 12, "Times-Bold")
    column(canvas, 50, 720, LEFT)
    column(canvas, 320, 720, RIGHT)


def read(content: bytes, **bounds: float) -> Document:
    settings = ReadingSettings(**bounds)  # type: ignore[arg-type]
    return extract(Source(doc_id="made", path="made.pdf"), content, settings)


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.slice(block)) for block in document.blocks]


def test_columns_are_read_one_after_the_other_and_the_paragraph_goes_on() -> None:
    document = read(pdf(two_columns))
    (paragraph,) = [text for kind, text in kinds(document) if kind == "paragraph"]
    assert "on the second day of her stay in the hospital" in paragraph
    assert "\n" not in paragraph


def test_hyphens_of_the_printer_go_and_those_of_the_author_stay() -> None:
    text = read(pdf(two_columns)).text
    assert "an immunosuppressive treatment" in text
    assert "61-year-old" in text
    assert "last follow-up visit" in text


def test_title_and_heading_are_told_by_their_type() -> None:
    document = read(pdf(two_columns))
    assert ("title", "An invented woman with an invented disease") in kinds(document)
    assert ("heading", "Case report") in kinds(document)
    assert document.metadata.title == "An invented woman with an invented disease"


def test_every_word_has_its_place_on_the_page() -> None:
    document = read(pdf(two_columns))
    start = document.text.index("petechiae")
    assert document.layout is not None
    (box,) = document.layout.boxes_of(dataclasses.replace(document.blocks[0], start=start, end=start + 9))
    assert (box.page, round(box.x0)) == (1, 72)
    assert abs(box.y0 - (HEIGHT - 720 + 4 * 12 - 7.5)) < 2


def test_runs_cover_all_words_and_do_not_overlap() -> None:
    document = read(pdf(two_columns))
    assert document.layout is not None
    at = 0
    for start, end in zip(document.layout.starts, document.layout.ends, strict=True):
        assert start >= at
        assert not document.text[at:start].strip()
        at = end
    assert not document.text[at:].strip()


def test_exponents_stay_and_reference_marks_go() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 50, 760, LEFT[:2])
        parts = [("Platelets were 132 × 10", 0), ("9", 1), ("/L, a complete response.", 0), ("12,13", 1)]
        raised(canvas, 50, 736, [*parts, (" She had", 0)])
        raised(
            canvas, 50, 724, [("rituximab 375 mg/m", 0), ("2", 1), (" and her CD4", 0), ("+", 1), (" cells fell.", 0)]
        )
        raised(canvas, 50, 712, [("The PaCO", 0), ("2", -1), (" was measured on the 5", 0), ("th", 1), (" day.", 0)])

    document = read(pdf(draw))
    assert "132 × 10⁹/L, a complete response. She had rituximab 375 mg/m² and her CD4⁺ cells fell." in document.text
    assert "The PaCO₂ was measured on the 5th day." in document.text
    (mark,) = document.citations
    assert (mark.text, mark.offset) == ("12,13", mark.end)
    assert document.text[: mark.offset].endswith("a complete response.")
    assert {("9", "⁹"), ("2", "²"), ("+", "⁺"), ("2", "₂")} == {
        (r.original, document.slice(r)) for r in document.repairs
    }


def test_heads_feet_and_page_numbers_are_set_aside() -> None:
    def page(number: int) -> object:
        def draw(canvas: Canvas) -> None:
            column(canvas, 50, 815, [f"Journal of Invented Cases 2031; {number}"], 8)
            column(canvas, 50, 760, LEFT)
            column(canvas, 50, 660, RIGHT)
            column(canvas, 290, 25, [str(number)], 8)

        return draw

    document = read(pdf(page(1), page(2), page(3)))  # type: ignore[arg-type]
    assert "Invented Cases" not in document.text
    assert {(s.reason, s.text) for s in document.set_aside} >= {
        ("running_head", "Journal of Invented Cases 2031; 2"),
        ("page_number", "3"),
    }


def laboratory(canvas: Canvas) -> None:
    column(canvas, 50, 760, LEFT)
    column(canvas, 50, 640, ["Table 1. Laboratory values of the two patients"], 9, "Times-Bold")
    canvas.line(50, 632, 450, 632)
    canvas.line(50, 612, 450, 612)
    canvas.line(50, 550, 450, 550)
    rows = [
        ("Finding", "Patient 1", "Patient 2"),
        ("Hemoglobin (g/dL)", "9.1", "11.8"),
        ("Lactate (mmol/L)", "4.0", "1.2"),
    ]
    for number, (label, first, second) in enumerate(rows):
        y = 618 - 20 * number
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(52, y, label)
        canvas.drawString(250, y, first)
        canvas.drawString(360, y, second)
    column(canvas, 50, 520, RIGHT)


def test_a_table_becomes_cells_with_header_and_label() -> None:
    document = read(pdf(laboratory))
    (table,) = document.tables
    assert table.caption == "Table 1. Laboratory values of the two patients"
    cells = {(c.row, c.column): (document.slice(c), c.header, c.label, c.is_header) for c in table.cells}
    assert cells[0, 1] == ("Patient 1", (), "", True)
    assert cells[1, 1] == ("9.1", ("Patient 1",), "Hemoglobin (g/dL)", False)
    assert cells[2, 2] == ("1.2", ("Patient 2",), "Lactate (mmol/L)", False)
    assert "of her stay" not in document.slice(table)


def test_bracketed_marks_stay_unless_a_number_stands_beside_them() -> None:
    def draw(canvas: Canvas) -> None:
        column(
            canvas,
            50,
            760,
            [
                "Others have seen the same [1, 2] and treated it [3]. The rate was 35% [4, 5] in one of",
                "these groups, and it had been known since 1953 [6]. We have seen no such patient.",
            ],
        )
        column(canvas, 50, 700, ["References"], 12, "Times-Bold")
        column(
            canvas,
            50,
            680,
            ["1. Author A. A title of a work. J Invented. 2030;1:1.", "2. Author B. A work. J Invented. 2030."],
            8,
        )

    document = read(pdf(draw))
    assert "the same [1, 2] and treated it [3]. The rate was 35% in one" in document.text
    assert "since 1953. We have" in document.text
    assert [(c.text, c.end - c.offset) for c in document.citations] == [
        ("[1, 2]", 6),
        ("[3]", 3),
        ("[4, 5]", 0),
        ("[6]", 0),
    ]
    assert "Author A" not in document.text
    assert any(s.reason == "references" for s in document.set_aside)


def test_a_caption_does_not_interrupt_the_sentence() -> None:
    def first(canvas: Canvas) -> None:
        column(canvas, 50, 760, LEFT)
        column(canvas, 50, 600, ["Figure 1. A scan of the chest."], 8, "Times-Bold")

    document = read(pdf(first, lambda canvas: column(canvas, 50, 760, RIGHT) and None))
    assert "on the second day of her stay" in document.text
    assert ("caption", "Figure 1. A scan of the chest.") in kinds(document)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_rotated_pages_read_the_same(rotate: int) -> None:
    def draw(canvas: Canvas) -> None:
        turn = {90: (0, 1, -1, 0, 595, 0), 180: (-1, 0, 0, -1, 595, 842), 270: (0, -1, 1, 0, 0, 842)}[rotate]
        canvas.transform(*turn)
        column(canvas, 50, 500, LEFT)

    document = read(pdf(draw, rotate=rotate))
    assert "because of fatigue and bruising that had lasted for a month." in document.text
    turned = read(pdf(draw))
    assert "because of fatigue and bruising" in turned.text


def test_words_without_spaces_in_the_file_are_told_by_gaps() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 50, 700, LEFT)
        canvas.setFont("Times-Roman", 10)
        x = 50.0
        for word in ["no", "space", "stands", "between", "these", "words"]:
            canvas.drawString(x, 760, word)
            x += canvas.stringWidth(word, "Times-Roman", 10) + 2.5

    assert "no space stands between these words" in read(pdf(draw)).text


def test_a_side_note_is_set_aside() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 50, 760, LEFT)
        canvas.saveState()
        canvas.rotate(90)
        canvas.drawString(200, -580, "Downloaded from an invented library")
        canvas.restoreState()

    document = read(pdf(draw))
    assert "Downloaded" not in document.text
    assert [s.reason for s in document.set_aside if "Downloaded" in s.text] == ["side_note"]


def garbled(canvas: Canvas) -> None:
    column(canvas, 50, 760, ["".join(chr(ord(c) + 0x5B) if c.isalpha() else c for c in line) for line in LEFT])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<html>no</html>", "not_a_pdf"),
        (pdf(two_columns)[:400], "damaged"),
        (pdf(two_columns, password="secret"), "encrypted"),
    ],
)
def test_bad_input_is_told_in_one_line(content: bytes, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(content)
    assert caught.value.code == code
    assert "\n" not in caught.value.message


def test_bounds() -> None:
    content = pdf(two_columns, two_columns)
    for bounds, code in (({"max_pages": 1}, "too_many_pages"), ({"max_megabytes": 0.0001}, "too_large")):
        with pytest.raises(DocumentError) as caught:
            read(content, **bounds)
        assert caught.value.code == code


def test_a_nonsense_text_layer_is_refused() -> None:
    from pipeline.extractors._pdf.legible import require_legible
    from pipeline.extractors._repair.vocabulary import load_vocabulary

    with pytest.raises(DocumentError) as caught:
        require_legible("¿Äº¿Ä½Å¼·¼ÂËÅÈ»É¹»Ä¹»È »ÆÅÈÊ»È·Äº·Â¿½·ÄºÊÅ·Ä and some words in between", load_vocabulary())
    assert caught.value.code == "nonsense_text_layer"
    require_legible("Der Patient wurde am 3. Tag entlassen; Größe ≥ 5 µm, p < 0·05, 37 °C ± 0,5.", load_vocabulary())


def test_truncated_files_raise_nothing_but_their_own_error() -> None:
    content = pdf(two_columns, laboratory)
    for cut in range(60, len(content), 211):
        try:
            read(content[:cut] + content[cut + 7 :])
        except DocumentError:
            continue


def test_reading_twice_gives_the_same() -> None:
    content = pdf(two_columns, laboratory)
    one, two = read(content), read(content)
    assert (one.text, one.blocks, one.tables, one.set_aside) == (two.text, two.blocks, two.tables, two.set_aside)


def test_sniff() -> None:
    assert sniff(pdf(two_columns)[:1024])
    assert not sniff(b"<article>")
