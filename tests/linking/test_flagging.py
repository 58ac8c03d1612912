"""What a curator should look at."""

import pytest

from pipeline.linking.dosing import unusual_dose
from pipeline.units import measure

TITLE = "Carbetocin after a caesarean section: a case report"


def flags(read, text):
    rows = read(text, title=TITLE, opening="A 31-year-old woman had a caesarean section.").result.regimens
    return {(row.therapy, flag): row.notes for row in rows for flag in row.flags}


@pytest.mark.parametrize(
    ("text", "therapy"),
    [
        ("She was given carbetocin 1000 µg.", "carbetocin"),
        ("She received methotrexate 400 mg orally.", "methotrexate"),
        ("She received vincristine 14 mg.", "vincristine"),
        ("She took levothyroxine 100 mg daily.", "levothyroxine"),
    ],
)
def test_a_dose_far_from_the_usual_is_flagged_with_the_usual_range(read, text, therapy):
    notes = flags(read, text)[therapy, "dose_out_of_range"]
    assert any("outside of what is usually given" in note for note in notes)


@pytest.mark.parametrize(
    "text",
    [
        "She was given carbetocin 100 µg.",
        "She received methotrexate 15 mg orally.",
        "She took levothyroxine 100 µg daily.",
        "She received methylprednisolone 1 g/day intravenously.",
        "She received rituximab 375 mg/m2.",
        "She received clobetasol 0.05% topically.",
    ],
)
def test_usual_doses_are_not_flagged(read, text):
    assert not any(flag == "dose_out_of_range" for _, flag in flags(read, text))


def test_a_part_of_a_daily_total_may_be_small(read):
    reading = read("She took prednisone 0.25 mg.")
    assert all(unusual_dose(row, reading.corridor.lexicons) == "" for row in reading.result.regimens)


def test_the_ranges_of_the_lexicon_name_known_drugs_and_units(corridor):
    for name, rows in corridor.lexicons.dose_ranges.items():
        known = corridor.lexicons.find(name, "DRUG")
        assert known is not None, name
        assert known.name == name
        for row in rows:
            assert row.low < row.high, row
            assert row.per in ("dose", "day"), row
            assert measure(row.unit) is not None, row


def measured(read, text):
    """The flags of the only measurement."""
    (row,) = read(text).result.measurements
    return row.flags


@pytest.mark.parametrize(
    "text",
    [
        "She had a platelet count of 10,000 × 10⁹/L.",
        "She had a haemoglobin of 91 g/dL.",
        "She had a potassium of 41 mmol/L.",
        "She had a creatinine of 120 mg/dL.",
        "She had a temperature of 58 °C.",
        "Her pH was 9.4.",
    ],
)
def test_what_no_patient_has_is_flagged(read, text):
    assert "implausible_value" in measured(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "She had a platelet count of 10 × 10⁹/L.",
        "She had a potassium of 4.1 mmol/L.",
        "She had a creatinine of 12 mg/dL.",
        "She had a urinary sodium of 14 mmol/L.",
    ],
)
def test_what_patients_have_is_not(read, text):
    assert "implausible_value" not in measured(read, text)
