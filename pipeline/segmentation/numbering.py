"""Numbers of patients: the patterns of ``patients.toml`` and what the words of a label mean."""

import re
from functools import cache

from pipeline.expressions import Expression, compile_all
from pipeline.segmentation.cues import rules


@cache
def patterns(name: str) -> tuple[Expression, ...]:
    """The patterns of one group of ``patients.toml``."""
    return tuple(_expressions()[rule["pattern"]] for rule in rules("patients")[name])


@cache
def _expressions() -> dict[str, Expression]:
    """Of all groups at once: one file of the cache holds them."""
    groups = (told for told in rules("patients").values() if isinstance(told, list))
    return compile_all("patients", {rule["pattern"]: rule["pattern"] for group in groups for rule in group})


def number_of(word: str) -> int:
    """The number that a label's word means; 0 where it means none."""
    folded = word.casefold()
    return int(folded) if folded.isdigit() else int(rules("patients")["numbers"].get(folded, 0))


def matches(name: str, words: str) -> re.Match[str] | None:
    """The first place in ``words`` where a pattern of the group stands, or None."""
    return next((found for pattern in patterns(name) if (found := pattern.search(words))), None)
