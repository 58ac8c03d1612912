"""An empty cell that a reader asks for says why it is empty."""

from dataclasses import replace

from pipeline.datamodel import Regimen
from pipeline.tables._empty import why_empty
from pipeline.tables._keys import Entry

COURSE = Regimen(
    start=0, end=9, quote="ibrutinib", section="case", case=1, group=1, therapy="ibrutinib", therapy_text="x"
)


def entry(fact: Regimen) -> Entry:
    return Entry(kind="regimen", fact=fact, evidence_id="reg-1", doc_id="d", case_id="d/P1", regimen_id="d/P1#1")


def test_what_the_text_does_not_say_is_not_reported():
    assert "dose_low=not_reported" in why_empty(entry(COURSE))


def test_a_stated_cell_needs_no_reason():
    assert not any(why.startswith("dose_low") for why in why_empty(entry(replace(COURSE, dose_low=420.0))))


def test_a_contradiction_leaves_the_date_empty_for_conflict():
    assert "start_date=conflict" in why_empty(entry(replace(COURSE, flags=("date_conflict",))))


def test_a_word_that_says_nothing_counts_as_empty():
    assert "status=not_reported" in why_empty(entry(COURSE))
    assert "status=not_reported" not in why_empty(entry(replace(COURSE, status="stopped")))
