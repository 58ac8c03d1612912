"""What both readers propose for a label at each place, and the marks that tell how likely it is right.

A mark says how a mention of the rules or of the reader lies to the span (``same``; ``within``: the span lies in
it; ``holds``: it lies in the span; ``cross``), how sure that reader is, how the span looks, and which words it is of.
"""

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from pipeline.datamodel import Mention
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.ner.overlaps import FAMILY
from pipeline.ner.reading import Reading
from pipeline.ner.surroundings import counts, heeded, surroundings
from pipeline.ner.variants import variants
from pipeline.ner.wording import wording

_SUREST = 4.0  # log odds beyond which a reader's score says no more
_LONGEST = 4  # words; longer spans look alike
_BESIDE = 10  # characters between a drug and its dose, route or schedule
_SHORT_FORM = 5  # characters of a word in capitals that may be short for anything


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may bear the label, and its marks with their values."""

    start: int
    end: int
    marks: dict[str, float]


@dataclass(slots=True)
class _Source:
    """Mentions of one family from the rules or in one style: sorted, none overlaps another."""

    mentions: list[Mention] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def sort(self) -> "_Source":
        self.mentions.sort(key=lambda m: m.start)
        self.ends = [m.end for m in self.mentions]
        return self

    def over(self, start: int, end: int) -> Iterator[Mention]:
        """Those that share a character with the span, in text order."""
        for place in range(bisect_right(self.ends, start), len(self.ends)):
            if self.mentions[place].start >= end:
                return
            yield self.mentions[place]


def family(label: str) -> str:
    """Labels of one family exclude one another at one place."""
    return FAMILY.get(label, label)  # type: ignore[call-overload,no-any-return]


class Proposals:
    """The mentions of both readers in one text, and the candidates that they make."""

    def __init__(self, text: str, ruled: Sequence[Mention], readings: Sequence[Reading]) -> None:
        self._text = text
        self._mentions = ruled
        self._ruled: dict[str, _Source] = {}
        self._told: dict[tuple[str, str], _Source] = {}
        self._words: dict[tuple[int, int], dict[str, float]] = {}
        for mention in ruled:
            self._ruled.setdefault(family(mention.label), _Source()).mentions.append(mention)
        for reading in readings:
            key = reading.style, family(reading.mention.label)
            self._told.setdefault(key, _Source()).mentions.append(reading.mention)
        for source in (*self._ruled.values(), *self._told.values()):
            source.sort()
        self._told_with_drugs = [self._ruled[label] for label in ("DOSE", "ROUTE", "FREQUENCY") if label in self._ruled]

    def candidates(self, label: str, style: str) -> Iterator[Candidate]:
        """All spans that the rules or the reader in this style give the label, and their variants, in text order."""
        rules = self._ruled.get(family(label), _Source())
        told = self._told.get((style, family(label)), _Source())
        places = {(m.start, m.end) for source in (rules, told) for m in source.mentions if m.label == label}
        around = counts(self._mentions, style) if heeded(label) else {}
        for start, end in sorted(variants(self._text, places, style, label)):
            marks = dict(self._worded(start, end))
            if label == "DRUG" and any(
                any(source.over(start - _BESIDE, end + _BESIDE)) for source in self._told_with_drugs
            ):
                marks["beside"] = 1.0
            marks.update(_by_rules(rules, start, end, label))
            marks.update(_by_reader(told, start, end, label))
            if heeded(label):
                marks.update(self._by_others(start, end, label, style))
                marks.update(around)
                marks.update(surroundings(self._text, start, end))
            yield Candidate(start, end, marks)

    def _worded(self, start: int, end: int) -> dict[str, float]:
        """The marks of a place that are the same for all labels and styles."""
        known = self._words.get((start, end))
        if known is None:
            looks = _looks(self._text, start, end)
            known = self._words[start, end] = dict(chain(looks, wording(self._text, start, end)))
        return known

    def _by_others(self, start: int, end: int, label: str, style: str) -> Iterator[tuple[str, float]]:
        """What the mentions of other families over the span say: in ``digoxin level`` an analyte holds the drug."""
        kin = family(label)
        for own, source in self._ruled.items():
            if own != kin:
                yield from ((f"rules:{m.label}:{_lies(start, end, m)}", 1.0) for m in source.over(start, end))
        for (told, own), source in self._told.items():
            if told == style and own != kin:
                for mention in source.over(start, end):
                    mark = f"reader:{mention.label}:{_lies(start, end, mention)}"
                    yield mark, 1.0
                    yield f"{mark}:sure", _log_odds(mention.confidence)

    def variant(self, start: int, end: int, label: MentionLabel) -> Mention:
        """A mention of a span that neither reader proposed."""
        surface = self._text[start:end]
        return Mention(start=start, end=end, label=label, text=surface, rule="variant", entry=surface)

    def ruled_at(self, start: int, end: int, label: str) -> list[Mention]:
        """The rules' mentions of the label's family that overlap the span."""
        source = self._ruled.get(family(label))
        return list(source.over(start, end)) if source else []

    def told_at(self, start: int, end: int, label: str) -> list[Mention]:
        """The reader's mentions of just this span and label, one for each style that has it."""
        kin = family(label)
        sources = [source for (_, k), source in sorted(self._told.items()) if k == kin]
        return [m for s in sources for m in s.over(start, end) if (m.start, m.end, m.label) == (start, end, label)]


def source_of(rule: str) -> str:
    """``pattern:AGE`` of ``pattern:AGE.years+…``: what found a mention, without the rule's own name."""
    return rule.partition("+")[0].partition(".")[0]


def _lies(start: int, end: int, other: Mention) -> str:
    if (start, end) == (other.start, other.end):
        return "same"
    if other.start <= start and end <= other.end:
        return "within"
    return "holds" if start <= other.start and other.end <= end else "cross"


def _by_rules(rules: _Source, start: int, end: int, label: str) -> Iterator[tuple[str, float]]:
    none = True
    for mention in rules.over(start, end):
        none = False
        lies = _lies(start, end, mention)
        name = f"{mention.label}:" if mention.label != label else ""
        yield f"rules:{name}{lies}:{source_of(mention.rule)}" if lies == "same" else f"rules:{name}{lies}", 1.0
        if lies == "same":
            yield "rules:sure", mention.confidence
    if none:
        yield "rules:none", 1.0


def _by_reader(told: _Source, start: int, end: int, label: str) -> Iterator[tuple[str, float]]:
    none = True
    for mention in told.over(start, end):
        none = False
        name = f"{mention.label}:" if mention.label != label else ""
        mark = f"reader:{name}{_lies(start, end, mention)}"
        yield mark, 1.0
        yield f"{mark}:sure", _log_odds(mention.confidence)
    if none:
        yield "reader:none", 1.0


def _looks(text: str, start: int, end: int) -> Iterator[tuple[str, float]]:
    surface = text[start:end]
    words = len(surface.split())
    yield f"words={min(words, _LONGEST)}", 1.0
    if words == 1 and len(surface) <= _SHORT_FORM and surface.isupper():
        yield "short form", 1.0


def _log_odds(score: float) -> float:
    odds = math.log(max(score, 1e-3) / max(1 - score, 1e-3))
    return max(-_SUREST, min(_SUREST, odds))
