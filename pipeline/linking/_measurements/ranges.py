"""Stated ranges: the reference interval that a text or table prints beside a value, and how the value lies to it."""

import re
from dataclasses import dataclass

from pipeline import units
from pipeline.datamodel.vocabulary import Abnormal

_NUMBER = r"\d+(?:,\d{3})*(?:[.·]\d+)?"
_BETWEEN = rf"(?P<low>{_NUMBER})\s*(?:[-–—−~]|to)\s*(?P<high>{_NUMBER})"
_BOUND = rf"(?P<sign>[<>≤≥]=?)\s*(?P<bound>{_NUMBER})"
_NAMED = (
    r"(?:\b(?:normal|reference|ref|normals?|NR|RR|N)\b\.?\s*(?:range|values?|interval|limits?|level)?s?\s*[:,=]?"
    r"(?:\s(?:for|in)?\s?(?:an?\s)?(?:adult\s)?(?:males?|females?|men|women|adults?|children|age))?"
    r"\s*(?:is|are|of|from|between|up to|[:,=])?\s*)"
)
# After a value a range stands in brackets, with or without its name; in a table's head with its unit.
_IN_BRACKETS = re.compile(rf"[(\[]\s*{_NAMED}?(?:{_BETWEEN}|{_BOUND})[^()\[\]\d]{{0,25}}[)\]]", re.I)
_AFTER_NAME = re.compile(rf"{_NAMED}(?:{_BETWEEN}|{_BOUND})", re.I)
_PLAIN = re.compile(rf"\s*(?:{_BETWEEN}|{_BOUND})\D*")
_FIGURES = re.compile(rf"[<>≤≥]?=?\s*{_NUMBER}(?:\s*[-–—−~/]\s*{_NUMBER})?\s*(?=[a-zA-Zµμ%])")
_ONLY_RANGE = re.compile(rf"[(\[]\s*[<>≤≥]?=?\s*{_NUMBER}(?:\s*[-–—−~]\s*{_NUMBER})?\s*[)\]]")
# Inside the bracket behind the figures, or behind the bracket: the unit that value and range share.
_UNIT_INSIDE = re.compile(r"^\s*(?P<unit>[a-zA-Zµμ%/×\d^*·³⁹ ]{1,20}?)\s*[)\]]")
_UNIT_BEHIND = re.compile(r"^[^()\[\]]{0,20}[)\]]\s*(?P<unit>(?:[a-zA-Zµμ%]+(?:/[a-zA-Zµμ\d³.]+)*|[×x]\s?10\S+))")
_REACH = 12  # characters between a value and the bracket that gives its range


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A reference interval; an open end is infinite."""

    low: float
    high: float

    def judge(self, value: float) -> Abnormal:
        """How ``value`` (in the range's own unit) lies to the range."""
        if value < self.low:
            return "low"
        return "high" if value > self.high else "normal"


def range_after(words: str) -> Range | None:
    """The range that the words just behind a value give it, in brackets or by name."""
    found = _IN_BRACKETS.search(words) or _AFTER_NAME.search(words)
    return _range(found) if found and found.start() <= _REACH else None


def unit_beside_range(words: str) -> str:
    """UCUM code of the unit that only the range behind a value has (``85 (0–40 U/L)``, ``85 (0–40) U/L``)."""
    found = _IN_BRACKETS.search(words)
    if found is None or found.start() > _REACH:
        return ""
    figures = found.end("high") if found["low"] else found.end("bound")
    written = (pattern.search(words[figures:]) for pattern in (_UNIT_INSIDE, _UNIT_BEHIND))
    return next((code for unit in written if unit and (code := units.ucum(unit["unit"]))), "")


def range_in(head: str) -> Range | None:
    """The range that a table's row label or header gives, in brackets or by name."""
    return _range(_IN_BRACKETS.search(head) or _AFTER_NAME.search(head))


def plain_range(cell: str) -> Range | None:
    """The range that fills a cell of a column of reference values."""
    return _range(_PLAIN.fullmatch(cell))


def without_ranges(head: str) -> str:
    """The head without its figures, so that what is left in its brackets is the unit."""
    return _FIGURES.sub("", _ONLY_RANGE.sub("", head))


def _range(found: "re.Match[str] | None") -> Range | None:
    if found is None:
        return None
    if found["low"]:
        low, high = _number(found["low"]), _number(found["high"])
        return Range(low=low, high=high) if low < high else None
    bound = _number(found["bound"])
    return Range(low=0, high=bound) if found["sign"][0] in "<≤" else Range(low=bound, high=float("inf"))


def _number(text: str) -> float:
    return float(text.replace(",", "").replace("·", "."))
