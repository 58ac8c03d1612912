"""What a table and its columns are made of."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Literal, TypeAlias

from pipeline.datamodel.vocabulary import words
from pipeline.tables._keys import Record

Cell: TypeAlias = str | int | float | bool | tuple[str, ...] | tuple[int, ...] | None
Row: TypeAlias = tuple[Cell, ...]
_LONGEST = 30_000  # characters of a cell; a spreadsheet takes 32,767
ColumnKind = Literal["text", "integer", "number", "boolean", "date", "words", "integers"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        name: as in the header.
        kind: type of its cells; ``words`` and ``integers`` are lists, ``date`` an ISO 8601 date as far as stated.
        description: what it says, with its unit.
        enum: the closed vocabulary, empty where any text may stand.
        required: never empty.
        minimum, maximum: bounds of a number, inclusive.
        of: how the cell is had from the table's entry; None: the attribute of the column's name.
    """

    name: str
    kind: ColumnKind
    description: str
    enum: tuple[str, ...] = ()
    required: bool = False
    minimum: float | None = None
    maximum: float | None = None
    of: Callable[[Any], Cell] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """Cells of ``column`` stand in ``table``'s column ``key``, where they are not empty."""

    column: str
    table: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One output table.

    Attributes:
        name: the file's name without its ending.
        description: what one row is.
        entries: the things of a document that become rows, in the order of the rows.
        inside: path from an entry to the object that carries the columns by name, e.g. ``fact``; empty: itself.
        ranked: the column that holds how urgent a row is until all rows are there, and then its rank, 1 the most
            urgent; empty where the rows stand in the order of the documents.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: str
    entries: Callable[[Record], Iterable[Any]]
    inside: str = ""
    foreign_keys: tuple[ForeignKey, ...] = ()
    ranked: str = ""
    _getters: tuple[tuple[Callable[[Any], Cell], Callable[[Any], Cell]], ...] = field(
        init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        prefix = f"{self.inside}." if self.inside else ""
        getters = tuple(
            (column.of or attrgetter(prefix + column.name), _TIDY.get(column.kind, _filled)) for column in self.columns
        )
        object.__setattr__(self, "_getters", getters)

    @property
    def header(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(column.name for column in self.columns)

    def rows(self, record: Record) -> list[Row]:
        """The document's rows, cells in the order of the columns."""
        return [tuple([tidy(get(entry)) for get, tidy in self._getters]) for entry in self.entries(record)]

    def urgency(self, row: Row) -> float:
        """Of a row of a ranked table."""
        return float(row[self.header.index(self.ranked)])  # type: ignore[arg-type]

    def numbered(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Rows of a ranked table that come most urgent first, with their rank, from 1."""
        at = self.header.index(self.ranked)
        return ((*row[:at], number, *row[at + 1 :]) for number, row in enumerate(rows, 1))


def _filled(cell: Any) -> Cell:
    """Empty text, or an empty list, becomes None."""
    return cell or None


def _bounded(cell: str | None) -> Cell:
    """Very long text is cut, too."""
    if not cell:
        return None
    return cell if len(cell) <= _LONGEST else cell[: _LONGEST - 1] + "…"


def _as_it_is(cell: Cell) -> Cell:
    return cell


def _exact(cell: float | None) -> Cell:
    """A float loses the noise of binary arithmetic, and is None where it is no number."""
    if type(cell) is not float:
        return cell
    return float(f"{cell:.12g}") + 0.0 if abs(cell) < float("inf") else None


_TIDY: dict[ColumnKind, Callable[[Any], Cell]] = {
    "text": _bounded,
    "integer": _as_it_is,
    "number": _exact,
    "boolean": _as_it_is,
}


def text(name: str, description: str, **more: Any) -> Column:
    """A column of text."""
    return Column(name=name, kind="text", description=description, **more)


def integer(name: str, description: str, **more: Any) -> Column:
    """A column of whole numbers."""
    return Column(name=name, kind="integer", description=description, **more)


def number(name: str, description: str, **more: Any) -> Column:
    """A column of numbers."""
    return Column(name=name, kind="number", description=description, **more)


def boolean(name: str, description: str, **more: Any) -> Column:
    """A column of ``true`` and ``false``."""
    return Column(name=name, kind="boolean", description=description, **more)


def date(name: str, description: str, **more: Any) -> Column:
    """A column of dates as far as stated: ``2015``, ``2015-07`` or ``2015-07-14``."""
    return Column(name=name, kind="date", description=description, **more)


def listing(name: str, description: str, **more: Any) -> Column:
    """A column of lists of words, joined by ``;`` in CSV."""
    return Column(name=name, kind="words", description=description, **more)


def integers(name: str, description: str, **more: Any) -> Column:
    """A column of lists of whole numbers, joined by ``;`` in CSV."""
    return Column(name=name, kind="integers", description=description, **more)


def enum(name: str, vocabulary: object, description: str, **more: Any) -> Column:
    """A column with one word of a closed vocabulary, or nothing."""
    return Column(name=name, kind="text", description=description, enum=words(vocabulary), **more)
