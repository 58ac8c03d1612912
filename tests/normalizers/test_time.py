import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.values import TimePoint, Unresolved
from pipeline.normalizers.time import normalize


def _of(text: str) -> object:
    return normalize(Mention(start=0, end=len(text), label="TIME", text=text, rule="test"))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("14 January 2014", "2014-01-14"),
        ("January 14, 2014", "2014-01-14"),
        ("3rd of May 2012", "2012-05-03"),
        ("2014-01-14", "2014-01-14"),
        ("14.01.2014", "2014-01-14"),
        ("August 2011", "2011-08"),
        ("late August 2011", "2011-08"),
        ("2009", "2009"),
    ],
)
def test_dates_as_far_as_stated(text: str, iso: str) -> None:
    assert _of(text) == TimePoint(kind="date", iso=iso)


@pytest.mark.parametrize(
    ("text", "days", "anchor"),
    [
        ("week 24", 168.0, "treatment_start"),
        ("day 5", 5.0, "unknown"),
        ("3 months after starting treatment", 91.31, "treatment_start"),
        ("after 3 months of treatment", 91.31, "treatment_start"),
        ("the first week", 7.0, "treatment_start"),
        ("Two days later", 2.0, "previous_event"),
        ("13 months after withdrawal", 395.69, "treatment_end"),
        ("13 months of follow-up", 395.69, "treatment_start"),
        ("5 years ago", -1826.25, "before_present"),
        ("4-6 weeks after surgery", 35.0, "previous_event"),
        ("postoperative day 6", 6.0, "previous_event"),
        ("the 22nd day of treatment", 22.0, "treatment_start"),
        ("Twenty-eight months later", 852.25, "previous_event"),
    ],
)
def test_offsets_in_days_from_their_anchor(text: str, days: float, anchor: str) -> None:
    assert _of(text) == TimePoint(kind="offset", days=days, anchor=anchor)


def test_cycle_carries_its_number() -> None:
    assert _of("after the 10th cycle") == TimePoint(kind="cycle", cycle=10, anchor="treatment_start")
    assert _of("from the third cycle") == TimePoint(kind="cycle", cycle=3, anchor="treatment_start")


def test_relative_words_have_no_invented_number() -> None:
    assert _of("thereafter") == TimePoint(kind="relative", anchor="previous_event")
    assert _of("a few days later") == TimePoint(kind="relative", anchor="previous_event")
    assert _of("The next day") == TimePoint(kind="relative", days=1.0, anchor="previous_event")


@pytest.mark.parametrize("text", ["03/04/2015", "23 July", "2014-13-01", "30 February 2014"])
def test_unclear_dates_are_refused(text: str) -> None:
    assert isinstance(_of(text), Unresolved)
