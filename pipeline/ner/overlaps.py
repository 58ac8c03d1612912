"""Which of several mentions at one place stay."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from pipeline.datamodel import Mention
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.toml import read_toml

RULES = Path(__file__).with_name("overlaps.toml")
# Labels of one family exclude one another at one place; mentions of different families may overlap.
FAMILY: dict[MentionLabel, str] = {"DRUG": "therapy", "THERAPY": "therapy", "TOXICITY": "CONDITION"}


def resolve(mentions: Iterable[Mention]) -> list[Mention]:
    """The longest of each family at each place, in text order; of equal ones the more confident, then by rule."""
    ranked = sorted(mentions, key=lambda m: (m.start - m.end, -m.confidence, m.start, m.label, m.rule))
    families: dict[str, list[Mention]] = {}
    for mention in ranked:
        kept = families.setdefault(FAMILY.get(mention.label, mention.label), [])
        index = free_place(kept, mention.start, mention.end)
        if index is not None:
            kept.insert(index, mention)
    found = [m for kept in families.values() for m in kept if not _swallowed(m, families)]
    return sorted(found, key=lambda m: (m.start, m.end, m.label))


def free_place(mentions: list[Mention], start: int, end: int) -> int | None:
    """Where a span belongs among mentions in text order, none over another; None where one of them overlaps it."""
    index = _first_ending_after(mentions, start)
    return index if index == len(mentions) or mentions[index].start >= end else None


def _first_ending_after(mentions: list[Mention], start: int) -> int:
    return bisect_left(mentions, start + 1, key=lambda m: m.end)


@lru_cache(maxsize=1)
def _rules() -> tuple[dict[str, list[str]], dict[str, re.Pattern[str]]]:
    table = read_toml(RULES)
    return table["swallowed"], {label: re.compile(regex) for label, regex in table["drug_inside"].items()}


def _swallowed(mention: Mention, families: dict[str, list[Mention]]) -> bool:
    swallowed, spared = _rules()
    for label in swallowed.get(mention.label, ()):
        kept = families.get(FAMILY.get(label, label), [])  # type: ignore[call-overload]
        index = _first_ending_after(kept, mention.start)
        if index == len(kept):
            continue
        other = kept[index]
        inside = other.label == label and other.covers(mention) and len(other.text) > len(mention.text)
        if inside and not (mention.label == "DRUG" and spared[label].search(other.text)):
            return True
    return False
