"""One set of mentions out of the rules' and the trained reader's.

Annotators differ in what they mark: those of adverse event sentences the whole effect phrase, those of
abstracts every chemical, those of reports the medication given. The reader has learned each style by itself;
the kind of text decides whose marks count. All numbers are in ``agreement.toml``.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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


def styles_for(kind: TextKind) -> frozenset[str]:
    """The styles that count in such a text."""
    table = _rules()["styles"].values()
    return frozenset(styles[k] for styles in table for k in KINDS if k in styles and getattr(kind, k) > 0.02)


def agree(ruled: Sequence[Mention], readings: Sequence[Reading], kind: TextKind) -> list[Mention]:
    """The mentions of both readers as one set; the order is not kept.

    Args:
        ruled: what the rules found.
        readings: what the trained reader marked, all styles. One with no style is added where the rules have nothing.
        kind: of the text.
    """
    modes = _rules()["modes"][kind.name]
    told = _weighed(readings, kind)
    mentions = list(ruled)
    for label, mode in modes.items() if any(reading.style for reading in readings) else ():
        mentions = _joined(mentions, [m for m in told if m.label == label], (label, mode))
    return _joined(mentions, [reading.mention for reading in readings if not reading.style], ("", "add"))


def _weighed(readings: Sequence[Reading], kind: TextKind) -> list[Mention]:
    """The reader's mentions that its styles together hold likely; of those that overlap in a family, the likeliest."""
    styles, thresholds = _rules()["styles"], _rules()["threshold"]
    sums: dict[tuple[int, int, MentionLabel], float] = {}
    firsts: dict[tuple[int, int, MentionLabel], Mention] = {}
    for reading in readings:
        mention = reading.mention
        heeded: Mapping[str, str] = styles.get(mention.label, {})
        weight = sum(getattr(kind, k) for k, style in heeded.items() if style == reading.style)
        if weight:
            place = mention.start, mention.end, mention.label
            sums[place] = sums.get(place, 0.0) + weight * mention.confidence
            firsts.setdefault(place, mention)
    kept: list[Mention] = []
    for place, total in sorted(sums.items(), key=lambda each: (-each[1], each[0])):
        mention = firsts[place]
        if total >= thresholds.get(mention.label, thresholds["other"]) and not any(_rivals(mention, m) for m in kept):
            kept.append(replace(mention, confidence=round(min(total, 1.0), 3)))
    return kept


def _joined(ruled: list[Mention], told: list[Mention], how: tuple[str, str]) -> list[Mention]:
    label, mode = how
    new: list[Mention] = []
    beaten: set[int] = set()
    for mention in told:
        rivals = [i for i, m in enumerate(ruled) if _rivals(mention, m)]
        same = [i for i in rivals if _place(ruled[i]) == _place(mention)]
        if same:
            new.append(_agreed(ruled[same[0]], mention))
            beaten.update(rivals)
        elif not rivals:
            new.append(mention)
        elif mode != "add":
            new.append(_rebounded(mention, [ruled[i] for i in rivals]))
            beaten.update(rivals)
    gone = {i for i, m in enumerate(ruled) if mode == "replace" and m.label == label}
    return [m for i, m in enumerate(ruled) if i not in beaten | gone] + new


def _agreed(mention: Mention, other: Mention) -> Mention:
    """The rules' mention under the reader's label, surer than either."""
    doubt = (1 - mention.confidence) * _rules()["confidence"]["agreed"]
    return replace(mention, label=other.label, confidence=round(1 - doubt, 3))


def _rebounded(mention: Mention, rivals: Sequence[Mention]) -> Mention:
    """The reader's words; a drug means what the lexicon's name inside of it means."""
    inside = [m for m in rivals if m.label == mention.label == "DRUG"]
    return replace(mention, entry=inside[0].entry or inside[0].text) if inside else mention


def _rivals(mention: Mention, other: Mention) -> bool:
    return mention.overlaps(other) and _family(mention) == _family(other)


def _family(mention: Mention) -> str:
    return FAMILY.get(mention.label, mention.label)


def _place(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end
