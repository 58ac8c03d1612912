"""brat standoff and Web Annotations: what is written out comes back in, to the code point."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.export.annotations import Annotation, annotations_of
from pipeline.export.brat import configuration, from_brat, to_brat
from pipeline.export.curated import curate
from pipeline.export.run_tables import RunTables
from pipeline.export.webannotation import from_web_annotations, to_web_annotations
from pipeline.ledger import Decision
from tests.export.curating import REVIEWED

# Astral characters, combining ones, every kind of line end, tabs, and what JSON and brat give a meaning to.
LETTERS = st.one_of(st.characters(codec="utf-8"), st.sampled_from("😀𝛼é\u0301\n\r\t\x85\u2028;|\"'\\ aT1"))
WORDS = st.text(LETTERS, max_size=12)
BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, list[Annotation]]:
    """Any text, and marks that begin and end with a letter, as the quotes of rows do."""
    text = draw(st.text(LETTERS, min_size=1, max_size=60))
    firm = [place for place, letter in enumerate(text) if not BREAKS.match(letter)]
    made = []
    for number in range(draw(st.integers(0, 4)) if firm else 0):
        start, last = sorted((draw(st.sampled_from(firm)), draw(st.sampled_from(firm))))
        label = draw(st.sampled_from(["Regimen", "Response", "Toxicity", "Measurement"]))
        cells = {"quote": text[start : last + 1], "regimen_id": draw(st.sampled_from(["", "d/P1#1"])), "x": draw(WORDS)}
        by = {"curator": draw(WORDS), "decided_at": draw(st.sampled_from(["", "2026-01-31T12:00:00Z"]))}
        made.append(Annotation(key=f"reg-{number}", label=label, start=start, end=last + 1, cells=cells, **by))
    return text, made


@given(annotated())
def test_brat_comes_back(made: tuple[str, list[Annotation]]) -> None:
    text, annotations = made
    assert from_brat(text, to_brat(text, annotations)) == annotations


@given(annotated())
def test_web_annotations_come_back(made: tuple[str, list[Annotation]]) -> None:
    text, annotations = made
    assert from_web_annotations(text, to_web_annotations("a/b ü", text, annotations)) == annotations


@given(annotated())
def test_no_mark_of_brat_breaks_a_line(made: tuple[str, list[Annotation]]) -> None:
    """Each line is one annotation for whatever reader, and its words are those at its offsets."""
    text, annotations = made
    for line in to_brat(text, annotations).splitlines():
        name, _, rest = line.partition("\t")
        assert re.fullmatch(r"[TAR#]\d+", name)
        if name.startswith("T"):
            place, said = rest.split("\t")
            spans = [tuple(map(int, span.split())) for span in place.partition(" ")[2].split(";")]
            assert " ".join(text[start:end] for start, end in spans) == said


def test_words_that_are_not_the_text_s_are_refused() -> None:
    with pytest.raises(ValueError, match="are not 'cde'"):
        from_brat("abcdef", "T1\tRegimen 1 4\tcde\n")
    page = to_web_annotations("d", "abcdef", [Annotation(key="reg-1", label="Regimen", start=1, end=4)])
    with pytest.raises(ValueError, match="are not 'bcd'"):
        from_web_annotations("xabcdef", page)


def test_the_samples_rows_come_back(run: RunTables, decisions: list[Decision]) -> None:
    curated = curate(run, decisions).rows
    for doc_id in run.documents:
        text = run.text(doc_id)
        marks = annotations_of(row for row in curated if row.cells["doc_id"] == doc_id)
        assert marks
        assert from_brat(text, to_brat(text, marks)) == marks
        assert from_web_annotations(text, to_web_annotations(doc_id, text, marks)) == marks


def test_the_commands(run: RunTables, tmp_path: Path) -> None:
    """Annotations are written of a run that nobody has decided on, too."""
    for form in ("brat", "webannotation"):
        where = ["-o", str(tmp_path / form), "--db", str(tmp_path / "empty.sqlite")]
        assert main(["export", form, str(run.folder), *where]) == 0
    assert (tmp_path / "brat" / "annotation.conf").read_text() == configuration()
    assert (tmp_path / "brat" / f"{REVIEWED}.txt").read_text() == run.text(REVIEWED)
    assert "\tUnderRegimen Arg1:T" in (tmp_path / "brat" / f"{REVIEWED}.ann").read_text()
    page = json.loads((tmp_path / "webannotation" / f"{REVIEWED}.json").read_text())
    assert page["items"][0]["target"]["source"] == f"text/{REVIEWED}.txt"
