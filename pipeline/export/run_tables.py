"""The tables of a run directory as text cells, for what is shown, decided on and written anew."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TypeAlias

from pipeline.errors import UsageError
from pipeline.ledger import MachineRow, RowKind
from pipeline.tables import Table, all_tables
from pipeline.writers.csv import plain

Cells: TypeAlias = dict[str, str]

TABLES: dict[RowKind, str] = {
    "case": "cases",
    "regimen": "regimens",
    "response": "responses",
    "toxicity": "toxicities",
    "measurement": "measurements",
}
"""The table that holds the rows of a kind."""


@cache
def output_tables() -> Mapping[str, Table]:
    """The output tables by name."""
    return {table.name: table for table in all_tables()}


@dataclass(frozen=True)
class RunTables:
    """What a run directory holds. Texts are read when they are asked for.

    Attributes:
        folder: the run directory.
        tables: by name, the rows in their order, cells as text without what the CSV adds for spreadsheets.
    """

    folder: Path
    tables: Mapping[str, Sequence[Cells]]

    @cached_property
    def rows(self) -> tuple[MachineRow, ...]:
        """Cases and facts, table by table."""
        return tuple(MachineRow(kind=kind, cells=row) for kind, name in TABLES.items() for row in self.tables[name])

    @cached_property
    def documents(self) -> dict[str, Cells]:
        """The rows of ``documents.csv`` by ``doc_id``."""
        return {row["doc_id"]: row for row in self.tables["documents"]}

    def text(self, doc_id: str) -> str:
        """The text that the document's offsets count in; empty where it was not read.

        Raises:
            UsageError: the run has no such document.
        """
        if doc_id not in self.documents:
            raise UsageError(f"{self.folder} has no document {doc_id!r}")
        path = self.folder / "text" / f"{doc_id}.txt"
        return path.read_bytes().decode("utf-8") if path.is_file() else ""


def read_run(folder: Path) -> RunTables:
    """Read the tables of a run directory.

    Raises:
        UsageError: it is none.
    """
    csv.field_size_limit(2**31 - 1)
    return RunTables(folder, {table.name: _read(folder, table) for table in all_tables()})


def _read(folder: Path, table: Table) -> list[Cells]:
    path = folder / f"{table.name}.csv"
    if not path.is_file():
        raise UsageError(f"{folder} is no run directory: there is no {path.name}; make one with casebook run")
    safe = {column.name for column in table.columns if column.enum or column.kind in ("boolean", "integer", "number")}
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {name: cell if name in safe else plain(cell) for name, cell in row.items()} for row in csv.DictReader(file)
        ]
