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


@dataclass(frozen=True, slots=True)
class _Group:
    """Cues of one weight: each by itself, and all of them as one expression, which counts no place twice."""

    weight: float
    person: bool
    cues: tuple[Expression, ...]
    together: Expression

    def count(self, text: str) -> int:
        """How often they stand in ``text``, not counted beyond two."""
        possible = [cue for cue in self.cues if cue.possible(text)]
        if not possible:
            return 0
        return (possible[0] if len(possible) == 1 else self.together).count(text, most=2)


@cache
def _narration() -> tuple[_Group, ...]:
    groups: dict[tuple[float, bool], list[str]] = {}
    for cue in rules("narration")["cue"]:
        groups.setdefault((cue["weight"], cue.get("person", False)), []).append(cue["pattern"])
    written = {pattern: pattern for found in groups.values() for pattern in found}
    compiled = compile_all("narration", written | {"|".join(found): "|".join(found) for found in groups.values()})
    return tuple(
        _Group(weight, person, tuple(compiled[pattern] for pattern in found), compiled["|".join(found)])
        for (weight, person), found in groups.items()
    )


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
    counts = [(group, group.count(text)) for group in _narration()]
    score = sum(group.weight * count for group, count in counts)
    if cited:
        score += rules("narration")["citation"]["weight"]
    return Telling(score, any(group.person and count for group, count in counts))
