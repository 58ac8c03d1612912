"""What was given to a patient, what only bears the name of a therapy, and which amounts are doses."""

import pytest

from pipeline.linking._regimens.courses import courses


@pytest.fixture(scope="module")
def told(read):
    """The tellings of a case's text, by therapy, in text order."""

    def tellings(text, **parts):
        return [(c.therapy.name, c) for c in courses(read(text, **parts).scene)]

    return tellings


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("She stopped smoking and alcohol.", []),
        ("The cyst was ablated with alcohol.", ["ethanol"]),
        ("A bleeding work-up followed because of the lack of ceftriaxone treatment.", []),
        ("He was treated in a physiotherapy department.", []),
        ("He is a known epileptic, on valproic acid.", ["valproic acid"]),
        ("She has also been on zidovudine and nevirapine.", ["zidovudine", "nevirapine"]),
        ("She was transfused.", ["blood transfusion"]),
        ("She was transfused with fresh frozen plasma.", ["fresh frozen plasma"]),
        ("The pseudoaneurysm was embolized.", ["embolization"]),
    ],
)
def test_what_was_given_and_what_only_bears_the_name_of_a_therapy(told, text, names):
    assert [name for name, _ in told(text)] == names


@pytest.mark.parametrize(
    ("text", "doses"),
    [
        ("Piperacillin/tazobactam 4 g/0.5 g every 8 hours was given.", [4]),
        ("Ranibizumab 0.5 mg/0.05 ml was injected.", [0.5]),
    ],
)
def test_behind_a_slash_stands_no_dose_of_its_own(told, text, doses):
    assert [course.dose.low for _, course in told(text)] == doses


def test_an_amount_behind_a_colon_is_that_of_the_name_before_it(told):
    text = "He received oxacillin: 8 g/day associated with rifampicin: 1200 mg/day."
    assert [(name, course.dose.low) for name, course in told(text)] == [("oxacillin", 8), ("rifampicin", 1200)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("She only completed four days of azithromycin and ceftriaxone.", [4, 4]),
        ("It was treated with a six weeks course of antibiotics (ceftriaxone and ciprofloxacin).", [42, 42]),
        ("Imipenem and amikacin were given for 72 hours with persistent fever.", [3, 3]),
        ("The patient needed hemodialysis treatment for 12 weeks.", [84]),
    ],
)
def test_a_length_is_that_of_what_it_is_told_of(told, text, days):
    found = [course.duration_days for name, course in told(text) if course.duration_days is not None]
    assert found == pytest.approx(days)


def test_what_she_had_never_been_on_was_not_given(told):
    assert told("She had never been on oral contraceptives.") == []


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
    assert [name for name, _ in told(text)] == ["dapsone"]


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
