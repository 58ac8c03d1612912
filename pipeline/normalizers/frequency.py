"""How often, as administrations a week, scheduled days and the length of a cycle."""

import re

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Frequency, Unresolved, Value
from pipeline.normalizers._amounts import figures, number, plain
from pipeline.normalizers._frequencies import abbreviated, in_words
from pipeline.normalizers._periods import days_in

LABELS = ("FREQUENCY",)
_WEEK = 7.0
_LONGEST_RUN = 60  # days; what is longer is a period of observation
_CYCLE = re.compile(
    r"[,; ]*(?:(?:of|in) )?(?:(?:every|each|an?|the|q) ?)?(?P<n>\d+) ?-? ?(?P<unit>days?|d|weeks?|wks?|wk)\b"
    r"(?: ?-? ?cycles?| per cycle)?\s*$"
)
_DAYS = re.compile(r"(?:on )?(?:days?|d)\.? ?(?P<list>\d[\d ,;&d-]*(?:(?:and|to|days?) ?[\d ,;&d-]+)*)")
_WEEKS = re.compile(
    r"(?:(?:at|on|in) )?(?:weeks? ?)?(?P<list>0(?: ?(?:,|and|&) ?(?:and )?(?:weeks? ?)?\d{1,2})+)(?: weeks)?"
)
_EVERY = re.compile(
    r"(?:every|each|q\.?)(?: |-)?(?P<n>other|alternate|second|third|fourth|[\w.,/]+?(?:(?: ?- ?| to | or )[\w.]+?)?)??"
    r"[ -]*(?P<unit>hours?|hrs?|h|days?|d|weeks?|wks?|wk|w|months?|mos?|mo|m|years?|yrs?|morning|evening|night)\.?"
)
_DIVIDED = re.compile(r"(?:in|divided into) (?P<n>[\w.]+) (?:equally )?(?:divided|daily|doses)")
_TIMES = re.compile(
    r"(?P<n>once|twice|thrice|.+?(?:[ -]*times| doses| sessions| infusions| injections|[ ]?[x×])) ?"
    r"(?:/|per|an?|each|every|in a)?[ -]*(?P<unit>[a-z]+)"
)
_HOURLY = re.compile(
    r"(?:(?P<n>.+?)[ -]*)?(?P<unit>hourly|hrly|daily|weekly|monthly|fortnightly|nightly|annually|yearly)"
)
_ORDINALS = {"other": 2.0, "alternate": 2.0, "second": 2.0, "third": 3.0, "fourth": 4.0}


def normalize(mention: Mention) -> Value:
    """``three times a week`` is 3 a week, ``q8h`` 21, ``every 3 weeks`` a third; ``biweekly`` is Unresolved."""
    if mention.rule == "pattern:FREQUENCY.taper_step":
        return _refused(mention, "is how often a dose was changed")
    text = plain(mention.text).lower().strip(" .")
    known = in_words(text) or abbreviated(text)
    if known is not None:
        return Frequency(per_week=known) if known > 0 else _refused(mention, "can be read in two ways")
    cycle = _CYCLE.search(text)
    length = float(cycle["n"]) * (days_in(cycle["unit"]) or 1.0) if cycle else None
    weeks = _WEEKS.fullmatch(text)
    if weeks:
        return Frequency(days=tuple(int(_WEEK) * int(week) for week in re.findall(r"\d+", weeks["list"])))
    days = _DAYS.match(text[: cycle.start()] if cycle else text)
    if days:
        return _scheduled(days["list"], length, mention)
    if cycle and "cycle" in text:
        return Frequency(cycle_length_days=length)
    per_week = _per_week(text)
    return Frequency(per_week=per_week) if per_week else _refused(mention, "does not tell a clear frequency")


def _refused(mention: Mention, why: str) -> Unresolved:
    return Unresolved(reason=f"{mention.text!r} {why}")


def _per_week(text: str) -> float | None:
    times = 1.0
    once = re.match(r"(once|twice|thrice|[\w-]+ times) (?=every|each)", text)
    if once:
        times = number(once[1].removesuffix(" times")) or 0.0
        text = text[once.end() :]
    divided = _DIVIDED.match(text)
    if divided:
        return _rate(_how_many(divided["n"]), 1.0, "day")
    every = _EVERY.fullmatch(text)
    if every:
        return _rate(times, _how_many(every["n"]), every["unit"])
    counted = _TIMES.fullmatch(text)
    if counted:
        return _rate(
            _how_many(re.sub(r"[ -]*(?:times|doses|sessions|infusions|injections|x|×)$", "", counted["n"])),
            1.0,
            counted["unit"],
        )
    adverb = _HOURLY.fullmatch(text)
    if not adverb:
        return None
    n = _how_many(adverb["n"])
    # "12 hourly" is every 12 hours, "three-weekly" every three weeks; but "once daily" and "twice weekly" count times.
    if adverb["n"] in ("once", "twice"):
        return _rate(n, 1.0, adverb["unit"])
    return _rate(1.0, n, adverb["unit"])


def _how_many(words: str | None) -> float | None:
    if not words:
        return 1.0
    found = figures(words)
    if words in _ORDINALS:
        return _ORDINALS[words]
    return found[0][2] if len(found) == 1 and found[0][:2] == (0, len(words)) else None


def _rate(times: float | None, every: float | None, unit: str) -> float | None:
    days = days_in(unit)
    if not times or not every or not days:
        return None
    return round(times * _WEEK / (every * days), 6)


def _scheduled(written: str, length: float | None, mention: Mention) -> Value:
    """``1, 3 and 5-7``: the days, with the cycle's length where it is told."""
    days: list[int] = []
    for piece in re.sub(r" ?to ?", "-", written).replace("and", ",").replace("&", ",").replace(";", ",").split(","):
        ends = [int(part) for part in re.findall(r"\d+", piece)]
        if not ends:
            continue
        if len(ends) > 2 or ends[-1] < ends[0] or ends[-1] - ends[0] > _LONGEST_RUN:
            return _refused(mention, "does not list days clearly")
        days += range(ends[0], ends[-1] + 1)
    return Frequency(days=tuple(days), cycle_length_days=length)
