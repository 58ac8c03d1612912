"""Which patients a document reports: labels, counts and introductions; cited cases and cohorts are none of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from pipeline.datamodel import Document, Patient
from pipeline.segmentation.cues import narration, rules
from pipeline.segmentation.listed import listed
from pipeline.segmentation.numbering import number_of, patterns
from pipeline.segmentation.sentences import Piece
from pipeline.segmentation.wording import Place, cited

_MOST_PATIENTS = 20
_LEAD = 40  # characters before a label that tell whether its sentence is about it
_SPLIT = re.compile(r"\d{1,2}|[A-H]\b|[-–]|\bto\b")


@dataclass(frozen=True, slots=True)
class Naming:
    """A place in the text that names patients: offset, their numbers, and the label's words."""

    offset: int
    numbers: tuple[int, ...]
    label: str
    subject: bool = True  # the sentence is about it; not "contact with Case 2", not "Case 2's brother"


def _several(words: str) -> tuple[int, ...]:
    tokens = _SPLIT.findall(words)
    numbers: list[int] = []
    for index, token in enumerate(tokens):
        if token in ("-", "–", "to"):
            low = numbers[-1] if numbers else 0
            high = number_of(tokens[index + 1]) if index + 1 < len(tokens) else 0
            numbers += range(low + 1, high) if high - low < _MOST_PATIENTS else ()
        else:
            numbers.append(number_of(token))
    return tuple(sorted(set(numbers) - {0}))


def namings(text: str, start: int, end: int) -> list[Naming]:
    """Where ``text[start:end]`` names patients by number, in text order."""
    found = [
        Naming(m.start(), (number_of(m["n"]),), m.group().strip(), _is_subject(text, start, m))
        for m in _places("label", text, start, end)
        if 0 < number_of(m["n"]) <= _MOST_PATIENTS
    ]
    found += [Naming(m.start(), _several(m["many"]), m.group()) for m in _places("plural_label", text, start, end)]
    return sorted(found, key=lambda naming: naming.offset)


