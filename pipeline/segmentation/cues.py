"""Patterns and their weights, read from the TOML files beside this module."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.toml import read_toml


@cache
def rules(name: str) -> dict[str, Any]:
    """The table of ``<name>.toml``."""
    return read_toml(Path(__file__).with_name(f"{name}.toml"))


@cache
def _narration() -> tuple[tuple[float, bool, re.Pattern[str]], ...]:
    groups: dict[tuple[float, bool], list[str]] = {}
    for cue in rules("narration")["cue"]:
        groups.setdefault((cue["weight"], cue.get("person", False)), []).append(cue["pattern"])
    return tuple((weight, person, re.compile("|".join(found))) for (weight, person), found in groups.items())


@dataclass(frozen=True, slots=True)
class Telling:
    """How a sentence sounds: ``score`` above zero for one patient's story, below for knowledge at large."""

    score: float
    person: bool  # it points at one person: an age, "our patient", "Patient 2"


def narration(text: str, cited: bool) -> Telling:
    """How a sentence sounds.

    Args:
        text: the sentence.
        cited: it carries a reference mark.
    """
    counts = [(weight, person, len(pattern.findall(text))) for weight, person, pattern in _narration()]
    score = sum(weight * min(count, 2) for weight, _, count in counts)
    if cited:
        score += rules("narration")["citation"]["weight"]
    return Telling(score, any(person and count for _, person, count in counts))
