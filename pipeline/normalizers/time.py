"""TIME mentions to points in time: dates, offsets in days with their anchor, cycles, relative words.

Source: a month counts 30.4375 days and a year 365.25 (the output contract).
"""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

from pipeline.datamodel import Mention
from pipeline.datamodel.values import TimeAnchor, TimePoint, Unresolved
from pipeline.normalizers._numbers import number
from pipeline.normalizers._periods import days_in
from pipeline.toml import read_toml

LABELS = ("TIME",)

_ISO = re.compile(r"((?:19|20)\d\d)[-/](\d\d)[-/](\d\d)")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)")
_DAY_OF_MONTH = re.compile(r"\b([12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b(?!\d)")
_CYCLE = re.compile(r"\b(?:cycle|course|infusion|dose|injection|session|application)s?\b")
_UNIT = re.compile(r"\b(minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|months?|mos?|years?|yrs?|y)\b")
_NUMBERED = re.compile(r"\b(day|week|month|year)s?\s\+?\s?(\d+(?:\.\d+)?)(?:\s?(?:-|–|to|and)\s?(\d+))?")
_FIRST = re.compile(r"(?:the )?first (?:day|week|month|year|hour)")
_POSTOPERATIVE = re.compile(r"post-?operative")
_ASIDE = re.compile(r"\b(?:hospital|calendar) (?=days?\b)")
_TO = re.compile(r"(?<=\d)\s*[-–]\s*(?=\d)|\s+(?:to|or|and)\s+")
_BEFORE = re.compile(r"\b(?:ago|earlier|previously|before|prior|preceding|previous)\b")


def normalize(mention: Mention) -> TimePoint | Unresolved:
    """When ``mention`` is; an offset of a range is its middle, ``days`` negative before its anchor."""
    text = _ASIDE.sub("", re.sub(r"\s+", " ", mention.text.lower()))
    return _date(text) or _cycle(text) or _offset(text) or _relative(text)


def _date(text: str) -> TimePoint | Unresolved | None:
    iso = _ISO.search(text)
    if iso:
        return _checked(iso[1], int(iso[2]), int(iso[3]))
    numeric = _NUMERIC.search(text)
    if numeric:
        return _day_first(numeric)
    month, year = _month().search(text), _YEAR.search(text)
    if month:
        day = _DAY_OF_MONTH.search(_YEAR.sub("", text))
        if not year:
            return Unresolved(reason=f"the date {text!r} has no year")
        return _checked(year[1], _month_number(month[1]), int(day[1]) if day else None)
    return TimePoint(kind="date", iso=year[1]) if year and not _UNIT.search(text) else None


def _day_first(numeric: re.Match[str]) -> TimePoint | Unresolved:
    first, second = int(numeric[1]), int(numeric[2])
    if first <= 12 and second <= 12 and first != second:
        return Unresolved(reason=f"{numeric[0]} can be day/month or month/day")
    month, day = (second, first) if first > 12 else (first, second)
    return _checked(numeric[3], month, day)


def _checked(year: str, month: int, day: int | None) -> TimePoint | Unresolved:
    try:
        date(int(year), month, day or 1)
    except ValueError:
        return Unresolved(reason=f"there is no such date: {year}-{month:02d}-{day or 1:02d}")
    return TimePoint(kind="date", iso=f"{year}-{month:02d}" + (f"-{day:02d}" if day else ""))


def _cycle(text: str) -> TimePoint | None:
    named = _CYCLE.search(text)
    unit = _UNIT.search(text)
    if not named or (unit and unit.start() < named.start() and unit[1] != "d"):
        return None
    for word in re.findall(r"\d+(?:st|nd|rd|th)?|[a-z]+", text):
        count = number(word) if word not in ("a", "an") else None
        if count is not None and count == int(count):
            return TimePoint(kind="cycle", cycle=int(count), anchor="treatment_start")
    return TimePoint(kind="cycle", anchor=_anchor(text))


def _offset(text: str) -> TimePoint | None:
    numbered = _NUMBERED.search(text)
    if numbered:
        count = (float(numbered[2]) + float(numbered[3] or numbered[2])) / 2
        return TimePoint(kind="offset", days=_round(count * _unit_days(numbered[1])), anchor=_anchor(text))
    rest = text.removeprefix("the ") if _FIRST.match(text) else _leading().sub("", text)
    unit = _UNIT.search(rest, 1)
    if not unit:
        return None
    amounts = [number(part) for part in _TO.split(_POSTOPERATIVE.sub("", rest[: unit.start()]).strip(" -"))]
    known = [amount for amount in amounts if amount is not None]
    if not known or len(known) < len(amounts):
        return None
    days = sum(known) / len(known) * _unit_days(unit[1])
    anchor = _anchor(text)
    return TimePoint(kind="offset", days=_round(-days if _BEFORE.search(text) else days), anchor=anchor)


def _relative(text: str) -> TimePoint | Unresolved:
    if _UNIT.search(text) and re.search(r"\b(?:next|following)\b", text):
        unit = cast("re.Match[str]", _UNIT.search(text))
        return TimePoint(kind="relative", days=_unit_days(unit[1]), anchor="previous_event")
    if re.search(r"\bsame\b", text):
        return TimePoint(kind="relative", days=0.0, anchor="previous_event")
    return TimePoint(kind="relative", anchor="previous_event")


def _anchor(text: str) -> TimeAnchor:
    for anchor, regex in _anchors():
        if regex.search(text):
            return anchor
    return "unknown"


def _unit_days(unit: str) -> float:
    return days_in(unit) or 0.0


def _round(days: float) -> float:
    return round(days, 2)


@cache
def _words() -> dict[str, Any]:
    return read_toml(Path(__file__).with_suffix(".toml"))


def _month_number(word: str) -> int:
    months = cast("dict[str, int]", _words()["months"])
    return next(number for name, number in months.items() if name[:3] == word[:3])


@cache
def _leading() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _words()["leading"])
    return re.compile(rf"^(?:(?:{words})\s+)+")


@cache
def _month() -> re.Pattern[str]:
    """A month's name or its first letters (``sept`` too), but no other word that begins like one."""
    names = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _words()["months"])
    return re.compile(rf"\b({names}|sept)\b")


@cache
def _anchors() -> tuple[tuple[TimeAnchor, re.Pattern[str]], ...]:
    return tuple((cast(TimeAnchor, rule["anchor"]), re.compile(rule["regex"])) for rule in _words()["anchor"])