def _places(name: str, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    possible = (pattern for pattern in patterns(name) if pattern.possible(text[start:end]))
    return chain.from_iterable(pattern.regex.finditer(text, start, end) for pattern in possible)


def _is_subject(text: str, start: int, mark: re.Match[str]) -> bool:
    if text[mark.end() : mark.end() + 2] in ("'s", "’s"):
        return False
    lead = text[max(start, mark.start() - _LEAD) : mark.start()]
    return not any(pattern.search(lead) for pattern in patterns("mention_only"))


def of_everyone(sentence: str) -> bool:
    """Is the sentence told of all patients of the report (``both patients``)?"""
    return any(pattern.search(sentence) for pattern in patterns("everyone"))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for how many patients.

    Attributes:
        labelled: numbers named in headings or in the text of the report's own cases.
        labels: first label of each number.
        claimed: how many the report says it reports; 0 where it does not say.
        introduced: how many introductions (``A 57-year-old woman …``) open a story in the case part.
        single: the report says that it is about one patient.
        told: how much of the case part sounds like a patient's story.
        persons: sentences of the case part that point at one person.
    """

    labelled: frozenset[int]
    labels: dict[int, str]
    claimed: int
    introduced: int
    single: bool
    told: float
    persons: int

    @property
    def number(self) -> int:
        """How many patients, if the document reports patients at all."""
        run = 0
        while run + 1 in self.labelled:
            run += 1
        # One missing label, or two labels of the last patients, still number all of them.
        last = max(self.labelled, default=0)
        if len(self.labelled) >= 2 and last <= 2 * len(self.labelled):
            run = max(run, last)
        elif run < 2 and 2 in self.labelled:  # a first patient without a number
            run = 2
        if run >= 2:
            return run
        if self.claimed >= 2:
            return self.claimed
        if self.introduced >= 2:
            return self.introduced
        return 1 if (self.told > 0 and self.persons) or self.single else 0


def _claims(title: str, openings: list[str]) -> int:
    for rule, pattern in zip(rules("patients")["claim"], patterns("claim"), strict=True):
        for words in [title] if rule.get("where") == "title" else openings:
            found = pattern.search(words)
            if found:
                return number_of(found["n"])
    opened = next((m for p in patterns("opening") for words in openings[:1] if (m := p.match(words))), None)
    return number_of(opened["n"]) if opened and not title else 0


def gather(document: Document, pieces: list[Piece], places: list[Place]) -> Evidence:
    """Read the signs of patients off the sections that tell of the report's own cases."""
    text = document.text
    labels: dict[int, str] = {}
    introduced: set[tuple[str, str]] = set()
    told, persons = 0.0, 0
    openings: list[str] = []
    for piece, place in zip(pieces, places, strict=True):
        if place.drop:
            continue
        words = text[piece.start : piece.end]
        marked = cited(document, piece.start, piece.end)
        if place.kind in ("case", "abstract", "results", "title") and piece.block != "table" and not marked:
            _label_all(labels, namings(text, piece.start, piece.end))
        if place.kind == "case" and piece.block in ("paragraph", "list"):
            telling = narration(words, marked)
            told, persons = told + telling.score, persons + telling.person
            introduced |= {(m["age"], m["unit"].rstrip("s")) for p in patterns("introduction") if (m := p.match(words))}
        if place.kind in ("abstract", "introduction", "case", "title"):
            openings.append(words)
    title = document.metadata.title or next((text[p.start : p.end] for p in pieces if p.block == "title"), "")
    if len(labels) < 2:
        labels |= listed(document, title)
    return Evidence(
        labelled=frozenset(labels),
        labels=labels,
        claimed=_claims(title, openings),
        introduced=len(introduced),
        single=any(p.search(words) for words in (title, *openings) for p in patterns("single")),
        told=told,
        persons=persons,
    )


def _label_all(labels: dict[int, str], found: list[Naming]) -> None:
    for naming in found:
        for number in naming.numbers:
            labels.setdefault(number, naming.label if len(naming.numbers) == 1 else "")


def patients(evidence: Evidence) -> tuple[Patient, ...]:
    """The patients of a report that reports patients, with the labels in the text."""
    number = min(evidence.number, _MOST_PATIENTS)
    if number == 1:
        return (Patient(number=1),)
    return tuple(Patient(number=n, label=_label(evidence, n)) for n in range(1, number + 1))


def _label(evidence: Evidence, number: int) -> str:
    label = evidence.labels.get(number, "")
    return " ".join((label[:1].upper() + label[1:]).split()) if label else f"Patient {number}"


def scopes(document: Document, pieces: list[Piece], places: list[Place], number: int) -> list[tuple[int, ...]]:
    """The patients that each piece can be about by where it stands; empty where it does not say."""
    if number <= 1:
        return [(1,) if number and not place.drop else () for place in places]
    reach = _Reach(number)
    return [reach.over(document, piece, place) for piece, place in zip(pieces, places, strict=True)]


class _Reach:
    """How far a label reaches: to the next one, at most to its section's end (in a discussion, its paragraph's)."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.current: tuple[int, ...] = ()
        self.section = -1
        self.by_heading = False
        self.introduced: list[tuple[str, str]] = []  # age and its unit of each patient, in the order of their stories

    def over(self, document: Document, piece: Piece, place: Place) -> tuple[int, ...]:
        """The patients of the next piece, in text order."""
        found = namings(document.text, piece.start, piece.end)
        subjects = [naming for naming in found if naming.subject] or ([] if self.current else found)
        named = tuple(sorted({n for naming in subjects for n in naming.numbers if n <= self.number}))
        if piece.block == "heading":
            return self._heading(named, place)
        narrates = place.kind in ("case", "abstract", "results", "methods")
        if not self.by_heading and (place.section != self.section or (piece.first and not narrates)):
            self.current = ()
        self.section = place.section
        words = document.text[piece.start : piece.end]
        if piece.block in ("caption", "table"):
            known = self._introduced(words) if self.introduced and piece.block == "caption" else ()
            return named or known or (self.current if self.by_heading else ())
        if any(pattern.match(words) for pattern in patterns("legend")):
            return named
        if of_everyone(words):
            named = tuple(range(1, self.number + 1))
        elif not named and place.kind == "case" and not self.by_heading:
            named = self._introduced(words)
        if named and not self.by_heading:
            self.current = named
        return named or self.current

    def _introduced(self, words: str) -> tuple[int, ...]:
        """``A 57-year-old woman …``: a story begins, the first of such stories the first patient's."""
        found = next((m for pattern in patterns("introduction") if (m := pattern.match(words))), None)
        if found is None:
            return ()
        told = (str(number_of(found["age"]) or found["age"].casefold()), found["unit"].rstrip("s"))
        if told not in self.introduced:
            self.introduced.append(told)
        number = self.introduced.index(told) + 1
        return (number,) if number <= self.number else ()

    def _heading(self, named: tuple[int, ...], place: Place) -> tuple[int, ...]:
        if named:
            self.current, self.by_heading = named, True
        elif not (self.by_heading and place.kind == "case"):
            self.current, self.by_heading = (), False
        self.section = place.section
        return self.current
