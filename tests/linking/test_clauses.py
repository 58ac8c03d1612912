"""Where the reach of a cue ends."""

import pytest

from pipeline.datamodel import Span
from pipeline.linking.clauses import clause_at
from pipeline.segmentation import segment
from tests.segmentation.report import Report


def clause(text: str, words: str) -> str:
    document = segment(Report().heading("Case report").paragraph(text).document())
    (sentence,) = (s for s in document.sentences if words in document.slice(s))
    start = document.text.index(words)
    return clause_at(document, sentence, Span(start=start, end=start + len(words)))


@pytest.mark.parametrize(
    ("text", "words", "inside", "outside"),
    [
        ("The skin cleared; the nodes grew.", "cleared", "skin", "nodes"),
        ("The skin cleared; the nodes grew.", "grew", "nodes", "skin"),
        ("The skin cleared but the nodes grew.", "cleared", "skin", "nodes"),
        ("The skin cleared, whereas the nodes grew.", "grew", "nodes", "skin"),
        ("Rituximab failed, and dapsone was started.", "Rituximab", "failed", "started"),
        ("Rituximab was stopped and then dapsone was given.", "dapsone", "given", "stopped"),
    ],
)
def test_a_clause_ends_where_another_verb_has_its_say(text: str, words: str, inside: str, outside: str) -> None:
    found = clause(text, words)
    assert inside in found
    assert outside not in found


def test_a_list_of_drugs_is_one_clause() -> None:
    text = "She received aspirin, ticagrelor and metoprolol."
    assert clause(text, "aspirin") == clause(text, "metoprolol") == text


def test_a_sentence_without_borders_is_its_own_clause() -> None:
    assert clause("The skin cleared within a month.", "skin") == "The skin cleared within a month."


def test_of_three_clauses_the_middle_one_is_found() -> None:
    assert clause("Fever fell; the rash faded; pain stayed.", "rash") == "the rash faded"
