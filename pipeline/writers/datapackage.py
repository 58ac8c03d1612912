"""``datapackage.json``: the Frictionless description of the tables, made of their columns."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.tables import Column, Record, Row, Table

_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def open_writer(draft: Path, tables: Sequence[Table]) -> "PackageWriter":
    """A writer of the description."""
    return PackageWriter(draft / "datapackage.json", tables)


class PackageWriter:
    """Counts the rows; writes the description at the end."""

    def __init__(self, path: Path, tables: Sequence[Table]) -> None:
        self._path = path
        self._tables = tables

    def document(self, record: Record) -> None:
        """The description is the same for all documents."""

    def rows(self, table: Table, rows: Sequence[Row]) -> None:
        """The description is the same for all rows."""

    def close(self) -> None:
        """Write the description."""
        written = json.dumps(describe(self._tables), indent=2, ensure_ascii=False)
        self._path.write_bytes(written.encode() + b"\n")


def describe(tables: Sequence[Table]) -> dict[str, Any]:
    """The data package of a run directory."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "casebook-run",
        "title": "Evidence tables from published case reports",
        "description": "Regimens, responses, toxicities and measurements, each row with the words that carry it.",
        "version": __version__,
        "resources": [_resource(table) for table in tables],
    }


def _resource(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": [table.primary_key],
    }
    if table.foreign_keys:
        schema["foreignKeys"] = [
            {"fields": [key.column], "reference": {"resource": key.table, "fields": [key.key]}}
            for key in table.foreign_keys
        ]
    file = {"scheme": "file", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    dialect = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\n"}
    about = {"name": table.name, "type": "table", "path": f"{table.name}.csv", "description": table.description}
    return {**about, **file, "dialect": dialect, "schema": schema}


def _field(column: Column) -> dict[str, Any]:
    kinds = {"text": "string", "date": "string", "words": "list", "integers": "list"}
    field: dict[str, Any] = {"name": column.name, "type": kinds.get(column.kind, column.kind)}
    if column.kind in ("words", "integers"):
        field |= {"delimiter": ";", "itemType": "string" if column.kind == "words" else "integer"}
    if column.kind == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    field["description"] = column.description
    if limits := _constraints(column):
        field["constraints"] = limits
    return field


def _constraints(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if column.required:
        limits["required"] = True
    if column.enum:
        limits["enum"] = list(column.enum)
    if column.kind == "date":
        limits["pattern"] = _DATE
    for name, bound in (("minimum", column.minimum), ("maximum", column.maximum)):
        if bound is not None:
            limits[name] = bound
    return limits
