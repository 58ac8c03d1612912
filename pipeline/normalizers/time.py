"""TIME mentions to points in time: dates, offsets in days with their anchor, cycles, relative words.

Source: a month counts 30.4375 days and a year 365.25 (the output contract).
"""

import re
from functools import cache
from pathlib import Path
from typing import Any, cast

from pipeline.datamodel import Mention
from pipeline.datamodel.values import TimeAnchor, TimePoint, Unresolved
from pipeline.normalizers._numbers import number
from pipeline.toml import read_toml

LABELS = ("TIME",)

_ISO = re.compile(r"((?:19|20)\d\d)[-/](\d\d)[-/](\d\d)")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_NUMERIC = re.compile(r"(\d{1,2})[./](\d{1,2})[./]((?:19|20)\d\d)")
_DAY_OF_MONTH = re.compile(r"\b([12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?\b(?!\d)")
_MONTH = re.compile(
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_CYCLE = re.compile(r"\b(?:cycle|course|infusion|dose|injection|session|application)s?\b")
_UNIT = re.compile(r"\b(seconds?|minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|months?|mos?|years?|yrs?|y)\b")
_NUMBERED = re.compile(r"\b(day|week|month|year)s?\s\+?\s?(\d+(?:\.\d+)?)(?:\s?(?:-|–|to|and)\s?(\d+))?")
_LEAD = re.compile(
    r"^(?:(?:after|within|by|at|in|on|from|during|since|before|following|the|first|next|initial|approximately|about|around"
    r"|nearly|almost|some|only|more than|less than|over|~)\s+)+"
)
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
    month, year = _MONTH.search(text), _YEAR.search(text)
    if month:
        day = _DAY_OF_MONTH.search(_YEAR.sub("", text))
        if not year:
            return Unresolved(reason=f"the date {text!r} has no year")
        return _checked(year[1], _words()["months"][month[1][:3]], int(day[1]) if day else None)
    return TimePoint(kind="date", iso=year[1]) if year and not _UNIT.search(text) else None


def _day_first(numeric: re.Match[str]) -> TimePoint | Unresolved:
    first, second = int(numeric[1]), int(numeric[2])
    if first <= 12 and second <= 12 and first != second:
        return Unresolved(reason=f"{numeric[0]} can be day/month or month/day")
    month, day = (second, first) if first > 12 else (first, second)
    return _checked(numeric[3], month, day)


def _checked(year: str, month: int, day: int | None) -> TimePoint | Unresolved:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31):
        return Unresolved(reason=f"no such date: {year}-{month}-{day}")
    return TimePoint(kind="date", iso=f"{year}-{month:02d}" + (f"-{day:02d}" if day else ""))


def _cycle(text: str) -> TimePoint | None:
    named = _CYCLE.search(text)
    unit = _UNIT.search(text)
    if not named or (unit and unit.start() < named.start() and unit[1] not in ("second", "d")):
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
    rest = (
        _LEAD.sub("", text)
        if not re.match(r"(?:the )?first (?:day|week|month|year|hour)", text)
        else text.removeprefix("the ")
    )
    unit = _UNIT.search(rest, 1)
    if unit and unit[1] == "second":
        unit = _UNIT.search(rest, unit.end()) or unit
    if not unit:
        return None
    amounts = [
        number(part)
        for part in _TO.split(
            rest[: unit.start()].replace("post-operative", "").replace("postoperative", "").strip(" -")
        )
    ]
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
    units = cast("dict[str, float]", _words()["units"])
    return units[unit] if unit in units else units[unit.removesuffix("s")]


def _round(days: float) -> float:
    return round(days, 2)


@cache
def _words() -> dict[str, Any]:
    return read_toml(Path(__file__).with_suffix(".toml"))


@cache
def _anchors() -> tuple[tuple[TimeAnchor, re.Pattern[str]], ...]:
    return tuple((cast(TimeAnchor, rule["anchor"]), re.compile(rule["regex"])) for rule in _words()["anchor"])
