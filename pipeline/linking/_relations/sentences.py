"""A sentence as the relation rules see it: its words, its mentions, and which mentions are listed together."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile

from pipeline.datamodel import Document, Mention, Sentence
from pipeline.datamodel.values import AnalyteName, TherapyName, Unresolved
from pipeline.linking._relations.cues import Cues
from pipeline.linking.umbrellas import apposed

_WORD = re.compile(r"[^\W_]+|[^\w\s]")
THERAPIES = ("DRUG", "THERAPY")
CONDITIONS = ("CONDITION", "TOXICITY")
_LEVEL = "drug level"
_FEW = 12  # mentions of one label that are looked through for the nearest
_CLOSED = (")", "]")
_BEHIND = 4  # words that a reference range may stand behind ``normal``
ATTRIBUTES = ("DOSE", "ROUTE", "FREQUENCY", "DURATION", "CYCLES")


@dataclass(frozen=True)
class Group:
    """Mentions of one kind that are listed together (``cisplatin, gemcitabine and nivolumab``), in text order."""

    members: tuple[Mention, ...]

    @property
    def start(self) -> int:
        """Offset of the first member."""
        return self.members[0].start

    @property
    def end(self) -> int:
        """Offset after the last member."""
        return self.members[-1].end


@dataclass(frozen=True)
class Reading:
    """One sentence with its mentions, sorted by place.

    Attributes:
        text: the document's.
        words: lower-case words and marks, in order; ``starts`` are their offsets in the document.
    """

    sentence: Sentence
    text: str
    mentions: tuple[Mention, ...]
    words: tuple[str, ...]
    starts: tuple[int, ...]
    cues: Cues

    def of(self, *labels: str) -> list[Mention]:
        """The sentence's mentions with one of ``labels``."""
        return [mention for mention in self.mentions if mention.label in labels]

    def within(self, low: int, high: int) -> tuple[Mention, ...]:
        """The mentions that lie wholly from offset ``low`` to offset ``high``."""
        first, last = bisect_left(self._mention_starts, low), bisect_left(self._mention_starts, high)
        return tuple(mention for mention in self.mentions[first:last] if mention.end <= high)

    def next_to(self, at: Mention, label: str, but: tuple[Mention, ...]) -> tuple[Mention | None, Mention | None]:
        """The nearest mentions with ``label`` on the left and on the right of ``at``, those in ``but`` passed over."""
        mentions = self._by_label.get(label, ())
        place = bisect_left(mentions, at.start, key=lambda mention: mention.start)
        left = next(
            (m for m in reversed(mentions[max(place - _FEW, 0) : place]) if m.end <= at.start and m not in but), None
        )
        right = next((m for m in mentions[place : place + _FEW] if m.start >= at.end and m not in but), None)
        return left, right

    @cached_property
    def _mention_starts(self) -> tuple[int, ...]:
        return tuple(mention.start for mention in self.mentions)

    @cached_property
    def _by_label(self) -> dict[str, tuple[Mention, ...]]:
        labels = dict.fromkeys(mention.label for mention in self.mentions)
        return {label: tuple(self.of(label)) for label in labels}

    @cached_property
    def tests_and_values(self) -> tuple[Mention, ...]:
        """Tests and values in order; behind the test that it is about, a level is none of its own."""
        kept: list[Mention] = []
        for mention in self.of("ANALYTE", "VALUE"):
            before = kept[-1] if kept else None
            gap = self.between(before.end, mention.start) if before and _is_level(mention) else None
            if gap not in ((), (")",)):
                kept.append(mention)
        return tuple(kept)

    def word_before(self, offset: int) -> str:
        """The word before ``offset``; empty at the sentence's start."""
        place = self.word_at(offset)
        return self.words[place - 1] if place else ""

    def word_at(self, offset: int) -> int:
        """Number of the first word at or after ``offset``."""
        return bisect_left(self.starts, offset)

    def between(self, low: int, high: int) -> tuple[str, ...]:
        """Words from offset ``low`` to offset ``high``, a mention's words replaced by its label in capitals."""
        first, last = self.word_at(low), self.word_at(high)
        return self._shown[first:last] if last > first else ()

    @cached_property
    def _shown(self) -> tuple[str, ...]:
        shown = list(self.words)
        for mention in self.mentions:
            label = "CONDITION" if mention.label == "TOXICITY" else mention.label
            for index in range(self.word_at(mention.start), self.word_at(mention.end)):
                shown[index] = label
        return tuple(shown)

    @cached_property
    def therapy_groups(self) -> list[Group]:
        """Drugs and other therapies, those listed together as one."""
        return self.grouped(*THERAPIES)

    @cached_property
    def plain_groups(self) -> list[Group]:
        """As ``therapy_groups``, without the general names that the name beside them makes plain."""
        therapies = self.of(*THERAPIES)
        general = {*apposed(self.text, therapies), *self._forms(therapies)}
        return self._groups([m for m in therapies if m not in general]) if general else self.therapy_groups

    def _forms(self, therapies: Sequence[Mention]) -> Iterator[Mention]:
        """``metoprolol succinate sustained-release tablets``: what a reader marked behind a name is its form."""
        for name, form in pairwise(therapies):
            is_form = isinstance(name.value, TherapyName) and isinstance(form.value, Unresolved)
            if is_form and name.end <= form.start and self.word_at(name.end) == self.word_at(form.start):
                yield form

    @cached_property
    def condition_groups(self) -> list[Group]:
        """Diseases, signs and symptoms, those listed together as one."""
        return self.grouped(*CONDITIONS)

    @cached_property
    def analyte_groups(self) -> list[Group]:
        """Tests, each alone: a list of tests has a value each."""
        return [Group((mention,)) for mention in self.tests_and_values if mention.label == "ANALYTE"]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Kinds of cue phrases anywhere in the sentence."""
        return frozenset(self.cues.kinds_in(self.words))

    def grouped(self, *labels: str) -> list[Group]:
        """The mentions with one of ``labels``, those listed together as one."""
        return self._groups(self.of(*labels))

    def listed(self, *labels: str) -> list[Group]:
        """As :meth:`grouped`, what stands in brackets (a reference range, an abbreviation) left out."""
        groups: list[list[Mention]] = []
        for mention in self.of(*labels):
            if self._depths[self.word_at(mention.start)]:
                continue
            if groups and self.cues.joins(self._outside(groups[-1][-1].end, mention.start)):
                groups[-1].append(mention)
            else:
                groups.append([mention])
        return [Group(tuple(group)) for group in groups]

    def is_reference(self, value: Mention) -> bool:
        """True for a value in brackets behind a word such as ``normal``, and for that word: it is nobody's."""
        place = self.word_at(value.start)
        if not self._depths[place]:
            return False
        if self.words[place] in self.cues.reference:
            behind = takewhile(lambda word: word not in _CLOSED, self.words[place + 1 : place + 1 + _BEHIND])
            return any(word[0].isdecimal() for word in behind)
        before = range(max(place - _BEHIND, 0), place)
        return any(self._depths[other] and self.words[other] in self.cues.reference for other in before)

    @cached_property
    def _depths(self) -> tuple[int, ...]:
        """Of each word, in how many brackets it stands."""
        depths, depth = [], 0
        for word in self.words:
            depth += word in "(["
            depths.append(depth)
            depth = max(depth - (word in ")]"), 0)
        return (*depths, depth)

    def _outside(self, low: int, high: int) -> str:
        places = range(self.word_at(low), self.word_at(high))
        return " ".join(self.words[place] for place in places if not self._depths[place])

    def _groups(self, mentions: list[Mention]) -> list[Group]:
        groups: list[list[Mention]] = []
        for mention in mentions:
            if groups and mention.end <= groups[-1][-1].end:
                groups[-1].insert(-1, mention)  # lies inside the one before
            elif groups and self.cues.joins(self._gap(groups[-1][-1].end, mention.start)):
                groups[-1].append(mention)
            else:
                groups.append([mention])
        return [Group(tuple(group)) for group in groups]

    def _gap(self, low: int, high: int) -> str:
        return " ".join(self.words[self.word_at(low) : self.word_at(high)])


def _is_level(mention: Mention) -> bool:
    """``creatinine serum level``, ``tacrolimus trough level``: which test it is, the name before says."""
    return isinstance(mention.value, AnalyteName) and mention.value.name == _LEVEL


def read_sentences(document: Document, mentions: Sequence[Mention], cues: Cues) -> Iterator[Reading]:
    """Each sentence that holds a mention. ``mentions`` are sorted by start."""
    starts = [mention.start for mention in mentions]
    for sentence in document.sentences:
        inside = tuple(mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)])
        if not inside:
            continue
        words = [(m.group().lower(), m.start()) for m in _WORD.finditer(document.text, sentence.start, sentence.end)]
        yield Reading(sentence, document.text, inside, tuple(w for w, _ in words), tuple(s for _, s in words), cues)
