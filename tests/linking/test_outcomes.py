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


def test_a_turn_told_again_answers_to_what_the_story_says(read):
    case = "Alemtuzumab was started. The skin lesions regressed. Dapsone was given later."
    discussion = "Dapsone was given to our patient at last. Our patient's skin lesions had regressed."
    found = read(case, title=TITLE, discussion=discussion).result.responses
    assert [(r.therapies, r.mentions) for r in found] == [(("alemtuzumab",), 2)]


def test_a_therapy_that_an_event_put_an_end_to_was_stopped_for_it(read):
    case = (
        "He took dapsone. Two weeks later, dapsone-induced hepatitis was diagnosed. The drug was immediately withdrawn."
    )
    (row,) = [r for r in read(case, title="Hepatitis: a case report").result.regimens if r.therapy == "dapsone"]
    assert (row.status, row.stop_reason) == ("stopped", "toxicity")
