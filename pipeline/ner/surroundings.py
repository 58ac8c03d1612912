"""What a span's sentence says around it, as marks (``surroundings.toml``): given, measured or tested for."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.datamodel import Mention
from pipeline.toml import read_toml

RULES = Path(__file__).with_suffix(".toml")
_LAST_LETTERS = 3  # of drugs' names, which often tell their class


def heeded(label: str) -> bool:
    """Whether what is around counts where the label is weighed."""
    return label in _table()["heeded"]


def surroundings(text: str, start: int, end: int) -> Iterator[tuple[str, float]]:
    """``measured``, ``given before`` and such, and the span's last letters (``ends=nib``)."""
    first, last = _sentence(text, start, end)
    around = {"before": text[first:start], "behind": text[end:last]}
    marks = {mark for mark, where, pattern in _patterns() if pattern.search(around[where])}
    yield from ((mark, 1.0) for mark in sorted(marks))
    yield f"ends={text[start:end].lower()[-_LAST_LETTERS:]}", 1.0


def counts(mentions: Sequence[Mention], style: str) -> dict[str, float]:
    """How many mentions of a label the text has (``has DRUG``), for styles whose texts are single sentences."""
    rules = _table()["counted"]
    labels = rules.get(style, ())
    found = Counter(f"has {mention.label}" for mention in mentions if mention.label in labels) if labels else {}
    return {mark: float(min(count, rules["most"])) for mark, count in sorted(found.items())}


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """A rough one, which is enough: between line ends and full stops before a space."""
    first = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start)) + 1
    ends = (text.find(". ", end), text.find("\n", end))
    return first, min((place for place in ends if place >= 0), default=len(text))


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return read_toml(RULES)


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, str, re.Pattern[str]]]:
    return [(rule["mark"], rule["where"], re.compile(rule["pattern"])) for rule in _table()["rule"]]
