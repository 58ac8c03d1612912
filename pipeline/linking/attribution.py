"""Whose facts a place in the text tells: this patient's, a cohort's or a cited study's, a guideline's, or nobody's.

A sentence is cut into clauses; each is weighed by its own words (subject, tense, plural, shares, citation marks,
advice, limits), then by what the sentences before it were about, then by the part of the report it stands in.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.datamodel import Document, Mention, Sentence, Span
from pipeline.datamodel.vocabulary import Attribution
from pipeline.linking._attribution.perpatient import given_out
from pipeline.linking._attribution.verdict import (
    Owner,
    Reading,
    Verdict,
    Zone,
    decides,
    judge,
    next_owner,
    read,
    zone_of,
)
from pipeline.linking.cues import load_cues
from pipeline.linking.literature import Owned, counted, label_number, table_owners

_Place = tuple[int, int, "Attributed"]
_LIMITS = ("limit.normal", "limit.target", "limit.goal", "limit.condition")
_ASIDES = (*_LIMITS, "family.relative", "family.possessive", "family.of_patient")
_BRACKETS = re.compile(r"\([^()]*\)")  # what stands in brackets does not speak for its sentence
_LONG_CELL = 40  # characters; a longer one can be a sentence
_KNOWLEDGE = ("introduction", "discussion", "conclusion")
_LEAST_CLAUSE = 6  # characters; shorter pieces say nothing of their own


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributed:
    """The attribution of one sentence, clause or cell.

    Attributes:
        kind: whose facts it tells.
        cue: the words or the place that decided it, for the curator.
        cases: numbers of the patients it is about; empty where ``kind`` is not ``patient``.
        sure: False where the cues contradict one another, where nothing but the place decided against them, or where
            the text does not say which of several patients is meant (rows get ``ambiguous_attribution``).
    """

    kind: Attribution
    cue: str
    cases: tuple[int, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributions(Sequence[Attributed]):
    """The attributions of a document.

    As a sequence: one a sentence, in the order of ``Document.sentences``. :meth:`of` is finer: it knows clauses,
    brackets and table cells.
    """

    sentences: tuple[Attributed, ...]
    _starts: tuple[int, ...] = field(repr=False)
    _places: tuple[_Place, ...] = field(repr=False)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self.sentences[index]

    def __len__(self) -> int:
        return len(self.sentences)

    def of(self, span: Span) -> Attributed:
        """Whose fact the clause or cell is in which ``span`` starts; of text outside all sentences, nobody's."""
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or not self._places[at][0] <= span.start < self._places[at][1]:
            return Attributed(kind="background", cue="outside of the report's body")
        return self._places[at][2]


