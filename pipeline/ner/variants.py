"""Spans to be weighed beside those that the readers propose (``variants.toml``)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.toml import read_toml

RULES = Path(__file__).with_suffix(".toml")
Place = tuple[int, int]
_WORD_BEHIND = re.compile(r"[ -](\w+)")
_WORD_BEFORE = re.compile(r"(\w+)[ -]$")
_WORDS = re.compile(r"[^\s-]+")
_REACH = 25  # characters; no such word is longer


@dataclass(frozen=True, slots=True)
class _Rules:
    behind: frozenset[str]
    before: frozenset[str]
    general: re.Pattern[str]


@lru_cache(maxsize=1)
def _rules() -> dict[tuple[str, str], _Rules]:
    return {
        (style, label): _Rules(frozenset(told["behind"]), frozenset(told["before"]), re.compile(told["general"]))
        for style, labels in read_toml(RULES).items()
        for label, told in labels.items()
    }


def variants(text: str, places: Iterable[Place], style: str, label: str) -> set[Place]:
    """The places, those with a word more or less, and general words, where the style's annotators may mark these."""
    found = set(places)
    rules = _rules().get((style, label))
    if rules:
        found.update([other for start, end in found for other in _reshaped(text, start, end, rules)])
        found.update(match.span() for match in rules.general.finditer(text))
    return found


def _reshaped(text: str, start: int, end: int, rules: _Rules) -> Iterator[Place]:
    longer = _behind(text, end, rules)
    if longer:
        yield start, longer
        longest = _behind(text, longer, rules)
        if longest:
            yield start, longest
    before = _WORD_BEFORE.search(text[max(start - _REACH, 0) : start])
    if before and before[1].lower() in rules.before:
        yield start - len(before[0]), end
    words = [(start + m.start(), start + m.end()) for m in _WORDS.finditer(text[start:end])]
    if len(words) > 1:
        if text[slice(*words[-1])].lower() in rules.behind:
            yield start, words[-2][1]
        if text[slice(*words[0])].lower() in rules.before:
            yield words[1][0], end


def _behind(text: str, end: int, rules: _Rules) -> int:
    """Where a word that may go with what ends at ``end`` ends; 0 where there is none."""
    match = _WORD_BEHIND.match(text, end, end + _REACH)
    return match.end() if match and match[1].lower() in rules.behind else 0
