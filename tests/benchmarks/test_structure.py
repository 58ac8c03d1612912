"""The measure of structure, on an article that is made here as PDF and as JATS XML (an invented patient)."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from benchmarks.figures import Given
from benchmarks.sections import structure
from benchmarks.structure.cells import cells
from benchmarks.structure.pairs import pairs, read
from benchmarks.structure.parts import agreement
from tests.extractors.pdf.pages import column, pdf

STORY = (
    "A potter of fifty years came in with a fever that had lasted for nine days.",
    "She was given oral tablets, and they were stopped when a rash was seen.",
)
TALK = (
    "Rashes of this sort are seldom told of by those who make pots for a living.",
    "It remains open whether the clay or the tablets are what brought it about.",
)
ROWS = (("Finding", "Day 1", "Day 9"), ("Fever", "39.1", "37.2"), ("Rash", "none", "arms"), ("Itch", "none", "mild"))


def drawn(canvas: Canvas) -> None:
    y = column(canvas, 60, 780, ["A rash in a potter after tablets for fever"], 18, "Times-Bold")
    y = column(canvas, 60, y - 20, ["Case report"], 12, "Times-Bold")
    y = column(canvas, 60, y - 6, list(STORY))
    y = column(canvas, 60, y - 20, ["Discussion"], 12, "Times-Bold")
    y = column(canvas, 60, y - 6, list(TALK))
    y = column(canvas, 60, y - 20, ["Table 1. Findings"], 9, "Times-Bold")
    canvas.line(60, y, 360, y)
    for row in ROWS:
        canvas.setFont("Times-Roman", 9)
        for x, text in zip((60, 180, 280), row, strict=True):
            canvas.drawString(x, y - 11, text)
        y -= 14
        if row is ROWS[0] or row is ROWS[-1]:
            canvas.line(60, y, 360, y)


def markup(discussion: str = "Discussion", header: str = "Day 9") -> str:
    head, *body = [list(row) for row in ROWS]
    head[2] = header
    rows = ["".join(f"<th>{cell}</th>" for cell in head), *("".join(f"<td>{c}</td>" for c in row) for row in body)]
    table = f"<thead><tr>{rows[0]}</tr></thead><tbody>{''.join(f'<tr>{row}</tr>' for row in rows[1:])}</tbody>"
    return (
        "<article><front><article-meta><title-group><article-title>A rash in a potter</article-title></title-group>"
        "</article-meta></front><body>"
        f"<sec><title>Case report</title><p>{' '.join(STORY)}<xref ref-type='bibr'>7</xref></p></sec>"
        f"<sec><title>{discussion}</title><p>{' '.join(TALK)}</p></sec></body><floats-group><table-wrap>"
        f"<label>Table 1</label><caption><p>Findings</p></caption><table>{table}</table></table-wrap></floats-group>"
        "</article>"
    )


@pytest.fixture
def article(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "xml").mkdir()
    (tmp_path / "pdf" / "potter.pdf").write_bytes(pdf(drawn))
    (tmp_path / "xml" / "potter.xml").write_text(markup())
    (tmp_path / "xml" / "alone.xml").write_text(markup())
    ((printed, marked_up),) = pairs(tmp_path)
    return printed, marked_up


def test_an_article_agrees_with_itself(article: tuple[Path, Path]) -> None:
    told = agreement(read(article[0]), read(article[1]), article[1])
    letters = sum(map(str.isalpha, "".join((*STORY, *TALK))))
    assert (told.body, told.found, told.alike, told.marked, told.true) == (letters,) * 5


def test_characters_of_another_section_are_counted(article: tuple[Path, Path]) -> None:
    article[1].write_text(markup(discussion="Methods"))
    told = agreement(read(article[0]), read(article[1]), article[1])
    talk = sum(map(str.isalpha, "".join(TALK)))
    assert told.found - told.alike == told.marked - told.true == talk
    assert told.unlike["discussion", "methods"] == talk


def test_an_error_of_both_readers_shows(article: tuple[Path, Path]) -> None:
    printed, marked_up = read(article[0]), read(article[1])
    wrong = [
        replace(one, sections=tuple(replace(s, kind="results") for s in one.sections)) for one in (printed, marked_up)
    ]
    told = agreement(*wrong, article[1])
    assert told.alike == told.found
    assert told.true == 0


def test_what_no_title_names_is_not_held_against_the_pdf(article: tuple[Path, Path]) -> None:
    article[1].write_text(markup(discussion="Pots and their makers"))
    told = agreement(read(article[0]), read(article[1]), article[1])
    assert told.marked == told.true == sum(map(str.isalpha, "".join(STORY)))


def test_words_that_the_pdf_lacks_are_not_found(article: tuple[Path, Path]) -> None:
    printed = read(article[0])
    cut = replace(printed, text=printed.text.replace(TALK[1], "x" * len(TALK[1])))
    told = agreement(cut, read(article[1]), article[1])
    assert told.body - told.found == sum(map(str.isalpha, TALK[1]))


def test_cells_are_right_by_text_header_and_label(article: tuple[Path, Path]) -> None:
    told = cells(read(article[0]), read(article[1]))
    assert (told.tables, told.tables_found, told.cells, told.cells_found, told.right) == (1, 1, 9, 9, 9)
    article[1].write_text(markup(header="Day 8"))
    told = cells(read(article[0]), read(article[1]))
    assert told.cells_found - told.right == 3
    assert [line.split(": ")[1].split()[0] for line in told.wrong] == ["372", "arms", "mild"]


def test_a_table_that_is_not_there_counts(article: tuple[Path, Path]) -> None:
    told = cells(replace(read(article[0]), tables=()), read(article[1]))
    assert (told.tables, told.tables_found, told.cells, told.cells_found, told.right) == (1, 0, 9, 0, 0)


def test_the_report_has_its_figures(article: tuple[Path, Path], tmp_path: Path) -> None:
    given = Given(reports=tmp_path, texts=None, peers=None, scratch=tmp_path)
    assert [figure.ours for figure in structure.measure(given)] == ["1.0000"] * 4
    empty = Given(reports=tmp_path / "pdf", texts=None, peers=None, scratch=tmp_path)
    assert list(structure.measure(empty)) == []


def test_the_command_prints_one_line_for_all(article: tuple[Path, Path], tmp_path: Path) -> None:
    call = [sys.executable, "-m", "benchmarks.structure", str(tmp_path)]
    printed = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    assert printed.startswith("all ")
    assert "1 of 1 tables found" in printed
