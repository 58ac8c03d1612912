"""What every output table promises."""

import csv
import json
from pathlib import Path

import pytest

from pipeline.tables import Table, all_tables, data_dictionary

TABLES = all_tables()
each_table = pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])


@each_table
def test_columns_are_told_once_and_described(table: Table) -> None:
    assert len(table.header) == len(set(table.header))
    assert table.primary_key in table.header
    assert table.description
    assert all(column.description for column in table.columns)


@each_table
def test_foreign_keys_lead_somewhere(table: Table) -> None:
    columns = {other.name: other.header for other in TABLES}
    assert all(key.column in table.header and key.key in columns[key.table] for key in table.foreign_keys)


@each_table
def test_the_data_dictionary_tells_every_column(table: Table) -> None:
    dictionary = data_dictionary()
    assert f"## {table.name}.csv" in dictionary
    assert all(f"| `{column}` |" in dictionary for column in table.header)


@each_table
def test_a_run_writes_it_with_its_header(table: Table, samples_run: Path) -> None:
    with (samples_run / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert tuple(rows[0]) == table.header
    keys = [row[table.primary_key] for row in rows]
    assert len(keys) == len(set(keys))


@each_table
def test_cells_keep_to_their_vocabulary(table: Table, samples_run: Path) -> None:
    with (samples_run / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for column in table.columns:
        cells = {word for row in rows for word in _words(row[column.name], column.kind) if word}
        if column.enum:
            assert cells <= set(column.enum), column.name
        if column.kind == "boolean":
            assert cells <= {"true", "false"}, column.name
        if column.required:
            assert all(row[column.name] for row in rows), column.name


def _words(cell: str, kind: str) -> list[str]:
    return cell.split(";") if kind in ("words", "integers") else [cell]


def test_the_package_describes_every_table(samples_run: Path) -> None:
    package = json.loads((samples_run / "datapackage.json").read_text(encoding="utf-8"))
    assert {resource["name"] for resource in package["resources"]} >= {table.name for table in TABLES}
