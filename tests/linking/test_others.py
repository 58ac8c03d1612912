"""A death in a report can be somebody else's than the patient's."""

import pytest

from pipeline.linking.others import is_grown


def _deaths(reading):
    return [r.quote for r in reading.result.responses if r.category == "death"]


@pytest.mark.parametrize(
    "told",
    [
        "Intrauterine fetal demise was diagnosed.",
        "The fetus died in utero.",
        "The infant died on day 3.",
        "She had experienced the death of a female child.",
        "Her elder brother had died at the age of nine.",
        "One of her siblings, who had died at nine months, had had a rash.",
        "She was given a kidney of a deceased donor.",
    ],
)
def test_somebody_elses_death_is_not_the_patients(read, told):
    reading = read(f"She received dapsone. {told}")
    assert _deaths(reading) == []
    assert reading.result.cases[0].status_at_last_follow_up != "dead"


@pytest.mark.parametrize(
    "told", ["She died on day 3.", "Her death was due to sepsis.", "She was found by her husband and died in hospital."]
)
def test_the_patients_own_death_stands(read, told):
    reading = read(f"She received dapsone. {told}")
    assert len(_deaths(reading)) == 1
    assert reading.result.cases[0].status_at_last_follow_up == "dead"


def test_the_infant_can_be_the_patient(read):
    reading = read("Gentamicin was given. The infant died.", opening="A 3-day-old newborn presented with fever.")
    assert _deaths(reading) == ["died"]
    assert reading.result.cases[0].status_at_last_follow_up == "dead"


@pytest.mark.parametrize(
    ("opening", "grown"),
    [
        ("A 57-year-old woman had a rash.", True),
        ("A 3-year-old girl had a rash.", False),
        ("A male infant was born to a 24-year-old mother.", False),
        ("A woman had a rash.", False),
    ],
)
def test_who_is_grown(read, opening, grown):
    scene = read("Dapsone was given.", opening=opening).scene
    assert is_grown(scene.document, scene.labelled("AGE")) is grown
