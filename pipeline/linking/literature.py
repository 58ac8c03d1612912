"""Whose the cells of a table are: a patient's column or row, a list of published cases, a column of normal values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.datamodel import Cell, Document, Table
from pipeline.datamodel.vocabulary import Attribution
from pipeline.linking.cues import load_cues
from pipeline.toml import read_toml

Owned = tuple[int, int, Attribution, str, tuple[int, ...]]
PUBLISHED = "table of published cases"
"""The cue of a cell that tells of a cited case."""

_LEAST_CITED_ROWS = 2


def _matches(name: str, text: str) -> re.Match[str] | None:
    return load_cues("literature")[name].search(text)


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table with its texts: column headers, row labels, and what its rows and columns are."""

    document: Document
    table: Table
    numbers: tuple[int, ...]

    def text(self, cell: Cell) -> str:
        return self.document.slice(cell)

    def header(self, cell: Cell) -> str:
        return " ".join(cell.header) or next(
            (self.text(c) for c in self.table.cells if c.column == cell.column and c.row == 0 and cell.row > 0), ""
        )

    def is_literature(self) -> bool:
        """A column of authors or references with cited rows, or a caption that says so."""
        if _matches("caption.literature", self.table.caption):
            return True
        headed = any(_matches("header.literature", self.header(c)) for c in self.table.cells if not c.is_header)
        cited = {c.row for c in self.table.cells if not c.is_header and _matches("cell.literature", self.text(c))}
        if len(cited) >= _LEAST_CITED_ROWS and (headed or len(cited) > _LEAST_CITED_ROWS):
            return True
        return self._persons() > len(self.numbers) + 1

    def is_advice(self) -> bool:
        """A list of drugs with their doses for whoever has the disease: how to treat, not how a patient was treated."""
        heads = " ".join(dict.fromkeys(self.header(c) for c in self.table.cells if c.row > 0))
        if self._person_columns() or self.labelled(heads) or not _matches("header.drug", heads):
            return False
        return bool(_matches("advice", f"{self.table.caption} {heads}"))

    def _persons(self) -> int:
        """Rows that describe a person each: with a cell in a column of ages or sexes."""
        return max((len(rows) for rows in self._person_columns().values()), default=0)

    def _person_columns(self) -> dict[int, set[int]]:
        columns: dict[int, set[int]] = {}
        for cell in self.table.cells:
            if not cell.is_header and cell.row > 0 and _matches("header.person", self.header(cell)):
                columns.setdefault(cell.column, set()).add(cell.row)
        return columns

    def own_rows(self) -> frozenset[int]:
        """Rows of a list of published cases that are this report's."""
        return frozenset(c.row for c in self.table.cells if _matches("cell.ours", self.text(c)))

    def labelled(self, words: str) -> tuple[int, ...]:
        """The patient whose label a header or row label is."""
        found = _matches("label.patient", words)
        if not found:
            return ()
        number = label_number(found["n"]) if found["n"] else 1
        return (number,) if number in self.numbers else ()

    def captioned(self) -> tuple[int, ...]:
        """The one patient that the caption names (``Laboratory findings in Case 2``)."""
        found = load_cues("literature")["caption.patient"].regex.finditer(self.table.caption)
        told = {label_number(mark["n"] or mark["nth"]) for mark in found}
        return tuple(told) if len(told) == 1 and told <= set(self.numbers) else ()

    def row_patients(self) -> dict[int, tuple[int, ...]]:
        """Rows that are a patient's, by label or by a column of patient numbers."""
        rows: dict[int, tuple[int, ...]] = {}
        for cell in self.table.cells:
            if cell.is_header:
                continue
            told = self.labelled(self.text(cell)) if cell.column == 0 else ()
            if not told and _matches("header.number", self.header(cell)):
                number = label_number(self.text(cell).strip())
                told = (number,) if number in self.numbers else ()
            if told:
                rows.setdefault(cell.row, told)
        return rows


@cache
def _labels() -> dict[str, dict[str, int]]:
    return read_toml(Path(__file__).with_name("labels.toml"))


def label_number(word: str) -> int:
    """The number that a patient's label means (``2``, ``B``, ``II``, ``second``, ``index``); 0 where it means none."""
    folded = word.casefold()
    if folded.isdigit():
        return int(folded)
    lettered = ord(folded) - ord("a") + 1 if len(folded) == 1 and "a" <= folded <= "h" else 0
    return _labels()["label"].get(folded, lettered)


def counted(words: str) -> int:
    """Of how many patients the words speak (``both patients``); 0 where they do not say."""
    counts = _labels()["count"]
    return next((counts[word] for word in words.casefold().split() if word in counts), 0)


def table_owners(document: Document) -> Iterator[Owned]:
    """``(start, end, kind, cue, cases)`` of each cell whose place in its table decides whose it is.

    Cells that are the patient's by default are given too, with no cases where the table does not say which patient.
    """
    numbers = tuple(patient.number for patient in document.patients)
    literature = False
    for table in document.tables:
        grid = _Grid(document, table, numbers)
        literature = grid.is_literature() or (literature and bool(_matches("caption.continued", table.caption)))
        own = grid.own_rows()
        rows = grid.row_patients() if len(numbers) > 1 else {}
        if grid.is_advice():
            yield from ((cell.start, cell.end, "recommendation", "table of doses", ()) for cell in table.cells)
            continue
        for cell in table.cells:
            yield (cell.start, cell.end, *_owner(grid, cell, literature and cell.row not in own, rows))


def _owner(
    grid: _Grid, cell: Cell, cited: bool, rows: dict[int, tuple[int, ...]]
) -> tuple[Attribution, str, tuple[int, ...]]:
    header = grid.header(cell)
    if cited or not grid.numbers:
        return "cohort", PUBLISHED if cited else "table", ()
    if _matches("header.reference", header):
        return "background", f"column {header}", ()
    told = rows.get(cell.row, ()) or next((n for text in cell.header if (n := grid.labelled(text))), ())
    told = told or grid.labelled(header) or grid.captioned()
    return "patient", f"table column {header}" if header else "table", told
