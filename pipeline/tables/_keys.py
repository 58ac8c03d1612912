"""The keys of a document's rows: which case, which regimen, and an id that is the same in every run."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.datamodel import Case, DocumentResult, Fact, Measurement, Regimen, Response, Toxicity
from pipeline.datamodel.vocabulary import FactKind
from pipeline.tables._numbers import shortest

LONGEST_QUOTE = 4000
"""Characters. A spreadsheet's cell holds 32,767."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A fact with its keys. ``case_id`` and ``regimen_id`` are empty where there is none."""

    kind: FactKind
    fact: Fact
    evidence_id: str
    doc_id: str
    case_id: str
    regimen_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEntry:
    """A case with its keys."""

    case: Case
    case_id: str
    doc_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One document's result with the keys of all of its rows.

    ``facts`` are the rows of all four fact tables in the order in which their quotes stand in the text.
    """

    result: DocumentResult
    cases: tuple[CaseEntry, ...]
    regimens: tuple[Entry, ...]
    responses: tuple[Entry, ...]
    toxicities: tuple[Entry, ...]
    measurements: tuple[Entry, ...]
    facts: tuple[Entry, ...]


def keyed(result: DocumentResult, copy: int = 0) -> Record:
    """Give the rows of ``result`` their keys.

    Args:
        result: what one document became.
        copy: 0, or how many files of the same name and content stand before this one in the run: rows of a file
            that was put in twice must not share their ids.
    """
    maker = _KeyMaker(result, copy)
    doc_id = result.source.doc_id
    cases = (CaseEntry(case=case, case_id=case_id(doc_id, case.number), doc_id=doc_id) for case in result.cases)
    regimens = tuple(maker.entries("regimen", result.regimens))
    responses = tuple(maker.entries("response", result.responses))
    toxicities = tuple(maker.entries("toxicity", result.toxicities))
    measurements = tuple(maker.entries("measurement", result.measurements))
    facts = (*regimens, *responses, *toxicities, *measurements)
    return Record(
        result=result,
        cases=tuple(cases),
        regimens=regimens,
        responses=responses,
        toxicities=toxicities,
        measurements=measurements,
        facts=tuple(sorted(facts, key=lambda entry: (entry.fact.start, entry.fact.end))),
    )


def case_id(doc_id: str, case_number: int) -> str:
    """Key of a patient: ends in the case's number."""
    return f"{doc_id}/P{case_number}"


class _KeyMaker:
    def __init__(self, result: DocumentResult, copy: int) -> None:
        source = result.source
        self._doc_id = source.doc_id
        self._origin = (Path(source.path).stem, source.sha256, str(copy))
        self._cases = {case.number for case in result.cases}
        self._groups = {(self._case(regimen), regimen.group) for regimen in result.regimens}
        self._seen: Counter[tuple[str, ...]] = Counter()

    def entries(self, kind: FactKind, facts: tuple[Fact, ...]) -> Iterator[Entry]:
        for fact in map(_bounded, facts):
            number = self._case(fact)
            group = getattr(fact, "group", None)
            parent = self._doc_id if number is None else case_id(self._doc_id, number)
            yield Entry(
                kind=kind,
                fact=fact,
                evidence_id=self._evidence_id(kind, fact),
                doc_id=self._doc_id,
                case_id="" if number is None else parent,
                regimen_id=f"{parent}#{group}" if (number, group) in self._groups else "",
            )

    def _case(self, fact: Fact) -> int | None:
        """The fact's case; None where the document has no such case, so that no key points nowhere."""
        return fact.case if fact.case in self._cases else None

    def _evidence_id(self, kind: FactKind, fact: Fact) -> str:
        where = (kind, str(fact.case or ""), str(fact.start), str(fact.end), *_identity(fact))
        copy = self._seen[where]
        self._seen[where] += 1
        return id_of(kind, (*self._origin, *where, str(copy)))


def id_of(kind: FactKind, parts: Iterable[str]) -> str:
    """An ``evidence_id`` made of what tells a row from all others: the same parts give the same id."""
    told = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(told, digest_size=8).digest()
    return f"{_PREFIX[kind]}-{base64.b32encode(digest).decode().lower()[:12]}"


def _bounded(fact: Fact) -> Fact:
    """A quote that runs on (a text without a full stop) is cut, and its end with it."""
    if fact.end - fact.start <= LONGEST_QUOTE:
        return fact
    return replace(fact, end=fact.start + LONGEST_QUOTE, quote=fact.quote[:LONGEST_QUOTE])


_PREFIX: dict[FactKind, str] = {"regimen": "reg", "response": "rsp", "toxicity": "tox", "measurement": "mea"}


def _identity(fact: Fact) -> tuple[str, ...]:
    """What tells two facts with the same quote apart; slots that are only filled better later are left out."""
    if isinstance(fact, Regimen):
        return fact.therapy, shortest(fact.dose_low), shortest(fact.dose_high), fact.dose_unit, fact.route or ""
    if isinstance(fact, Response):
        return fact.category or "", shortest(fact.value_low), shortest(fact.value_high), fact.unit
    if isinstance(fact, Toxicity):
        return (fact.term,)
    if isinstance(fact, Measurement):
        return fact.analyte, shortest(fact.value_low), shortest(fact.value_high), fact.unit
    raise TypeError(f"no key is known for a {type(fact).__name__}")
