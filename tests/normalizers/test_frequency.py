import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Frequency, Unresolved, Value
from pipeline.normalizers.frequency import normalize


def _of(text: str, rule: str = "test") -> Value:
    return normalize(Mention(start=0, end=len(text), label="FREQUENCY", text=text, rule=rule))


@pytest.mark.parametrize(
    ("text", "per_week"),
    [
        ("daily", 7),
        ("once daily", 7),
        ("Twice daily", 14),
        ("twice-daily", 14),
        ("three times weekly", 3),
        ("3 times a week", 3),
        ("three times a week", 3),
        ("4 times/day", 28),
        ("6 times a day", 42),
        ("2x/day", 14),
        ("twice per week", 2),
        ("once a month", 0.229979),
        ("monthly", 0.229979),
        ("weekly", 1),
        ("three-weekly", 0.333333),
        ("every 3 weeks", 0.333333),
        ("every three weeks", 0.333333),
        ("every 21 days", 0.333333),
        ("once every two weeks", 0.5),
        ("every other day", 3.5),
        ("on alternate days", 3.5),
        ("every second week", 0.5),
        ("every 8 h", 21),
        ("every six hours", 28),
        ("every day", 7),
        ("every night", 7),
        ("each morning", 7),
        ("12 hourly", 14),
        ("6hrly", 28),
        ("alternate days", 3.5),
        ("q8h", 21),
        ("q 12 h", 14),
        ("q3wk", 0.333333),
        ("q2w", 0.5),
        ("t.i.d.", 21),
        ("b.i.d", 14),
        ("BID", 14),
        ("qd", 7),
        ("q.o.d.", 3.5),
        ("tiw", 3),
        ("at night", 7),
        ("fortnightly", 0.5),
        ("in two divided doses", 14),
        ("three sessions a week", 3),
    ],
)
def test_per_week(text: str, per_week: float) -> None:
    assert _of(text) == Frequency(per_week=per_week)


@pytest.mark.parametrize(
    ("text", "days", "length"),
    [
        ("on days 1, 3, 5, 29, 31 and 33", (1, 3, 5, 29, 31, 33), None),
        ("on days 1-4 every 28 days", (1, 2, 3, 4), 28),
        ("days 1–3; 21 days per cycle", (1, 2, 3), 21),
        ("d1-3 q21d", (1, 2, 3), 21),
        ("days 1, 8, and 15 of a 28-day cycle", (1, 8, 15), 28),
        ("on days 1 and 8 every 3 weeks", (1, 8), 21),
        ("at weeks 0, 2 and 6", (0, 14, 42), None),
        ("weeks 0, 2, and 6", (0, 14, 42), None),
        ("weeks 0 and 4", (0, 28), None),
        ("in 0 and 4 weeks", (0, 28), None),
        ("d1", (1,), None),
    ],
)
def test_scheduled_days(text: str, days: tuple[int, ...], length: float | None) -> None:
    assert _of(text) == Frequency(days=days, cycle_length_days=length)


def test_a_cycle_alone_has_its_length() -> None:
    assert _of("in 21-day cycles") == Frequency(cycle_length_days=21)


@pytest.mark.parametrize("text", ["biweekly", "every 8 to 12 hours", "2-3 times per week", "often", "every few days"])
def test_what_can_be_read_in_two_ways_is_refused(text: str) -> None:
    assert isinstance(_of(text), Unresolved)


def test_the_pace_of_a_taper_is_no_frequency() -> None:
    assert isinstance(_of("every 3 days", "pattern:FREQUENCY.taper_step"), Unresolved)
