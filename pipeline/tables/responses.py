"""responses.csv: one response or outcome statement."""

from pipeline.datamodel import Fact, Response
from pipeline.datamodel.vocabulary import Compartment, ResponseCategory
from pipeline.tables._column import Table, boolean, enum, integer, listing, number, text
from pipeline.tables._numbers import interval, shortest
from pipeline.tables._shared import CASE_KEY, DOCUMENT_KEY, REGIMEN_KEY, Gist, fact_columns, regimen_id
from pipeline.tables._words import phrase

TABLE = Table(
    name="responses",
    description="One row is one response or outcome statement.",
    columns=fact_columns(
        regimen_id,
        listing("therapies", "Preferred names of the regimen that it answers to."),
        enum(
            "category",
            ResponseCategory,
            "How the disease answered: complete, partial or minor response, stable or "
            "progressive disease, no response, improved, resolved, relapse, death.",
        ),
        text("category_text", "The response as written."),
        text("criteria", "The response criteria as named, e.g. Lugano."),
        enum("compartment", Compartment, "Where the disease answered."),
        number("value_low", "A measured response, e.g. 80 (%) clearance; of a cohort, the response rate; low end."),
        number("value_high", "Its high end; equal to value_low unless the text gives a range."),
        text("unit", "Its unit (UCUM)."),
        integer("n_responders", "Of a cohort: how many responded.", minimum=0),
        integer("n_total", "Of a cohort: how many there were.", minimum=0),
        number("onset_days", "Days from the regimen's start to the response."),
        number("duration_days", "How long it lasted, in days; at least, where ongoing.", minimum=0),
        boolean("ongoing", "Whether it lasted at the last follow-up."),
    ),
    primary_key="evidence_id",
    entries=lambda record: record.responses,
    inside="fact",
    foreign_keys=(DOCUMENT_KEY, CASE_KEY, REGIMEN_KEY),
)


def gist(fact: Fact) -> Gist:
    """The response in the words of the evidence table."""
    assert isinstance(fact, Response)
    return Gist(
        term=fact.category_text or phrase("category", fact.category or ""),
        value_low=fact.value_low,
        value_high=fact.value_high,
        unit=fact.unit,
        category=fact.category or "",
        time_days=fact.onset_days,
        summary=_sentence(fact),
    )


def _sentence(fact: Response) -> str:
    head = phrase("category", fact.category or "") or fact.category_text or "response"
    value = f"{interval(fact.value_low, fact.value_high)} {phrase('unit', fact.unit)}".strip()
    inside = [part for part in (fact.compartment or "", value, fact.criteria) if part]
    if inside:
        head += f" ({', '.join(inside)})"
    if fact.therapies:
        head += f" {phrase('answer', fact.category or 'SD')} {', '.join(fact.therapies)}"
    parts = [head]
    if fact.n_total is not None:
        parts.append(f"{'' if fact.n_responders is None else fact.n_responders} of {fact.n_total}".strip())
    if fact.onset_days is not None:
        parts.append(f"after {shortest(round(fact.onset_days, 1))} days")
    if fact.duration_days is not None:
        parts.append(f"lasting {shortest(round(fact.duration_days, 1))} days")
    if fact.ongoing:
        parts.append("ongoing")
    return ", ".join(parts)
