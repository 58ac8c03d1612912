"""Parquet beside the CSV: the same rows with types (lists are lists, vocabularies are dictionaries)."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from importlib.abc import MetaPathFinder
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline.tables import Cell, Column, Record, Row, Table
from pipeline.writers._clean import clean, is_fit

_GROUP = 4_000  # rows of a table that are held in memory


def open_writer(draft: Path, tables: Sequence[Table]) -> "ParquetWriter":
    """A writer of one Parquet file a table."""
    return ParquetWriter(draft, tables)


class ParquetWriter:
    """Collects rows and writes them in groups of a fixed size, so that memory stays bounded."""

    def __init__(self, draft: Path, tables: Sequence[Table]) -> None:
        self._sheets = {table.name: _Sheet(draft / f"{table.name}.parquet", table) for table in tables}

    def document(self, record: Record) -> None:
        """Tables hold all there is to say."""

    def rows(self, table: Table, rows: Sequence[Row]) -> None:
        """Append rows."""
        self._sheets[table.name].add(rows)

    def close(self) -> None:
        """Write what is left and close all files, also where one of them cannot be written."""
        with ExitStack() as closing:
            for sheet in self._sheets.values():
                closing.callback(sheet.close)


class _PandasIsAbsent(MetaPathFinder):
    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname, name=fullname)


@contextmanager
def _without_pandas() -> Iterator[None]:
    """pyarrow loads pandas with its first array, to ask whether the list is one of its series; none is, here.

    It still finds pandas later, when a caller asks for a frame.
    """
    if "pandas" in sys.modules:
        yield
        return
    absent = _PandasIsAbsent()
    sys.meta_path.insert(0, absent)
    try:
        yield
    finally:
        sys.meta_path.remove(absent)


@lru_cache(maxsize=1)
def prepare() -> Any:
    """Load pyarrow, which takes a quarter of a second: only who writes tables pays."""
    with _without_pandas():
        import pyarrow
        import pyarrow.parquet

        pyarrow.array([])
    return pyarrow


class _Sheet:
    def __init__(self, path: Path, table: Table) -> None:
        pyarrow = prepare()
        self._arrow = pyarrow
        self._columns = table.columns
        self._schema = pyarrow.schema([_field(pyarrow, column) for column in table.columns])
        self._file = pyarrow.parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []

    def add(self, rows: Sequence[Row]) -> None:
        self._rows.extend(rows)
        while len(self._rows) >= _GROUP:
            self._write(self._rows[:_GROUP])
            del self._rows[:_GROUP]

    def close(self) -> None:
        try:
            if self._rows:
                self._write(self._rows)
            self._file.close()
        finally:
            # Else pyarrow tries once more when it is collected, and complains of a full disk on its own.
            self._file.is_open = False

    def _write(self, rows: Sequence[Row]) -> None:
        columns = zip(self._columns, zip(*rows, strict=True), self._schema, strict=True)
        arrays = [self._arrow.array(_stored(column, cells), type=field.type) for column, cells, field in columns]
        self._file.write_table(self._arrow.Table.from_arrays(arrays, schema=self._schema))


def _stored(column: Column, cells: Sequence[Cell]) -> Sequence[Any]:
    """The cells, fit for UTF-8; nearly all are as they come, so they are looked at all at once."""
    if column.enum or column.kind not in ("text", "date", "words"):
        return cells
    filled = [cell for cell in cells if cell is not None]
    words = chain.from_iterable(filled) if column.kind == "words" else filled  # type: ignore[arg-type]
    if is_fit("".join(words)):  # type: ignore[arg-type]
        return cells
    if column.kind == "words":
        return [cell and [clean(word) for word in cell] for cell in cells]  # type: ignore[arg-type, union-attr]
    return [cell and clean(str(cell)) for cell in cells]


def _field(arrow: Any, column: Column) -> Any:
    kinds = {
        "text": arrow.string(),
        "date": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "words": arrow.list_(arrow.string()),
        "integers": arrow.list_(arrow.int64()),
    }
    kind = arrow.dictionary(arrow.int8(), arrow.string()) if column.enum else kinds[column.kind]
    return arrow.field(column.name, kind, nullable=not column.required, metadata={"description": column.description})
