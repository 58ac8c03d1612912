"""General names of therapies: what a name beside them makes plain, and what refers back."""

import pytest

from tests.linking.report import OF_TWO, Table

STORY = "Alemtuzumab 30 mg was started."


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("A beta-blocker (bisoprolol 2.5 mg once daily) was added.", [("bisoprolol", 2.5)]),
        ("She received an antibiotic (ceftriaxone 2 g once daily).", [("ceftriaxone", 2.0)]),
        ("Two cycles of chemotherapy with gemcitabine 1000 mg were given.", [("gemcitabine", 1000.0)]),
        ("She received gemcitabine chemotherapy.", [("gemcitabine", None)]),
        ("She received corticosteroids and gemcitabine 1000 mg.", [("corticosteroids", None), ("gemcitabine", 1000.0)]),
    ],
)
def test_a_name_beside_a_class_makes_it_plain(read, text, given):
    assert read(text).given("dose_low") == given


def test_a_class_told_again_is_the_drug_named_before(read):
    told = read(
        "Vancomycin 1 g was started. Chest films were taken. Her cough went. She could walk again. "
        "The antibiotics were stopped."
    )
    assert [therapy for (therapy,) in told.given()] == ["vancomycin"]


def test_a_class_that_no_drug_close_by_belongs_to_stands_for_itself(read):
    told = read("Vancomycin 1 g was started. Systemic corticosteroids were given.")
    assert [therapy for (therapy,) in told.given()] == ["corticosteroids", "vancomycin"]


def test_a_class_is_no_other_word_for_a_drug_of_another_class(read):
    told = read("She received oral nicardipine, anticoagulant treatment and a proton pump inhibitor.")
    names = {row.therapy for row in told.result.regimens}
    assert names == {"nicardipine", "anticoagulants", "proton pump inhibitors"}


def test_antipyretics_beside_an_antibiotic_are_a_row(read):
    told = read("She took ciprofloxacin, antipyretics and anti-malaria medications.")
    assert {row.therapy for row in told.result.regimens} == {"ciprofloxacin", "antipyretics", "antimalarials"}


def test_what_was_passed_over_was_not_given(read):
    told = read("Posaconazole was chosen over voriconazole and given for 3 weeks.")
    assert [therapy for (therapy,) in told.given()] == ["posaconazole"]


def test_a_captions_patient_owns_the_table(read):
    tables = (
        Table(rows=(("", "Day 1"), ("Platelets (10⁹/L)", "31")), caption="Blood counts in Case 1"),
        Table(rows=(("", "Day 1"), ("Platelets (10⁹/L)", "47")), caption="Blood counts in Case 2"),
    )
    rows = read("", **OF_TWO, tables=tables).result.measurements
    assert sorted((row.case, row.value_low) for row in rows) == [(1, 31.0), (2, 47.0)]


def test_a_relative_named_for_comparison_does_not_take_the_story_over(read):
    told = read(
        "Patient 2 had the same mutation as her sister, patient 1. Then she received spironolactone 50 mg daily.",
        **OF_TWO,
    )
    assert ("spironolactone",) in told.given(case=2)
    assert ("spironolactone",) not in told.given(case=1)
