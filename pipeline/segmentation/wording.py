"""Sections told by wording, where no heading and no markup tells them."""

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache

from pipeline.datamodel import Citation, Document
from pipeline.datamodel.vocabulary import SectionKind
from pipeline.segmentation.cues import Telling, narration, rules
from pipeline.segmentation.numbering import matches
from pipeline.segmentation.sentences import Piece

MOST_ABSTRACT = 4000  # characters
_LEAST_TAIL = 6  # sentences


@dataclass(frozen=True, slots=True)
class Place:
    """Where a piece stands: kind, number and heading of its section; ``known`` where a name or markup said so."""

    kind: SectionKind
    section: int
    heading: str
    known: bool
    drop: bool = False


@cache
def _reference_mark() -> re.Pattern[str]:
    return re.compile(rules("narration")["citation"]["pattern"])


def with_marks(document: Document) -> Document:
    """The document with the reference marks that stayed in the text among its citations."""
    found = _reference_mark().finditer(document.text)
    left = [Citation(offset=m.start(), end=m.end(), text=m.group()) for m in found]
    marks = sorted([*document.citations, *left], key=lambda mark: mark.offset)
    return replace(document, citations=tuple(marks))


def cited(document: Document, start: int, end: int) -> bool:
    """Does a reference mark stand between the two offsets?"""
    marks = document.citations
    at = bisect_left(marks, start, key=lambda mark: mark.offset)
    return at < len(marks) and marks[at].offset <= end


def _best_stretch(scores: list[float]) -> tuple[float, int, int]:
    """The stretch with the largest sum: (sum, first, after last)."""
    best, best_first, best_last = 0.0, 0, 0
    total, first = 0.0, 0
    for index, score in enumerate(scores):
        if total <= 0:
            total, first = 0.0, index
        total += score
        if total > best:
            best, best_first, best_last = total, first, index + 1
    return best, best_first, best_last


def _told(document: Document, piece: Piece) -> Telling:
    if piece.block in ("heading", "caption", "table"):
        return Telling(0.0, False)
    return narration(_words(document, piece), cited(document, piece.start, piece.end))


def _words(document: Document, piece: Piece) -> str:
    return document.text[piece.start : piece.end]


def without_headings(document: Document, pieces: list[Piece], places: list[Place]) -> list[Place]:
    """Find the case by its wording in a document none of whose headings names it."""
    study = any(place.known and place.kind == "results" and not place.drop for place in places)
    named = () if study else ("introduction", "discussion")  # a study tells of its patients in its results
    open_ = [i for i, p in enumerate(places) if not p.drop and (not p.known or p.kind in named)]
    candidates = [i for i in open_ if not places[i].known] or open_
    telling = [_told(document, pieces[i]) for i in candidates]
    total, first, last = _best_stretch([t.score for t in telling])
    short = rules("narration")["short"]
    bounds = short if len(pieces) <= short["sentences"] else rules("narration")["letter"]
    if bounds is short and 0 in candidates and matches("opening", _words(document, pieces[0])):
        first, last = 0, len(candidates)
    elif total < bounds["least"] or not (
        sum(t.person for t in telling[first:last]) >= bounds["persons"]
        or any(matches("introduction", _words(document, pieces[i])) for i in candidates[first:last])
    ):
        return places
    if all(t.score >= 0 for t in telling[last:]):  # plain sentences that end a report are its story's end
        last = len(telling)
    inside = range(candidates[first], candidates[last - 1] + 1)
    result = list(places)
    for index in candidates:
        place = places[index]
        if index in inside:
            result[index] = Place("case", place.section, place.heading, True)
        elif index >= inside.stop and (not place.known or place.kind == "introduction"):
            result[index] = Place("discussion", place.section, place.heading, True)
        elif not place.known:
            result[index] = Place("introduction", place.section, place.heading, True)
    return result


def by_wording(document: Document, pieces: list[Piece], places: list[Place]) -> list[Place]:
    """Give sections whose heading says nothing a kind by how they sound, in a report that has a case."""
    by_section: dict[int, list[int]] = {}
    for index, place in enumerate(places):
        if not place.known and not place.drop:
            by_section.setdefault(place.section, []).append(index)
    result = list(places)
    first_case = next(i for i, p in enumerate(places) if p.kind == "case")
    for indices in by_section.values():
        score = sum(_told(document, pieces[i]).score for i in indices)
        kind: SectionKind = "introduction" if indices[0] < first_case else "discussion"
        if indices[0] > first_case and (score >= len(indices) or _inside_case(places, indices)):
            kind = "case"
        for index in indices:
            result[index] = Place(kind, places[index].section, places[index].heading, True)
    return result


def _inside_case(places: list[Place], indices: list[int]) -> bool:
    """Does a section that names the case come before, and one that goes on with it after, named ones alone counted?"""
    before = next((p.kind for p in reversed(places[: indices[0]]) if p.known), None)
    behind = next((p.kind for p in places[indices[-1] + 1 :] if p.known), None)
    return before == "case" and behind in ("case", "results")


def tail_as_discussion(document: Document, pieces: list[Piece], places: list[Place]) -> list[Place]:
    """Where no heading opens a discussion, the case ends where its story does."""
    if any(place.kind == "discussion" and not place.drop for place in places):
        return places
    indices = [i for i, place in enumerate(places) if place.kind == "case" and not place.drop]
    scores = [_told(document, pieces[i]).score for i in indices]
    _, _, last = _best_stretch(scores)
    tail = indices[last:]
    if len(tail) < _LEAST_TAIL or sum(scores[last:]) > -len(tail):
        return places
    result = list(places)
    for index in tail:
        result[index] = Place("discussion", places[index].section, places[index].heading, True)
    return result


def preamble_as_abstract(document: Document, pieces: list[Piece], places: list[Place]) -> list[Place]:
    """Text without a heading and without reference marks before the first named section is the abstract."""
    if not places or any(place.kind == "abstract" for place in places):
        return places
    count = next((i for i, place in enumerate(places) if place.known and place.kind != "title"), 0)
    if places[count].kind not in ("introduction", "case") or pieces[count].start > MOST_ABSTRACT:
        return places
    preamble = [i for i in range(count) if places[i].kind != "title"]
    told = [pieces[i] for i in preamble if pieces[i].block == "paragraph"]
    if not told or any(cited(document, p.start, p.end) for p in told):
        return places
    result = list(places)
    for index in preamble:
        result[index] = Place("abstract", places[index].section, places[index].heading, True)
    return result
