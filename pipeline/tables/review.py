"""review.csv: an extraction that a curator should look at, most urgent first."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import attrgetter

from pipeline.datamodel import Fact, Regimen, Toxicity
from pipeline.datamodel.vocabulary import FactKind
from pipeline.tables._column import Table, enum, integer, listing, number, text
from pipeline.tables._keys import Record
from pipeline.tables._shared import CASE_KEY, DOCUMENT_KEY, EVIDENCE_KEY
from pipeline.tables._words import wording
from pipeline.tables.evidence import EvidenceEntry, told_entry


def _entries(record: Record) -> Iterator[EvidenceEntry]:
    return (told_entry(entry) for entry in record.facts if entry.fact.flags)


def urgency(entry: EvidenceEntry) -> float:
    """How likely the row is wrong, times what the error would cost."""
    fact = entry.fact
    return doubt(fact.confidence, fact.flags, flag_errors()) * price(entry.entry.kind, fact)


@cache
def flag_errors() -> dict[str, float]:
    """How often a row with a flag is wrong because of it, by flag."""
    return {flag: float(told["error"]) for flag, told in wording()["flags"].items()}


def doubt(confidence: float, flags: Iterable[str], errors: Mapping[str, float]) -> float:
    """How likely a row is wrong."""
    right = confidence
    for flag in flags:
        right *= 1 - errors[flag]
    return 1 - right


def price(kind: FactKind, fact: Fact) -> float:
    """What an error in the row would cost, by what it is about."""
    weights = wording()["weight"]
    cost: float = weights["kind"][kind]
    cost *= weights["attribution"][fact.attribution] * weights["assertion"][fact.assertion]
    if isinstance(fact, Regimen):
        cost *= weights["role"][fact.role]
    if isinstance(fact, Toxicity) and fact.grade:
        cost *= weights["grade"].get(str(fact.grade), 1.0)
    return cost


def _reason(entry: EvidenceEntry) -> str:
    """One sentence a flag: the row's own note where it has one, else what the flag means."""
    own = dict(note.split(": ", 1) for note in entry.fact.notes if ": " in note)
    said = [own.get(flag) or wording()["flags"][flag]["reason"] for flag in entry.fact.flags]
    return " ".join(_sentence(words) for words in said)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")


def _suggestion(entry: EvidenceEntry) -> str:
    """What to do about the flag that is most likely an error."""
    flags = wording()["flags"]
    worst = max(entry.fact.flags, key=lambda flag: flags[flag]["error"])
    return str(flags[worst]["suggestion"])


TABLE = Table(
    name="review",
    description="One row is an extraction that a curator should look at, most urgent first.",
    columns=(
        text("evidence_id", "The row to look at.", required=True, of=attrgetter("entry.evidence_id")),
        enum("kind", FactKind, "The table that it stands in.", required=True, of=attrgetter("entry.kind")),
        text("doc_id", "The document.", required=True, of=attrgetter("entry.doc_id")),
        text("case_id", "The patient.", of=attrgetter("entry.case_id")),
        integer(
            "priority",
            "1 is the most urgent: how likely the row is wrong, times what the error would cost.",
            required=True,
            minimum=1,
            of=urgency,
        ),
        listing("flags", "Why it is here.", required=True, of=attrgetter("fact.flags")),
        text("reason", "The same as sentences.", required=True, of=_reason),
        text("summary", "What the row says.", required=True),
        number("confidence", "How likely the row is right.", required=True, of=attrgetter("fact.confidence")),
        integer("page", "1-based page of the input.", of=attrgetter("fact.page")),
        text("quote", "The words that carry the fact.", required=True, of=attrgetter("fact.quote")),
        text("suggestion", "What to do.", required=True, of=_suggestion),
    ),
    primary_key="evidence_id",
    entries=_entries,
    foreign_keys=(EVIDENCE_KEY, DOCUMENT_KEY, CASE_KEY),
    ranked="priority",
)
