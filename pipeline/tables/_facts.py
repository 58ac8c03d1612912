"""Facts again from the cells of their rows, so that what is computed of facts can be computed of curated rows."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from pipeline.datamodel import Fact, Measurement, Regimen, Response, Toxicity
from pipeline.datamodel.vocabulary import FactKind
from pipeline.tables import measurements, regimens, responses, toxicities
from pipeline.tables._cells import parsed
from pipeline.tables._column import Table
from pipeline.tables._keys import Entry

_TABLES: dict[FactKind, Table] = {
    "regimen": regimens.TABLE,
    "response": responses.TABLE,
    "toxicity": toxicities.TABLE,
    "measurement": measurements.TABLE,
}
_KINDS: dict[FactKind, type[Fact]] = {
    "regimen": Regimen,
    "response": Response,
    "toxicity": Toxicity,
    "measurement": Measurement,
}
_CASE = re.compile(r"/P(\d+)$")
_GROUP = re.compile(r"#(\d+)$")
_NEUTRAL = {"str": "", "int": 0, "float": 0.0}


def fact_of(kind: FactKind, cells: Mapping[str, str]) -> Fact:
    """The fact that a row's cells say.

    Raises:
        ValueError: a cell does not fit its column.
    """
    columns = {column.name: column for column in _TABLES[kind].columns}
    slots: dict[str, Any] = {"case": _number(_CASE, cells.get("case_id", ""))}
    for each in fields(_KINDS[kind]):
        if each.name == "group":
            group = _number(_GROUP, cells.get("regimen_id", ""))
            slots["group"] = group or 0 if kind == "regimen" else group
        elif each.name in columns:
            cell = parsed(columns[each.name], cells.get(each.name, ""))
            if cell is not None:
                slots[each.name] = cell
            elif each.default is MISSING:
                slots[each.name] = _NEUTRAL.get(getattr(each.type, "__name__", ""), "")
    return _KINDS[kind](**slots)


def entry_of(kind: FactKind, cells: Mapping[str, str]) -> Entry:
    """The fact with its keys.

    Raises:
        ValueError: a cell does not fit its column.
    """
    return Entry(
        kind=kind,
        fact=fact_of(kind, cells),
        evidence_id=cells["evidence_id"],
        doc_id=cells["doc_id"],
        case_id=cells.get("case_id", ""),
        regimen_id=cells.get("regimen_id", ""),
    )


def _number(pattern: re.Pattern[str], key: str) -> int | None:
    found = pattern.search(key)
    return int(found[1]) if found else None