@dataclass(slots=True)
class _Reader:
    """Walks through the sentences and remembers whom they were about."""

    document: Document
    numbers: tuple[int, ...]
    owner: Owner = ""
    section: str = ""
    block: int = -1
    blocks: list[int] = field(init=False)
    marks: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.blocks = [block.start for block in self.document.blocks]
        left = (mark.start() for mark in load_cues("attribution")["mark.reference"].finditer(self.document.text))
        self.marks = sorted((*left, *(citation.offset for citation in self.document.citations)))

    def clauses(self, sentence: Sentence) -> Iterator[_Place]:
        """The parts of a sentence that have one owner each, the sentence as a whole first."""
        zone = zone_of(sentence.section, bool(self.numbers))
        self._turn(sentence, zone)
        words = self.document.slice(sentence)
        around = self._read(words, sentence.start, sentence.end)
        outside = _BRACKETS.sub(" ", words)
        whole = self._read(outside, sentence.start, sentence.end, around) if outside != words else around
        verdict = judge(whole, zone, self.owner)
        yield sentence.start, sentence.end, self._attributed(sentence, zone, verdict)
        parts = tuple(_parts(words)) if decides(around.found) else ()
        for low, high in parts if len(parts) > 1 else ():
            start, end = sentence.start + low, sentence.start + high
            reading = self._read(words[low:high], start, end, around)
            own = judge(reading, zone, self.owner) if decides(reading.found) else verdict
            yield start, end, self._attributed(sentence, zone, own if own.kind else verdict)
        self.owner = next_owner(whole, verdict, self.owner, zone)

    def _turn(self, sentence: Sentence, zone: Zone) -> None:
        """A new section, or a new paragraph of a discussion, begins with nobody on the stage."""
        block = bisect_right(self.blocks, sentence.start)
        if sentence.section != self.section:
            self.owner = "ours" if zone == "story" else ""
        elif block != self.block and zone == "knowledge":
            self.owner = ""
        self.section, self.block = sentence.section, block

    def cell(self, owned: Owned, row_cases: tuple[int, ...]) -> _Place:
        """A cell's owner is told by its place in the table; a sentence in a cell can speak against it."""
        start, end, kind, cue, cases = owned
        words = self.document.text[start:end]
        if kind == "patient" and end - start > _LONG_CELL:
            own = judge(read(words, cited=False), "story", "ours")
            if own.kind is not None and own.kind != "patient":
                return start, end, Attributed(kind=own.kind, cue=own.cue)
        if kind == "cohort" and end - start > _LONG_CELL:
            own = judge(read(words, cited=False), "knowledge", "")
            if own.kind == "recommendation":
                return start, end, Attributed(kind=own.kind, cue=own.cue)
        return start, end, Attributed(kind=kind, cue=cue, cases=(cases or row_cases) if kind == "patient" else ())

    def _read(self, words: str, start: int, end: int, around: Reading | None = None) -> Reading:
        reading = read(words, self._cited(start, end), None if around is None else around.found)
        self._settle_plural(reading.found)
        return reading

    def _settle_plural(self, found: dict[str, str]) -> None:
        """``Both patients`` are this report's only where it has several, and nobody else was brought in."""
        if len(self.numbers) == 1 and found.get("ours.our_patient", "").casefold().endswith("patients"):
            found.setdefault("cohort.patients", found.pop("ours.our_patient"))  # all that the authors treat
        numbered = found.pop("ours.numbered", "")
        if numbered and len(self.numbers) > 1:
            found.setdefault("ours.our_patient", numbered)
        here = found.pop("person.these_cases", "")
        plural = here or found.get("person.all_patients", "")
        if plural and len(self.numbers) == 1:
            found.pop("person.all_patients", None)
            found.setdefault("cohort.patients", plural)
        elif here or (
            plural and self.owner != "cited" and (counted(plural) == len(self.numbers) or self.owner == "ours")
        ):
            found.setdefault("ours.our_patient", plural)
        elif plural:
            found.setdefault("cohort.patients", found.pop("person.all_patients"))
        if len(self.numbers) > 1 and self.owner == "ours" and "stranger.a_patient" in found:
            found.setdefault("person.all_patients", found.pop("stranger.a_patient"))

    def _cited(self, start: int, end: int) -> bool:
        at = bisect_left(self.marks, start)
        return at < len(self.marks) and self.marks[at] <= end

    def _attributed(self, sentence: Sentence, zone: Zone, verdict: Verdict) -> Attributed:
        kind, cue, sure = verdict.kind, verdict.cue, verdict.sure
        habit = load_cues("attribution")["recommend.can_be_used"].search(cue) if kind == "recommendation" else None
        if habit and self.document.doc_type == "trial" and sentence.section not in _KNOWLEDGE:
            kind = "cohort"  # a protocol's ``is administered`` tells its participants' regimen
        if kind is None:
            kind, cue, sure = _default(self.document, zone), f"section {sentence.section}", zone in ("story", "none")
        if kind != "patient":
            return Attributed(kind=kind, cue=cue, sure=sure)
        cases = sentence.patients or self.numbers
        told = bool(sentence.patients) or len(self.numbers) == 1
        return Attributed(kind="patient", cue=cue, cases=cases, sure=sure and told)


def _default(document: Document, zone: Zone) -> Attribution:
    if zone == "story":
        return "patient"
    return "recommendation" if document.doc_type == "guideline" else "background"


def _parts(words: str) -> Iterator[tuple[int, int]]:
    border = load_cues("attribution")["border.clause"].regex
    begin = 0
    for mark in border.finditer(words):
        if mark.start() - begin >= _LEAST_CLAUSE:
            yield begin, mark.end()
            begin = mark.end()
    if begin < len(words):
        yield begin, len(words)


