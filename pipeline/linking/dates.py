"""Dates told without their year (``on 23 June``): the year is that of the date told last before them."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.datamodel import Mention
from pipeline.datamodel.values import TimePoint, Unresolved

_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name}
_DAY_MONTH = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>[a-z]{3,9})\.?|(?P<m>[a-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?",
    re.I,
)
_HALF_YEAR = 6  # a month that lies so far back belongs to the next year


def with_years(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions, in text order, each year-less date dated by the last full one before it."""
    found: list[Mention] = []
    last: tuple[int, int] | None = None
    for mention in mentions:
        if mention.label == "TIME":
            mention = _dated(mention, last)
            last = _year_and_month(mention) or last
        found.append(mention)
    return tuple(found)


def _year_and_month(mention: Mention) -> tuple[int, int] | None:
    if not isinstance(mention.value, TimePoint) or mention.value.kind != "date":
        return None
    parts = mention.value.iso.split("-")
    return (int(parts[0]), int(parts[1])) if len(parts) > 1 else None


def _dated(mention: Mention, last: tuple[int, int] | None) -> Mention:
    told = _DAY_MONTH.search(mention.text)
    if last is None or told is None or not isinstance(mention.value, Unresolved):
        return mention
    month = _MONTHS.get((told["month"] or told["m"]).casefold())
    if month is None:
        return mention
    year = last[0] + (1 if last[1] - month > _HALF_YEAR else 0)
    try:
        iso = date(year, month, int(told["day"] or told["d"])).isoformat()
    except ValueError:
        return mention
    return replace(mention, value=TimePoint(kind="date", iso=iso))
