"""One set of mentions out of the rules' and the trained reader's.

Annotators differ in what they mark: those of adverse event sentences the whole effect phrase, those of
abstracts every chemical, those of reports the medication given. The reader has learned each style by itself;
the kind of text decides whose marks count. All numbers are in ``agreement.toml``.
"""

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.datamodel import Mention
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.ner.model_reader import Reading
from pipeline.ner.overlaps import FAMILY
from pipeline.toml import read_toml

RULES = Path(__file__).with_suffix(".toml")
KINDS = ("lone", "abstract", "report")
_NEAR = 8  # of the rules' mentions after one that ends behind a start, how many can overlap it


@dataclass(frozen=True, slots=True, kw_only=True)
class TextKind:
    """How much a text is a lone sentence, an abstract, a report: three weights that sum to 1."""

    lone: float
    abstract: float
    report: float

    @property
    def name(self) -> str:
        """The kind that weighs most."""
        return max(KINDS, key=lambda kind: (getattr(self, kind), kind))


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return read_toml(RULES)


def kind_of(n_sentences: int, n_words: int, mentions: Sequence[Mention]) -> TextKind:
    """What kind of text it is, by its length and by what the rules found in it."""
    if n_sentences <= _rules()["lone"]["sentences"]:
        return TextKind(lone=1.0, abstract=0.0, report=0.0)
    weights = _rules()["report"]
    labels = [mention.label for mention in mentions]
    drugs = 100 * labels.count("DRUG") / max(n_words, 1)
    total = weights["constant"] + weights["log2_words"] * math.log2(max(n_words, 1))
    total += weights["drugs_a_hundred_words"] * drugs + weights["has_age"] * ("AGE" in labels)
    report = 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))
    return TextKind(lone=0.0, abstract=1 - report, report=report)


def styles_for(kind: TextKind) -> dict[str, frozenset[str]]:
    """The styles that count in such a text, and which of their labels."""
    found: dict[str, set[str]] = {}
    for label, styles in _rules()["styles"].items():
        for name, style in styles.items():
            if getattr(kind, name) >= _rules()["report"]["least_weight"]:
                found.setdefault(style, set()).add(label)
    return {style: frozenset(labels) for style, labels in found.items()}


def agree(ruled: Sequence[Mention], readings: Sequence[Reading], kind: TextKind) -> list[Mention]:
    """The mentions of both readers as one set; the order is not kept.

    Args:
        ruled: what the rules found.
        readings: what the trained reader marked, all styles. One with no style is added where the rules have nothing.
        kind: of the text.
    """
    if not readings:
        return list(ruled)
    told = _weighed([reading for reading in readings if reading.style], kind)
    told += [reading.mention for reading in readings if not reading.style]
    modes = _rules()["modes"][kind.name] if any(reading.style for reading in readings) else {}
    families: dict[str, _Family] = {}
    for mention in ruled:
        families.setdefault(_family(mention), _Family()).mentions.append(mention)
    for mention in told:
        families.setdefault(_family(mention), _Family()).told.append(mention)
    return [mention for family in families.values() for mention in _joined(family, modes)]


@dataclass(frozen=True, slots=True)
class _Family:
    """The mentions that exclude one another at one place."""

    mentions: list[Mention] = field(default_factory=list)
    told: list[Mention] = field(default_factory=list)


def _weighed(readings: Sequence[Reading], kind: TextKind) -> list[Mention]:
    """The reader's mentions that its styles together hold likely; of those that overlap in a family, the likeliest."""
    styles, thresholds = _rules()["styles"], _rules()["threshold"]
    weights = {
        (label, style): sum(getattr(kind, k) for k, name in heeded.items() if name == style)
        for label, heeded in styles.items()
        for style in heeded.values()
    }
    sums: dict[tuple[int, int, MentionLabel], float] = {}
    firsts: dict[tuple[int, int, MentionLabel], Mention] = {}
    for reading in readings:
        mention = reading.mention
        weight = weights.get((mention.label, reading.style), 0.0)
        if weight:
            place = mention.start, mention.end, mention.label
            sums[place] = sums.get(place, 0.0) + weight * mention.confidence
            firsts.setdefault(place, mention)
    taken: dict[str, list[Mention]] = {}
    for place, total in sorted(sums.items(), key=lambda each: (-each[1], each[0])):
        mention = firsts[place]
        if total < thresholds.get(mention.label, thresholds["other"]):
            continue
        kept = taken.setdefault(_family(mention), [])
        index = bisect_left(kept, mention.start + 1, key=lambda m: m.end)
        if index == len(kept) or kept[index].start >= mention.end:
            sure = min(round(total, 3), 1.0)
            kept.insert(index, mention if sure == mention.confidence else replace(mention, confidence=sure))
    return [mention for kept in taken.values() for mention in kept]


def _joined(family: _Family, modes: Mapping[str, str]) -> list[Mention]:
    """What stays of one family; the reader's mentions do not overlap one another."""
    ruled = sorted(family.mentions, key=lambda m: (m.start, m.end))
    replaced = {label for label, mode in modes.items() if mode in ("replace", "check")}
    stays = [mention.label not in replaced for mention in ruled]
    new: list[Mention] = []
    first = 0
    for mention in sorted(family.told, key=lambda m: m.start):
        while first < len(ruled) and ruled[first].end <= mention.start:
            first += 1
        rivals = [i for i in range(first, min(first + _NEAR, len(ruled))) if ruled[i].overlaps(mention)]
        same = [i for i in rivals if (ruled[i].start, ruled[i].end) == (mention.start, mention.end)]
        mode = modes.get(mention.label, "add")
        if same:
            new.append(_agreed(ruled[same[0]], mention))
        elif not rivals:
            if mode != "check":
                new.append(mention)
        elif mode == "add":
            continue
        else:
            new.append(_rebounded(mention, [ruled[i] for i in rivals]))
        for i in rivals:
            stays[i] = False
    return [mention for mention, stay in zip(ruled, stays, strict=True) if stay] + new


def _agreed(mention: Mention, other: Mention) -> Mention:
    """The rules' mention under the reader's label, surer than either."""
    doubt = (1 - mention.confidence) * _rules()["confidence"]["agreed"]
    rule = f"{mention.rule}+{other.rule}"
    return replace(mention, label=other.label, rule=rule, confidence=round(1 - doubt, 3))


def _rebounded(mention: Mention, rivals: Sequence[Mention]) -> Mention:
    """The reader's words; a drug means what the lexicon's name inside of it means."""
    inside = [m for m in rivals if m.label == mention.label == "DRUG"]
    return replace(mention, entry=inside[0].entry or inside[0].text) if inside else mention


def _family(mention: Mention) -> str:
    return FAMILY.get(mention.label, mention.label)
