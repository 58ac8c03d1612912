"""Day 0 is the start of the index regimen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking.timeline import days_between

TITLE = "Alemtuzumab for mycosis fungoides: a case report"
STARTED = "Alemtuzumab was started on 2 May 2018."
COUNT = "a platelet count of 90 × 10⁹/L was found."


def moment(read, text):
    """(phase, days) of the only measurement."""
    (row,) = read(text, title=TITLE).result.measurements
    return row.phase, row.time_days


@pytest.mark.parametrize(
    ("words", "phase", "days"),
    [
        ("On 30 May 2018", "on_treatment", 28),
        ("At week 4", "on_treatment", 28),
        ("After 4 weeks", "on_treatment", 28),
        ("After 4 weeks of treatment", "on_treatment", 28),
        ("On 25 April 2018", "baseline", -7),
    ],
)
def test_days_are_counted_from_the_start_of_the_index_therapy(read, words, phase, days):
    assert moment(read, f"{STARTED} {words}, {COUNT}") == (phase, days)


def test_before_the_index_therapy_is_baseline(read):
    assert moment(read, f"On examination, {COUNT} {STARTED}") == ("baseline", None)


def test_what_was_taken_before_the_first_examination_is_the_past(read):
    told = "He took metformin. His physical examination was normal."
    assert moment(read, f"{told} Of note, {COUNT} {STARTED}") == ("baseline", None)


@pytest.mark.parametrize("words", ["On admission", "At presentation", "At diagnosis", "Before treatment"])
def test_words_tell_the_baseline_wherever_they_stand(read, words):
    assert moment(read, f"{STARTED} {words}, {COUNT}") == ("baseline", None)


@pytest.mark.parametrize("words", ["Three months after withdrawal", "At the last follow-up"])
def test_after_the_end_of_treatment(read, words):
    assert moment(read, f"{STARTED} {words}, {COUNT}")[0] == "post_treatment"


def test_what_follows_the_index_therapy_is_on_treatment(read):
    assert moment(read, f"{STARTED} On examination, {COUNT}") == ("on_treatment", None)


def test_two_times_of_two_clauses_are_kept_apart(read):
    told = read(
        f"{STARTED} At week 2 there was a platelet count of 60 × 10⁹/L; "
        "at week 8 there was a platelet count of 190 × 10⁹/L.",
        title=TITLE,
    )
    assert {row.value_low: row.time_days for row in told.result.measurements} == {60: 14, 190: 56}


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2018-05-02", "2018-05-30", 28),
        ("2018-05-30", "2018-05-02", -28),
        ("2020-02-28", "2020-03-01", 2),
        ("2018", "2018-05", None),
        ("2018-05", "2018", None),
        ("", "2018-05-02", None),
    ],
)
def test_days_between_dates(start, end, days):
    assert days_between(start, end) == days


def test_months_without_days_are_counted_as_months():
    assert days_between("2018-05", "2018-07-14") == pytest.approx(2 * 30.4375, abs=1)


_DATES = st.dates().map(lambda day: day.isoformat())


@given(start=_DATES, end=_DATES)
def test_there_and_back_is_the_same_way(start, end):
    there, back = days_between(start, end), days_between(end, start)
    assert there is not None
    assert back is not None
    assert there == -back
    assert (there > 0) == (end > start)
