"""measurements.csv: one laboratory value, cell count or other measured finding."""

from pipeline.datamodel import Fact, Measurement
from pipeline.datamodel.vocabulary import Abnormal, Comparator, Phase
from pipeline.tables._column import Table, enum, number, text
from pipeline.tables._numbers import interval, shortest
from pipeline.tables._shared import CASE_KEY, DOCUMENT_KEY, Gist, fact_columns
from pipeline.tables._words import phrase

TABLE = Table(
    name="measurements",
    description="One row is one laboratory value, cell count or other measured finding.",
    columns=fact_columns(
        text("analyte", "Preferred name, lower case.", required=True),
        text("analyte_text", "The analyte as written."),
        text("analyte_code", "Its code, system:code."),
        enum("comparator", Comparator, "Where the text gives a bound, not a value."),
        number("value_low", "The value as printed; low end.", required=True),
        number("value_high", "Its high end; equal to value_low unless the text gives a range.", required=True),
        text("unit", "The unit as printed, in UCUM."),
        number("si_value_low", "The value converted to si_unit; low end."),
        number("si_value_high", "Its high end."),
        text("si_unit", "10*9/L for cell counts; one unit an analyte for others."),
        enum("abnormal", Abnormal, "Whether the value lies outside the normal range, or the text says so."),
        enum("phase", Phase, "When in the treatment it was measured."),
        number("time_days", "Days from the index regimen's start; negative before."),
        text("time_text", "The time as written."),
    ),
    primary_key="evidence_id",
    entries=lambda record: record.measurements,
    inside="fact",
    foreign_keys=(DOCUMENT_KEY, CASE_KEY),
)


def gist(fact: Fact) -> Gist:
    """The measurement in the words of the evidence table; ``category`` says low, high or normal."""
    assert isinstance(fact, Measurement)
    return Gist(
        term=fact.analyte,
        code=fact.analyte_code,
        value_low=fact.value_low,
        value_high=fact.value_high,
        unit=fact.unit,
        category=fact.abnormal or "",
        time_days=fact.time_days,
        summary=_sentence(fact),
    )


def _sentence(fact: Measurement) -> str:
    value = f"{fact.comparator or ''}{interval(fact.value_low, fact.value_high)} {phrase('unit', fact.unit)}".strip()
    parts = [f"{fact.analyte} {value}" + (f" ({fact.abnormal})" if fact.abnormal else "")]
    if fact.si_unit and fact.si_unit != fact.unit:
        parts.append(f"= {interval(fact.si_value_low, fact.si_value_high)} {phrase('unit', fact.si_unit)}")
    if fact.time_days is not None:
        parts.append(f"day {shortest(round(fact.time_days, 1))}")
    parts.append(phrase("phase", fact.phase))
    return ", ".join(part for part in parts if part)
