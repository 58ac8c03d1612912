"""regimens.csv: one therapy component within one regimen, at one dose, route and schedule."""

from pipeline.datamodel import Fact, Regimen
from pipeline.datamodel.vocabulary import RegimenStatus, Role, Route, StopReason, TherapyType
from pipeline.tables._column import Table, date, enum, integer, integers, listing, number, text
from pipeline.tables._numbers import interval, shortest
from pipeline.tables._shared import CASE_KEY, DOCUMENT_KEY, Gist, fact_columns, regimen_id
from pipeline.tables._words import phrase

TABLE = Table(
    name="regimens",
    description="One row is one therapy component within one regimen, at one dose, route and schedule.",
    columns=fact_columns(
        regimen_id,
        text("regimen_name", "The regimen's name in the text, e.g. CHOP."),
        integer("line", "Order of treatment for the target disease within the case, from 1.", minimum=1),
        enum(
            "role",
            Role,
            "What the therapy is to the case: index is what the document is about, culprit a drug "
            "reported only as the cause of an adverse event.",
            required=True,
        ),
        enum("therapy_type", TherapyType, "What kind of therapy it is.", required=True),
        text("therapy", "Preferred name, lower case; the INN for a drug.", required=True),
        text("therapy_text", "The therapy as written."),
        text("therapy_code", "system:code, UNII or RxNorm for a drug."),
        number("dose_low", "Amount per administration (or the stated total: see dose_unit); low end."),
        number("dose_high", "Its high end; equal to dose_low unless the text gives a range."),
        text("dose_unit", "UCUM: mg, mg/kg, mg/m2, mg/d …"),
        enum("route", Route, "Route of administration."),
        text("frequency_text", "The schedule as written."),
        number("per_week", "Administrations per week; daily is 7, every two weeks 0.5.", minimum=0),
        integers("days", "Scheduled days of the cycle."),
        number("cycles", "Cycles given.", minimum=0),
        number("cycle_length_days", "Length of a cycle in days.", minimum=0),
        number("duration_days", "How long it was given, in days (month 30.4375, year 365.25).", minimum=0),
        date("start_date", "When it began, as far as stated."),
        date("end_date", "When it ended, as far as stated."),
        enum("status", RegimenStatus, "How it stands at the end of the report."),
        enum("stop_reason", StopReason, "Why it was stopped."),
        listing("slot_confidence", "How likely each cell is right if the row is, as column=0.97."),
    ),
    primary_key="evidence_id",
    entries=lambda record: record.regimens,
    inside="fact",
    foreign_keys=(DOCUMENT_KEY, CASE_KEY),
)


def gist(fact: Fact) -> Gist:
    """The regimen in the words of the evidence table; ``category`` is its role."""
    assert isinstance(fact, Regimen)
    return Gist(
        term=fact.therapy,
        code=fact.therapy_code,
        value_low=fact.dose_low,
        value_high=fact.dose_high,
        unit=fact.dose_unit,
        category=fact.role,
        summary=_sentence(fact),
    )


def _sentence(fact: Regimen) -> str:
    dose = f"{interval(fact.dose_low, fact.dose_high)} {phrase('unit', fact.dose_unit)}".strip()
    head = " ".join(part for part in (fact.therapy, dose, fact.route) if part)
    if fact.regimen_name:
        head += f" ({fact.regimen_name})"
    parts = [head]
    if fact.per_week is not None:
        parts.append("daily" if fact.per_week == 7 else f"{shortest(round(fact.per_week, 2))} times a week")
    if fact.days:
        parts.append(f"on days {', '.join(map(str, fact.days))}")
    if fact.cycles is not None:
        parts.append(f"{shortest(fact.cycles)} cycles")
    if fact.duration_days is not None:
        parts.append(f"for {shortest(round(fact.duration_days, 1))} days")
    if fact.start_date:
        parts.append(f"from {fact.start_date}")
    status = "" if fact.status == "unknown" else fact.status.replace("_", " ")
    reason = (fact.stop_reason or "").replace("_", " ")
    parts += [f"{status} ({reason})" if status and reason else status or reason]
    return ", ".join(part for part in parts if part) + ("" if fact.role == "unknown" else f"; {fact.role}")
