"""Who was given a therapy, and who was only asked, tested or measured for it."""

import pytest

from pipeline.linking._regimens.courses import courses


@pytest.fixture(scope="module")
def told(read):
    """The names of the therapies that a case's text tells."""
    return lambda text: [c.therapy.name for c in courses(read(text).scene)]


@pytest.mark.parametrize(
    "text",
    [
        "She was discharged on dapsone.",
        "She was sent home with dapsone.",
        "She went home on dapsone.",
        "She remained on dapsone.",
        "She was already on dapsone.",
        "The rash appeared while on dapsone.",
    ],
)
def test_whoever_is_on_a_drug_was_given_it(told, text):
    assert told(text) == ["dapsone"]


@pytest.mark.parametrize(
    "text",
    [
        "She denied fever, prior surgery, or steroid use.",
        "There was no indication for corticosteroid therapy.",
        "Neither did she receive folic acid.",
        "The tuberculin intradermal test was negative and treatment was started.",
        "A growth hormone stress test was performed.",
        "There was oxygen desaturation under treatment.",
        "The mutation changed arginine to tryptophan.",
        "It was oestrogen/progesterone/HER-2 receptor negative, and treatment was started.",
        "Insulin excess required treatment.",
        "He was given food rich in niacin.",
    ],
)
def test_what_is_denied_tested_for_or_measured_is_no_course(told, text):
    assert told(text) == []
