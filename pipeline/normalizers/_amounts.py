"""Reading amounts as papers print them: thousands, odd spaces, raised dots, words, ranges and comparators."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from pipeline.datamodel.vocabulary import Comparator
from pipeline.toml import read_toml

_SPACES = re.compile(r"[\s\u200b\u2060\u00ad]+")
_RAISED_DOT = re.compile(r"(?<=\d)[·‧∙•⋅](?=\d)|^[·‧∙•⋅](?=\d)")
_THIN_THOUSANDS = re.compile(r"(?<=\d)[\u2009\u202f\u00a0\u200a\u2005](?=\d{3}(?!\d))")
_DASHES = re.compile(r"[‐‑‒–—−∼~]")
_FIGURE = re.compile(r"\d{1,3}(?:[,'’ ]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d+)?|\.\d+")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[,'’ ]\d{3})+(?:\.\d+)?")
_LINK = re.compile(r" ?(?:-|\bup to\b|\bto\b|\band\b|\bor\b|±|\+/-) ?$", re.IGNORECASE)
_LEAD = re.compile(r"^(?:from|between|about|approximately) ", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number or range with what follows it, before the unit is understood. Of ``7.4 ± 3.5`` it is the 7.4."""

    low: float
    high: float
    comparator: Comparator | None = None
    unit: str = ""


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, Any]]:
    return read_toml(Path(__file__).with_name("_amounts.toml"))


@lru_cache(maxsize=1)
def _word_pattern() -> re.Pattern[str]:
    words: dict[str, float] = _table()["words"]
    every = "|".join(sorted(words, key=len, reverse=True))
    tens = "|".join(word for word, value in words.items() if 20 <= value < 100)
    return re.compile(rf"\b(?:(?:{tens})[ -](?:{every})|{every})\b", re.IGNORECASE)


def plain(text: str) -> str:
    """One kind of space, dash and decimal point; thin spaces between thousands become commas."""
    text = _THIN_THOUSANDS.sub(",", text)
    return _DASHES.sub("-", _RAISED_DOT.sub(".", _SPACES.sub(" ", text))).strip()


def number(figure: str) -> float | None:
    """A figure or number word as a number; None where a comma can be read in two ways or the word is unknown.

    ``1,500`` is fifteen hundred and ``1,5`` one and a half; ``0,500`` is a half; ``1,2345`` is refused.
    """
    figure = figure.strip()
    if _GROUPED.fullmatch(figure):
        return float(re.sub(r"[,'’ ]", "", figure))
    if re.fullmatch(r"\d+,\d{1,2}|0,\d+", figure):
        return float(figure.replace(",", "."))
    if re.fullmatch(r"\d+(?:\.\d+)?|\.\d+", figure):
        return float(figure)
    return _worded(figure.lower())


def _worded(phrase: str) -> float | None:
    words: dict[str, float] = _table()["words"]
    parts = re.split(r"[- ]", phrase)
    if len(parts) > 2 or not all(part in words for part in parts):
        return None
    if len(parts) == 2 and not words[parts[0]] >= 20 > 10 > words[parts[1]]:
        return None
    return float(sum(words[part] for part in parts))


def comparator(text: str) -> tuple[Comparator | None, str]:
    """The comparator at the beginning of a plain text, and the rest."""
    lowered = text.lower()
    for phrase, sign in _table()["comparators"].items():
        if lowered.startswith(phrase):
            rest = text[len(phrase) :].strip()
            if rest.startswith("=") and sign in ("<", ">"):
                sign, rest = f"{sign}=", rest[1:].strip()
            return cast(Comparator, sign), rest
    return None, text


def figures(text: str) -> list[tuple[int, int, float | None]]:
    """Start, end and value of each figure and number word of a plain text, in order; halves are added to theirs."""
    found = [(m.start(), m.end(), number(m[0])) for m in _FIGURE.finditer(text)]
    found += [(m.start(), m.end(), number(m[0])) for m in _word_pattern().finditer(text)]
    joined: list[tuple[int, int, float | None]] = []
    for start, end, value in sorted(found, key=lambda figure: figure[:2]):
        if joined and start < joined[-1][1]:
            continue
        for form, part in _table()["fractions"].items():
            half = re.match(rf"[ -]?{re.escape(form)}", text[end:])
            if half and value is not None:
                end, value = end + half.end(), value + part
                break
        joined.append((start, end, value))
    return joined


def amount(text: str) -> Amount | None:
    """A plain text as number or range and what follows; None where it begins with no number or a figure is unclear.

    A unit between the two numbers of a range must be the one behind them (``50% to 90%``).
    """
    sign, rest = comparator(text)
    rest = _LEAD.sub("", rest)
    found = figures(rest)
    start, end, low = found[0] if found else (0, 0, None)
    if low is None or start != 0:
        return None
    for start, stop, high in found[1:]:
        link = _LINK.search(rest[end:start])
        if not link:
            continue
        between, unit = rest[end:start][: link.start()].strip(" -"), rest[stop:].strip(" -")
        if between and not unit.lower().startswith(between.lower()):
            continue
        if link[0].strip() in ("±", "+/-"):
            return Amount(low=low, high=low, comparator=sign, unit=unit)
        return Amount(low=low, high=high, comparator=sign, unit=unit) if high is not None and low <= high else None
    return Amount(low=low, high=low, comparator=sign, unit=rest[end:].strip(" -"))
