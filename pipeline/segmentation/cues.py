"""Patterns and their weights, read from the TOML files beside this module."""

from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from pipeline.expressions import Expression, compile_all
from pipeline.toml import read_toml


@cache
def rules(name: str) -> dict[str, Any]:
    """The table of ``<name>.toml``."""
    return read_toml(Path(__file__).with_name(f"{name}.toml"))


@cache
def _narration() -> tuple[tuple[float, bool, Expression], ...]:
    groups: dict[tuple[float, bool], list[str]] = {}
    for cue in rules("narration")["cue"]:
        groups.setdefault((cue["weight"], cue.get("person", False)), []).append(cue["pattern"])
    compiled = compile_all("narration", {str(key): "|".join(found) for key, found in groups.items()})
    return tuple((weight, person, compiled[str((weight, person))]) for weight, person in groups)


@dataclass(frozen=True, slots=True)
class Telling:
    """How a sentence sounds: ``score`` above zero for one patient's story, below for knowledge at large."""

    score: float
    person: bool  # it points at one person: an age, "our patient", "Patient 2"


@lru_cache(maxsize=1024)  # the sections and the patients are told by the same sentences
def narration(text: str, cited: bool) -> Telling:
    """How a sentence sounds.

    Args:
        text: the sentence.
        cited: it carries a reference mark.
    """
    counts = [(weight, person, pattern.count(text)) for weight, person, pattern in _narration()]
    score = sum(weight * min(count, 2) for weight, _, count in counts)
    if cited:
        score += rules("narration")["citation"]["weight"]
    return Telling(score, any(person and count for _, person, count in counts))
