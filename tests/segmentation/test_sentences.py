"""Sentence borders."""

import pytest

from pipeline.segmentation import segment
from pipeline.segmentation.sentences import split
from tests.segmentation.report import Report


def sentences(text):
    return [text[start:end] for start, end in split(text, 0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Adams et al. Berg et al. reported it (Fig. 2).",
        "It was given b.i.d. and p.o. for 3.5 days at 0.25 mg.",
        "Cells, e.g. T cells, i.e. CD4, fell vs. baseline.",
        "She saw Dr. Clark in St. Paul at 9 a.m. sharp.",
        "Cultures grew E. coli and A. flavus.",
        "J. Adams was the U.S. consul.",
        "He lived in the Minneapolis–St. Paul area.",
        "No. 2 was the worst, approx. 3 cm.",
    ],
)
def test_one_sentence_stays_one(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He had a rash. It faded.", 2),
        ("Survival was 26%.1,2 Outside of trials it is worse.", 2),
        ("It was mild [3]. The dose was kept.[4] It helped.", 3),
        ("She recovered.The drug was stopped.", 2),
        ("He took 5 mg b.i.d. The rash faded.", 2),
        ("He had hepatitis B. She had none.", 2),
        ("Was it cancer? No! It was not.", 3),
        ("The level was 9.6. On day 3 it was 12.", 2),
        ("Options:\n• Vorinostat\n• Romidepsin", 3),
        ("A title without a stop\n\nA paragraph.", 2),
        ("the end of it. Results: All well.", 2),
        ("(He slept.) Then he ate.", 2),
    ],
)
def test_sentences_are_counted(text, count):
    assert len(sentences(text)) == count


def test_a_section_name_on_its_own_line_is_a_sentence():
    assert sentences("INTRODUCTION\nThe disease is rare\nin adults.") == [
        "INTRODUCTION",
        "The disease is rare\nin adults.",
    ]


def test_offsets_are_exact_and_nothing_is_lost():
    text = "  Platelets were 12 × 10⁹/L. 😀 They rose.\r\n\r\nÉtude: fin.  "
    found = list(split(text, 0, len(text)))
    assert all(text[a:b] == text[a:b].strip() for a, b in found)
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())


def test_a_sentence_never_crosses_a_block():
    document = segment(Report().paragraph("He was given").paragraph("prednisone.").document())
    assert [document.slice(s) for s in document.sentences] == ["He was given", "prednisone."]


def test_a_table_row_is_a_sentence():
    document = segment(Report().table([["Day", "Platelets"], ["1", "12"], ["8", "90"]]).document())
    rows = [(s.row, document.slice(s), s.section) for s in document.sentences]
    assert rows == [(0, "Day\tPlatelets", "table"), (1, "1\t12", "table"), (2, "8\t90", "table")]


def test_references_footnotes_and_front_matter_are_no_sentences():
    report = Report().paragraph("He was well.").add("reference", "1. Adams A. A case.").add("footnote", "ND, not done.")
    document = segment(report.add("front", "Department of Medicine").document())
    assert [document.slice(s) for s in document.sentences] == ["He was well."]
