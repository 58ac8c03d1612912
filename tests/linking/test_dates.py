"""Dates told without their year."""

import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.values import TimePoint, Unresolved
from pipeline.linking.dates import with_years

YEARLESS = Unresolved(reason="the date has no year")


def times(*told: tuple[str, str]) -> list[Mention]:
    """Times in text order; one with an empty date tells no year."""
    found, at = [], 0
    for text, iso in told:
        value = TimePoint(kind="date", iso=iso) if iso else YEARLESS
        found.append(Mention(start=at, end=at + len(text), label="TIME", text=text, rule="test", value=value))
        at += len(text) + 1
    return found


def dated(*told: tuple[str, str]) -> list[str]:
    return [m.value.iso if isinstance(m.value, TimePoint) else "" for m in with_years(times(*told))]


@pytest.mark.parametrize(
    "words", ["23 June", "23rd of June", "June 23", "June 23rd", "23 Jun", "on 23 June", "Jun. 23"]
)
def test_a_date_without_its_year_takes_that_of_the_date_before(words: str) -> None:
    assert dated(("2 May 2019", "2019-05-02"), (words, ""))[1] == "2019-06-23"


def test_january_after_november_is_the_next_year() -> None:
    assert dated(("12 November 2019", "2019-11-12"), ("4 January", ""))[1] == "2020-01-04"


def test_a_month_shortly_before_is_of_the_same_year() -> None:
    assert dated(("12 June 2019", "2019-06-12"), ("4 May", ""))[1] == "2019-05-04"


def test_years_are_handed_on_along_the_story() -> None:
    told = dated(("12 November 2019", "2019-11-12"), ("4 January", ""), ("8 March", ""))
    assert told == ["2019-11-12", "2020-01-04", "2020-03-08"]


def test_the_last_full_date_counts():
    told = dated(("2 May 2015", "2015-05-02"), ("8 June 2019", "2019-06-08"), ("23 June", ""))
    assert told[-1] == "2019-06-23"


@pytest.mark.parametrize("before", [(), (("2018", "2018"),)])
def test_without_a_month_and_year_before_it_a_date_stays_open(before: tuple[tuple[str, str], ...]) -> None:
    assert dated(*before, ("23 June", ""))[-1] == ""


@pytest.mark.parametrize("words", ["31 June", "30 February", "day 5", "5 tablets"])
def test_what_is_no_day_of_a_month_stays_open(words: str) -> None:
    assert dated(("2 May 2019", "2019-05-02"), (words, ""))[1] == ""


def test_full_dates_and_other_mentions_are_left_alone() -> None:
    found = times(("2 May 2019", "2019-05-02"), ("3 May 2018", "2018-05-03"))
    drug = Mention(start=40, end=47, label="DRUG", text="dapsone", rule="test")
    assert with_years([*found, drug]) == (*found, drug)
