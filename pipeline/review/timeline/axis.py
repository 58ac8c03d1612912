"""The axis of days."""

from collections.abc import Sequence
from dataclasses import dataclass

_MOST_TICKS = 9
_WEEK, _MONTH, _YEAR = 7.0, 30.4375, 365.25
_STEPS = (1.0, 2.0, _WEEK, 2 * _WEEK, 4 * _WEEK, 3 * _MONTH, 6 * _MONTH, _YEAR, 2 * _YEAR, 5 * _YEAR, 10 * _YEAR)
_ROOM = 0.04
_SHORTEST = 2.0  # days: less is but the room around day 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line of the axis with its label."""

    x: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """From days to places."""

    first: float
    last: float
    left: float
    right: float

    def at(self, day: float) -> float:
        """The place of a day."""
        share = (day - self.first) / (self.last - self.first)
        return round(self.left + share * (self.right - self.left), 1)

    @property
    def ticks(self) -> list[Tick]:
        """Lines at round times."""
        span = self.last - self.first
        if span < _SHORTEST:
            return [Tick(x=self.at(0), label=_told(0, 1.0))]
        step = next((one for one in _STEPS if span / one <= _MOST_TICKS), span / _MOST_TICKS)
        number = int(self.first // step)
        found = []
        while number * step <= self.last:
            if number * step >= self.first:
                found.append(Tick(x=self.at(number * step), label=_told(number, step)))
            number += 1
        return found


def axis_of(days: Sequence[float], left: float, right: float) -> Axis:
    """An axis on which all of these days have room, and day 0."""
    first, last = min([0.0, *days]), max([0.0, *days])
    room = max((last - first) * _ROOM, 0.5)
    return Axis(first=first - room, last=last + 2 * room, left=left, right=right)


def _told(number: int, step: float) -> str:
    if number == 0:
        return "day 0"
    for unit, word in ((_YEAR, "y"), (_MONTH, "mo"), (_WEEK, "wk")):
        if step >= unit and abs(step / unit - round(step / unit)) < 1e-9:
            return f"{number * round(step / unit)} {word}"
    return f"{number * step:g} d"
