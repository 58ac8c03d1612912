"""The sentence that sums a row up, made of its cells as they stand."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from pipeline.datamodel import Fact, Measurement, Regimen, Response, Toxicity
from pipeline.review.rundir import table_of, tables
from pipeline.tables import Column
from pipeline.tables.evidence import GISTS

_TYPES: dict[str, type[Fact]] = {
    "regimen": Regimen,
    "response": Response,
    "toxicity": Toxicity,
    "measurement": Measurement,
}
_NEEDED = {"str": "", "float": 0.0, "int": 1}


def sentence_of(kind: str, cells: Mapping[str, str]) -> str:
    """What the evidence table would say of the row; of a case, who the patient is."""
    if kind == "case":
        return _patient(cells)
    try:
        fact = _fact(kind, cells)
    except (ValueError, TypeError):
        return cells.get("quote", "")
    number = cells.get("case_id", "").rpartition("/P")[2]
    who = f"Patient {number}" if number else fact.attribution.capitalize()
    hedge = {"affirmed": "", "negated": "no ", "uncertain": "possibly ", "planned": "planned: "}[fact.assertion]
    return f"{who}: {hedge}{GISTS[kind](fact).summary}."  # type: ignore[index]


def _patient(cells: Mapping[str, str]) -> str:
    age = cells.get("age_years", "")
    sex = cells.get("sex", "")
    parts = [f"{age} years" if age else "", "" if sex == "unknown" else sex, cells.get("diagnosis", "")]
    stage = cells.get("stage", "")
    return ", ".join(part for part in (*parts, f"stage {stage}" if stage else "") if part)


@cache
def _columns(kind: str) -> Mapping[str, Column]:
    table = tables()["cases"] if kind == "case" else table_of(kind)
    return {column.name: column for column in table.columns}


def _fact(kind: str, cells: Mapping[str, str]) -> Fact:
    known: dict[str, Any] = {}
    for field in fields(_TYPES[kind]):
        column = _columns(kind).get(field.name)
        cell = cells.get(field.name, "")
        if column is not None and cell:
            known[field.name] = _typed(column, cell)
        elif field.default is MISSING:
            known[field.name] = _NEEDED.get(str(getattr(field.type, "__name__", field.type)), "")
    known |= {"group": 1, "start": 0, "end": 1} if kind != "measurement" else {"start": 0, "end": 1}
    return _TYPES[kind](**known)


def _typed(column: Column, cell: str) -> Any:
    if column.kind == "integer":
        return int(cell)
    if column.kind == "number":
        return float(cell)
    if column.kind == "boolean":
        return cell == "true"
    if column.kind == "words":
        return tuple(cell.split(";"))
    if column.kind == "integers":
        return tuple(int(part) for part in cell.split(";"))
    return cell
