"""AGE mentions to years. Months, weeks and days become fractions of a year; a stage of life has no number."""

import re

from pipeline.datamodel import Mention
from pipeline.datamodel.values import AgeValue, Unresolved
from pipeline.normalizers._numbers import number

LABELS = ("AGE",)

_UNIT = re.compile(r"(?<![a-z])(years?|yrs?|y|months?|mos?|weeks?|wks?|days?)(?:old)?\b")
_PART = re.compile(r"(?P<n>\d+(?:\.\d+)?|[a-z]+)[-‐‑–—\s]*(?P<unit>years?|yrs?|months?|mos?|weeks?|wks?|days?)\b")
_RANGE = re.compile(r"\d-?\s?(?:-|–|to|and|or)\s?\d")
_PER_YEAR = {"y": 1.0, "m": 12.0, "w": 365.25 / 7, "d": 365.25}
_OLDEST = 120


def normalize(mention: Mention) -> AgeValue | Unresolved:
    """Age in years; a bare number (``aged 48``) is in years."""
    text = re.sub(r"\s+", " ", mention.text.lower())
    if _RANGE.search(text) or text.endswith("0s"):
        return Unresolved(reason=f"{mention.text!r} is a range of ages")
    parts = list(_PART.finditer(text))
    if len(parts) > 1:
        return _checked(sum(_years(number(part["n"]) or 0, part["unit"]) for part in parts))
    unit = _UNIT.search(text)
    count = number(text[: unit.start()].rstrip("-‐‑–— ") if unit else text)
    if count is None:
        return Unresolved(reason=f"{mention.text!r} states no age in numbers")
    return _checked(_years(count, unit[1] if unit else "y"))


def _years(count: float, unit: str) -> float:
    return count / _PER_YEAR[unit[0]]


def _checked(exact: float) -> AgeValue | Unresolved:
    years = round(exact, 4)
    if not 0 <= years <= _OLDEST:
        return Unresolved(reason=f"an age of {years:g} years is not possible")
    return AgeValue(years=years)
