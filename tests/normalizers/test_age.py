import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.values import AgeValue, Unresolved
from pipeline.normalizers.age import normalize


def _of(text: str) -> object:
    return normalize(Mention(start=0, end=len(text), label="AGE", text=text, rule="test"))


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("70-year-old", 70.0),
        ("70–year–old", 70.0),
        ("48", 48.0),
        ("50 years", 50.0),
        ("sixty-two-year-old", 62.0),
        ("5-month-old", 0.4167),
        ("8-week-old", 0.1533),
        ("4(1/2)-year-old", 4.5),
        ("2-year-and-6-month-old", 2.5),
        ("7 month-23-day old", 0.6463),
    ],
)
def test_years(text: str, years: float) -> None:
    assert _of(text) == AgeValue(years=years)


@pytest.mark.parametrize("text", ["elderly", "early 70s", "6- to 8-year-old", "150-year-old"])
def test_no_single_possible_age_is_refused(text: str) -> None:
    assert isinstance(_of(text), Unresolved)
