"""A row as a form: its cells in the order in which a curator looks at them, and what came back of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.review.book import Sheet
from pipeline.review.cells import BadCellError, checked
from pipeline.review.rundir import table_of, tables
from pipeline.tables import Column
from pipeline.toml import read_toml

_BOOLEANS = ("true", "false")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One word that is offered: what is written down, and what a reader is shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One cell of a form.

    Attributes:
        stands: what the cell holds now; ``value`` is what the form shows, which a reader may have typed.
        machine: what the machine says, where a curator says otherwise; None where they agree.
        choices: the closed vocabulary; empty where any text may stand.
        offered: whether names are offered while a reader types.
        doubt: how likely the cell is right, where that is known and not high.
        wide: it wants more room than a number.
        problem: why what was typed cannot stand there.
    """

    name: str
    label: str
    hint: str
    value: str
    stands: str
    machine: str | None
    choices: tuple[Choice, ...]
    offered: bool
    doubt: str
    wide: bool
    problem: str


@cache
def wording() -> dict[str, Any]:
    """The file ``form.toml`` beside this one."""
    return read_toml(Path(__file__).with_name("form.toml"))


@cache
def columns_of(kind: str) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The columns that a curator can type in: those that are looked at first, and the rest."""
    table = tables()["cases"] if kind == "case" else table_of(kind)
    fixed = {*wording()["shown"], *(("case_id",) if kind == "case" else ())}
    by_name = {column.name: column for column in table.columns if column.name not in fixed}
    first = tuple(by_name.pop(name) for name in wording()["first"][kind])
    return first, tuple(by_name.values())


def typed(kind: str, given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The cells that a form brings back, as the tables write them, and why others cannot stand."""
    cells, problems = {}, {}
    for column in (*columns_of(kind)[0], *columns_of(kind)[1]):
        if column.name in given:
            try:
                cells[column.name] = checked(column, given[column.name])
            except BadCellError as bad:
                problems[column.name] = str(bad)
    return cells, problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A row's cells as a form; see :func:`form_of`."""

    first: tuple[Field, ...]
    more: tuple[Field, ...]

    @property
    def filled(self) -> int:
        """How many of the cells further down hold something."""
        return sum(bool(field.value) for field in self.more)

    @property
    def more_problems(self) -> bool:
        """Whether something was typed further down that cannot stand."""
        return any(field.problem for field in self.more)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What a form is filled with.

    Attributes:
        stands: the row's cells.
        machine: those of them in which the machine says otherwise.
        given: what a reader has typed, where the form comes back.
        problems: why some of that cannot stand.
    """

    stands: Mapping[str, str]
    machine: Mapping[str, str]
    given: Mapping[str, str]
    problems: Mapping[str, str]


def form_of(kind: str, sheet: Sheet, filling: Filling) -> Form:
    """The form of a row."""
    doubts = _doubts(filling.stands.get("slot_confidence", ""))

    def fields(columns: Sequence[Column]) -> tuple[Field, ...]:
        return tuple(_field(column, sheet, filling, doubts.get(column.name, "")) for column in columns)

    first, more = columns_of(kind)
    return Form(first=fields(first), more=fields(more))


def _field(column: Column, sheet: Sheet, filling: Filling, doubt: str) -> Field:
    stands = filling.stands.get(column.name, "")
    value = filling.given.get(column.name, stands)
    choices = _choices(column, sheet)
    if choices and value not in {choice.value for choice in choices}:
        choices = (*choices, Choice(value=value, label=value))
    return Field(
        name=column.name,
        label=wording()["labels"].get(column.name, column.name.replace("_", " ")),
        hint=column.description,
        value=value,
        stands=stands,
        machine=filling.machine.get(column.name),
        choices=choices,
        offered=not choices and column.kind in ("text", "words"),
        doubt=doubt,
        wide=(column.kind in ("text", "words") and not choices) or column.name in wording()["wide"],
        problem=filling.problems.get(column.name, ""),
    )


def _choices(column: Column, sheet: Sheet) -> tuple[Choice, ...]:
    nothing = () if column.required else (Choice(value="", label="–"),)
    if column.enum:
        return (*nothing, *(Choice(value=word, label=word.replace("_", " ")) for word in column.enum))
    if column.kind == "boolean":
        return (*nothing, *(Choice(value=word, label=word) for word in _BOOLEANS))
    if column.name == "case_id":
        return (*nothing, *(Choice(value=case.key, label=patient_of(case.key, case.summary)) for case in sheet.cases))
    if column.name == "regimen_id":
        return (*nothing, *regimens_of(sheet))
    return ()


def regimens_of(sheet: Sheet) -> tuple[Choice, ...]:
    """The document's regimens, by the names of their therapies."""
    named: dict[str, list[str]] = {}
    for row in sheet.facts:
        if row.kind == "regimen" and row.row.status != "rejected" and row.cells.get("regimen_id"):
            named.setdefault(row.cells["regimen_id"], []).append(row.cells.get("therapy", ""))
    return tuple(
        Choice(value=key, label=f"{key.rpartition('/')[2]} {', '.join(dict.fromkeys(names))}")
        for key, names in named.items()
    )


def moves_of(sheet: Sheet, cells: Mapping[str, str]) -> tuple[Choice, ...]:
    """Where a row can be moved to: the regimens, where its table names one, and the patients."""
    regimens = regimens_of(sheet) if "regimen_id" in cells else ()
    alone = ", no regimen" if regimens else ""
    patients = (Choice(value=case.key, label=patient_of(case.key, case.summary) + alone) for case in sheet.cases)
    return (*regimens, *patients)


def place_of(cells: Mapping[str, str]) -> str:
    """Where a row stands, by the values of :func:`moves_of`: its regimen, else its patient; of neither nothing."""
    return cells.get("regimen_id", "") or cells.get("case_id", "")


def patient_of(case_id: str, summary: str) -> str:
    """How a patient is called in a list."""
    number = case_id.rpartition("/P")[2]
    return f"Patient {number}" + (f" ({summary})" if summary else "")


def _doubts(told: str) -> dict[str, str]:
    pairs = (pair.split("=", 1) for pair in told.split(";") if "=" in pair)
    return {name: value for name, value in pairs if float(value) < _SURE}


_SURE = 0.8
