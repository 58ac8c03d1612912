"""evidence.csv: every row of the four fact tables, in one long tidy table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter

from pipeline.datamodel import Fact
from pipeline.datamodel.vocabulary import FactKind
from pipeline.tables import measurements, regimens, responses, toxicities
from pipeline.tables._column import Column, Table, enum, integer, number, text
from pipeline.tables._keys import Entry, Record
from pipeline.tables._shared import CASE_KEY, DOCUMENT_KEY, REGIMEN_KEY, SHARED, Gist, regimen_id, told

GISTS: dict[FactKind, Callable[[Fact], Gist]] = {
    "regimen": regimens.gist,
    "response": responses.gist,
    "toxicity": toxicities.gist,
    "measurement": measurements.gist,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceEntry:
    """A fact with its keys, its words and its sentence."""

    entry: Entry
    gist: Gist
    summary: str

    @property
    def fact(self) -> Fact:
        """The fact itself."""
        return self.entry.fact


def entries(record: Record) -> Iterator[EvidenceEntry]:
    """The document's facts in the order of their quotes."""
    return map(told_entry, record.facts)


def told_entry(entry: Entry) -> EvidenceEntry:
    """A fact with its words and its sentence."""
    gist = GISTS[entry.kind](entry.fact)
    return EvidenceEntry(entry=entry, gist=gist, summary=told(entry, gist.summary))


def _through(column: Column) -> Column:
    """A shared column, had through the evidence entry."""
    of = column.of or attrgetter(f"fact.{column.name}")
    return replace(column, of=lambda found: of(found.entry))


TABLE = Table(
    name="evidence",
    description="One row is a row of one of the four fact tables, side by side with the others.",
    columns=(
        enum("kind", FactKind, "The table that the row comes from.", required=True, of=attrgetter("entry.kind")),
        *map(_through, (*SHARED, regimen_id)),
        text(
            "term",
            "What the row is about: therapy, response as written, adverse event, analyte.",
            of=attrgetter("gist.term"),
        ),
        text("code", "Its code, system:code.", of=attrgetter("gist.code")),
        number("value_low", "Dose, measured response, incidence or value; low end.", of=attrgetter("gist.value_low")),
        number("value_high", "Its high end.", of=attrgetter("gist.value_high")),
        text("unit", "Its unit (UCUM).", of=attrgetter("gist.unit")),
        text(
            "category",
            "Role of a therapy, category of a response, causality of an event, low/high/normal of a measurement.",
            of=attrgetter("gist.category"),
        ),
        integer("grade", "Grade of an event.", minimum=1, maximum=5, of=attrgetter("gist.grade")),
        number("time_days", "Days from the start of the regimen.", of=attrgetter("gist.time_days")),
        text("summary", "The row as one readable sentence.", required=True),
    ),
    primary_key="evidence_id",
    entries=entries,
    foreign_keys=(DOCUMENT_KEY, CASE_KEY, REGIMEN_KEY),
)
