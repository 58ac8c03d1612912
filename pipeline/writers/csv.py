"""CSV: UTF-8, RFC 4180 quoting, lines that end in a line feed.

A text cell that a spreadsheet would run as a formula gets an apostrophe in front, and so does one that looks as if
it already had one, so that :func:`plain` can undo it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO

from pipeline.tables import Cell, Column, Record, Row, Table
from pipeline.writers._clean import clean

_SPECIAL = re.compile('[,"\r\n]')
_HARD = re.compile('[,"\r\n\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]')
_STARTS = frozenset("'=+-@\t\r")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def open_writer(draft: Path, tables: Sequence[Table]) -> "CsvWriter":
    """A writer of one CSV a table."""
    return CsvWriter(draft, tables)


class CsvWriter:
    """Streams rows into ``<table>.csv``."""

    def __init__(self, draft: Path, tables: Sequence[Table]) -> None:
        self._sheets: dict[str, IO[str]] = {}
        for table in tables:
            self._sheets[table.name] = (draft / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
            self._sheets[table.name].write(_line(table.header))
        self._formats = {table.name: [_formatter(column) for column in table.columns] for table in tables}

    def document(self, record: Record) -> None:
        """Tables hold all there is to say."""

    def rows(self, table: Table, rows: Sequence[Row]) -> None:
        """Append rows."""
        if rows:
            formats = self._formats[table.name]
            columns = [list(map(say, cells)) for say, cells in zip(formats, zip(*rows, strict=True), strict=True)]
            self._sheets[table.name].writelines(map(_line, zip(*columns, strict=True)))

    def close(self) -> None:
        """Flush and close all files."""
        for file in self._sheets.values():
            file.close()


def _line(cells: Iterable[str]) -> str:
    return ",".join(cells) + "\n"


def _formatter(column: Column) -> Callable[[Cell], str]:
    if column.enum:
        return _word
    formats = {"boolean": _boolean, "integer": _number, "number": _number, "words": _list, "integers": _list}
    return formats.get(column.kind, _text)


def _word(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _boolean(cell: Cell) -> str:
    return "" if cell is None else "true" if cell else "false"


def _number(cell: Cell) -> str:
    if cell is None:
        return ""
    assert isinstance(cell, (int, float))
    whole = isinstance(cell, int) or (cell.is_integer() and abs(cell) < 1e15)
    return str(int(cell)) if whole else repr(cell)


def _list(cell: Cell) -> str:
    if cell is None:
        return ""
    assert isinstance(cell, tuple)
    return _text(";".join(str(member).replace(";", ",") for member in cell))


def _text(cell: Cell) -> str:
    """A text cell, made safe and quoted. The library's writer leaves a lone carriage return unquoted."""
    if cell is None:
        return ""
    text = str(cell)
    if _HARD.search(text) is None and text[:1] not in _STARTS:
        return text
    text = clean(text)
    if _FORMULA.match(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if _SPECIAL.search(text) else text


def plain(text: str) -> str:
    """A text cell as it was before it was made safe for spreadsheets."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text
