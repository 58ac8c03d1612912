"""toxicities.csv: one adverse event."""

from pipeline.datamodel import Fact, Toxicity
from pipeline.datamodel.vocabulary import ActionTaken, Causality, Challenge, GradeSource, Outcome
from pipeline.tables._column import Table, boolean, enum, integer, listing, number, text
from pipeline.tables._numbers import interval, shortest
from pipeline.tables._shared import CASE_KEY, DOCUMENT_KEY, REGIMEN_KEY, Gist, fact_columns, regimen_id
from pipeline.tables._words import phrase

TABLE = Table(
    name="toxicities",
    description="One row is one adverse event.",
    columns=fact_columns(
        regimen_id,
        listing("therapies", "The suspected therapies, preferred names."),
        text("term", "Preferred name, CTCAE's where it has one, lower case.", required=True),
        text("term_text", "The event as written."),
        text("term_code", "Its code, system:code."),
        text("soc", "CTCAE system organ class."),
        integer("grade", "Severity grade, 1 to 5.", minimum=1, maximum=5),
        enum("grade_source", GradeSource, "Where the grade comes from."),
        enum("causality", Causality, "How firmly the document ties the event to the therapy."),
        number("onset_days", "Days from the regimen's start to the event."),
        boolean("serious", "Death, life-threatening, hospitalisation or disability."),
        enum("action_taken", ActionTaken, "What was done with the suspected therapy."),
        listing("treatment", "What the event was treated with."),
        enum("outcome", Outcome, "How the event ended."),
        enum("dechallenge", Challenge, "Whether it went when the therapy was withdrawn."),
        enum("rechallenge", Challenge, "Whether it came back when the therapy was given again."),
        number("incidence_low", "Of a cohort: percent of patients with the event; low end.", minimum=0, maximum=100),
        number("incidence_high", "Its high end.", minimum=0, maximum=100),
        integer("n_affected", "Of a cohort: how many had it.", minimum=0),
        integer("n_total", "Of a cohort: how many there were.", minimum=0),
    ),
    primary_key="evidence_id",
    entries=lambda record: record.toxicities,
    inside="fact",
    foreign_keys=(DOCUMENT_KEY, CASE_KEY, REGIMEN_KEY),
)


def gist(fact: Fact) -> Gist:
    """The event in the words of the evidence table; ``category`` is its causality."""
    assert isinstance(fact, Toxicity)
    rate = fact.incidence_low is not None or fact.incidence_high is not None
    return Gist(
        term=fact.term,
        code=fact.term_code,
        value_low=fact.incidence_low,
        value_high=fact.incidence_high,
        unit="%" if rate else "",
        category=fact.causality,
        grade=fact.grade,
        time_days=fact.onset_days,
        summary=_sentence(fact),
    )


def _sentence(fact: Toxicity) -> str:
    head = f"grade {fact.grade} {fact.term}" if fact.grade else fact.term
    if fact.therapies:
        head += f", {phrase('causality', fact.causality)} {', '.join(fact.therapies)}"
    parts = [head]
    if fact.n_affected is not None and fact.n_total is not None:
        parts.append(f"{fact.n_affected} of {fact.n_total}")
    if rate := interval(fact.incidence_low, fact.incidence_high):
        parts.append(f"{rate} %")
    if fact.onset_days is not None:
        parts.append(f"after {shortest(round(fact.onset_days, 1))} days")
    if fact.serious:
        parts.append("serious")
    parts.append(phrase("action_taken", fact.action_taken))
    if fact.treatment:
        parts.append(f"treated with {', '.join(fact.treatment)}")
    parts.append(phrase("outcome", fact.outcome))
    return ", ".join(part for part in parts if part)