def _without(asides: tuple[str, ...], words: str, offset: int, places: list[_Place]) -> list[_Place]:
    """Cut ``normal range 4-10``, ``until the count is >= 200`` and ``her mother had …`` out of what they stand in."""
    for name in asides:
        for mark in load_cues("attribution")[name].finditer(words):
            low, high = offset + mark.start(), offset + mark.end()
            limit = Attributed(kind="background", cue=f"{name.split('.')[0]}: {' '.join(mark.group().split())}")
            places = [piece for place in places for piece in _cut(place, low, high)]
            places = sorted([*places, (low, high, limit)], key=lambda place: place[0])
    return places


def _by_label(words: str, offset: int, numbers: tuple[int, ...], places: list[_Place]) -> list[_Place]:
    """In a sentence about several patients, what follows a label is that patient's, up to the next label."""
    if len(numbers) < 2 or not any(place[2].kind == "patient" and len(place[2].cases) > 1 for place in places):
        return places
    marks = [
        (mark, number)
        for mark in load_cues("attribution")["label.subject"].finditer(words)
        if (number := label_number(mark["n"] or mark["nth"])) in numbers
    ]
    for index, (mark, number) in enumerate(marks):
        end = marks[index + 1][0].start() if index + 1 < len(marks) else len(words)
        if words[: mark.start()].count("(") > words[: mark.start()].count(")"):
            close = words.find(")", mark.end(), end)
            end = close if close >= 0 else end
        low, high = offset + mark.start(), offset + end
        places = [piece for place in places for piece in _narrowed(place, low, high, number)]
    return places


def _by_value(words: str, sentence: Sentence, mentions: Sequence[Mention], places: list[_Place]) -> list[_Place]:
    """In a sentence about several patients, a value that has its own patient is that patient's."""
    several = next((p[2].cases for p in places if p[2].kind == "patient" and len(p[2].cases) > 1), ())
    if several and sentence.row is None:
        for value, number in given_out(words, sentence.start, several, mentions):
            places = [piece for place in places for piece in _narrowed(place, value.start, value.end, number)]
    return places


def _narrowed(place: _Place, low: int, high: int, number: int) -> list[_Place]:
    start, end, attributed = place
    first, last = max(start, low), min(end, high)
    if first >= last or attributed.kind != "patient" or number not in attributed.cases:
        return [place]
    told = replace(attributed, cases=(number,), sure=True)
    return sorted([*_cut(place, low, high), (first, last, told)], key=lambda piece: piece[0])


def _cut(place: _Place, low: int, high: int) -> list[_Place]:
    start, end, attributed = place
    pieces = ((start, min(end, low)), (max(start, high), end))
    return [(first, last, attributed) for first, last in pieces if first < last]


def attribute(document: Document, mentions: Sequence[Mention] = ()) -> Attributions:
    """Read a segmented document once; then ask :meth:`Attributions.of` for any place in it.

    Args:
        document: segmented; its ``patients``, ``doc_type``, ``citations`` and ``tables`` are used.
        mentions: in text order; the values among them can be shared out among several patients.
    """
    numbers = tuple(patient.number for patient in document.patients)
    reader = _Reader(document, numbers)
    cells = {place[0]: place for place in table_owners(document)}
    starts = [mention.start for mention in mentions]
    sentences: list[Attributed] = []
    places: list[_Place] = []
    for sentence in document.sentences:
        whole, *parts = reader.clauses(sentence)
        if sentence.block == "table":
            inside = (cells[at] for at in sorted(cells) if sentence.start <= at < sentence.end)
            parts = [reader.cell(owned, whole[2].cases) for owned in inside]
        sentences.append(whole[2])
        parts = _by_label(document.slice(sentence), sentence.start, numbers, parts or [whole])
        told = mentions[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        parts = _by_value(document.slice(sentence), sentence, told, parts)
        asides = _ASIDES if len(numbers) < 2 else _LIMITS  # a relative can be one of several patients
        places += _without(asides, document.slice(sentence), sentence.start, parts)
    return Attributions(sentences=tuple(sentences), _starts=tuple(place[0] for place in places), _places=tuple(places))
