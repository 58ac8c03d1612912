"""A run directory as data frames, for an analyst."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageError
from pipeline.tables import Column, Table, all_tables

if TYPE_CHECKING:
    import pandas


def load_run(path: str | Path) -> "dict[str, pandas.DataFrame]":
    """The tables of a run directory, by name.

    Vocabularies are categories, whole numbers ``Int64``, other numbers ``float64``, ``true``/``false``
    ``boolean``, lists tuples (empty where nothing is reported), dates and other text strings; what is not reported
    is NA.

    Example:
        >>> tables = load_run("outputs")  # doctest: +SKIP
        >>> tables["toxicities"].query("grade >= 3")  # doctest: +SKIP

    Raises:
        UsageError: ``path`` is no run directory.
    """
    folder = Path(path)
    missing = [table.name for table in all_tables() if not (folder / f"{table.name}.parquet").is_file()]
    if missing:
        raise UsageError(f"{folder} is no run directory: there is no {missing[0]}.parquet; make one with casebook run")
    return {table.name: _frame(folder / f"{table.name}.parquet", table) for table in all_tables()}


def _frame(path: Path, table: Table) -> "pandas.DataFrame":
    import pandas
    import pyarrow.parquet

    stored = pyarrow.parquet.ParquetFile(path).read()
    columns = {column.name: stored.column(column.name).to_pylist() for column in table.columns}
    series: dict[str, Any] = {
        column.name: pandas.Series(**_typed(column, columns[column.name])) for column in table.columns
    }
    # What curated tables have besides (casebook apply) is text.
    more = [name for name in stored.column_names if name not in series]
    series |= {name: pandas.Series(stored.column(name).to_pylist(), dtype="string") for name in more}
    frame: pandas.DataFrame = pandas.DataFrame(series, columns=[*table.header, *more])
    return frame


def _typed(column: Column, cells: list[object]) -> dict[str, Any]:
    if column.kind in ("words", "integers"):
        return {"data": [tuple(cell) if isinstance(cell, list) else () for cell in cells], "dtype": "object"}
    if column.enum:
        import pandas

        return {"data": cells, "dtype": pandas.CategoricalDtype(list(column.enum), ordered=False)}
    kinds = {"integer": "Int64", "number": "float64", "boolean": "boolean", "text": "string", "date": "string"}
    return {"data": cells, "dtype": kinds[column.kind]}
