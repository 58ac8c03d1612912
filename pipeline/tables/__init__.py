"""The output tables, one file each. To add one, drop a file here that defines ``TABLE``.

A table's columns are stated once, in its file; the header of the CSV, the types of the Parquet file, the
data dictionary and the table's part of ``datapackage.json`` are all made of them.
"""

import sys

from pipeline import registry
from pipeline.tables._cells import misfits, parsed, typed
from pipeline.tables._column import Cell, Column, ForeignKey, Row, Table
from pipeline.tables._facts import entry_of, fact_of
from pipeline.tables._keys import Entry, Record, id_of, keyed

__all__ = [
    "Cell",
    "Column",
    "Entry",
    "ForeignKey",
    "Record",
    "Row",
    "Table",
    "all_tables",
    "data_dictionary",
    "entry_of",
    "fact_of",
    "id_of",
    "keyed",
    "misfits",
    "parsed",
    "typed",
]


def all_tables() -> tuple[Table, ...]:
    """Every table, in the order of their names."""
    return tuple(member.TABLE for member in registry.members(sys.modules[__name__]))


def data_dictionary() -> str:
    """All tables and columns as Markdown, for a reader."""
    lines: list[str] = []
    for table in all_tables():
        lines += [f"## {table.name}.csv", "", f"{table.description} Key: `{table.primary_key}`.", ""]
        lines += ["| column | type | meaning |", "| --- | --- | --- |"]
        for column in table.columns:
            kind = "one of " + ", ".join(f"`{word}`" for word in column.enum) if column.enum else column.kind
            lines.append(f"| `{column.name}` | {kind} | {column.description.replace('|', chr(92) + '|')} |")
        lines.append("")
    return "\n".join(lines)
