"""What became of an adverse event is told with the event, not as a response of the disease."""

import pytest

TITLE = "Alemtuzumab for mycosis fungoides: a case report"
BLAMED = "Alemtuzumab was started. A rash caused by alemtuzumab developed."


def categories(read, text):
    return [r.category for r in read(f"{BLAMED} {text}", title=TITLE).result.responses]


@pytest.mark.parametrize("text", ["The rash cleared.", "Resolution of the rash was noted.", "The rash had improved."])
def test_the_end_of_an_adverse_event_is_no_response(read, text):
    assert categories(read, text) == []


def test_it_is_the_outcome_of_the_event(read):
    (row,) = read(f"{BLAMED} The rash cleared.", title=TITLE).result.toxicities
    assert row.outcome == "recovered"


def test_the_end_of_the_disease_is_a_response(read):
    assert categories(read, "The erythroderma cleared.") == ["resolved"]


def test_a_condition_that_no_therapy_caused_answers_to_the_therapy(read):
    found = read("She had a rash. Alemtuzumab was started. The rash cleared.", title=TITLE).result.responses
    assert [r.category for r in found] == ["resolved"]
