import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Period, Unresolved, Value
from pipeline.normalizers.duration import normalize


def _of(text: str, rule: str = "pattern:DURATION.for") -> Value:
    return normalize(Mention(start=0, end=len(text), label="DURATION", text=text, rule=rule))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("12 weeks", 84, 84),
        ("7-day", 7, 7),
        ("a month", 30.4375, 30.4375),
        ("3 months", 91.3125, 91.3125),
        ("two years", 730.5, 730.5),
        ("2 1/2 years", 913.125, 913.125),
        ("1.5 years", 547.875, 547.875),
        ("4-6 months", 121.75, 182.625),
        ("8 to 17 days", 8, 17),
        ("five consecutive days", 5, 5),
        ("8 weeks'", 56, 56),
        ("24 h", 1, 1),
        ("twenty-four hours", 1, 1),
        ("30 minutes", 30 / 1440, 30 / 1440),
    ],
)
def test_days(text: str, low: float, high: float) -> None:
    value = _of(text)
    assert isinstance(value, Period)
    assert (value.low, value.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize("text", ["several weeks", "a few days", "hours", "many years"])
def test_what_names_no_number_is_refused(text: str) -> None:
    assert isinstance(_of(text), Unresolved)


@pytest.mark.parametrize("rule", ["elapsed", "after"])
def test_the_time_until_an_event_is_no_length_of_treatment(rule: str) -> None:
    assert isinstance(_of("3 weeks", f"pattern:DURATION.{rule}"), Unresolved)
