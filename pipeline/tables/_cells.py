"""Cells from the text that stands for them in CSV, and what is the matter where they do not fit their column."""

import re
from collections.abc import Iterator, Mapping

from pipeline.tables._column import Cell, Column, Row, Table

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_TRUTH = {"true": True, "false": False}


def parsed(column: Column, text: str) -> Cell:
    """The cell that ``text`` says; None where it is empty.

    Raises:
        ValueError: it does not fit the column; the message says what would.
    """
    if not text:
        return None
    if column.enum and text not in column.enum:
        raise ValueError(f"{column.name} is one of {', '.join(column.enum)}, not {text!r}")
    if column.kind == "words":
        return tuple(word.strip() for word in text.split(";") if word.strip())
    if column.kind == "integers":
        return tuple(_whole(column, word) for word in text.split(";") if word.strip())
    if column.kind == "date" and not _DATE.fullmatch(text):
        raise ValueError(f"{column.name} is a date such as 2015, 2015-07 or 2015-07-14, not {text!r}")
    if column.kind == "boolean":
        if text not in _TRUTH:
            raise ValueError(f"{column.name} is true or false, not {text!r}")
        return _TRUTH[text]
    if column.kind in ("integer", "number"):
        return _within(column, _whole(column, text) if column.kind == "integer" else _number(column, text))
    return text


def typed(table: Table, cells: Mapping[str, str]) -> Row:
    """The row of ``table`` that the cells say; what is not there is empty.

    Raises:
        ValueError: a cell does not fit its column.
    """
    return tuple(parsed(column, cells.get(column.name, "")) for column in table.columns)


def misfits(table: Table, cells: Mapping[str, str]) -> Iterator[str]:
    """What is the matter with a row, one sentence a cell that does not fit or must not be empty."""
    for column in table.columns:
        try:
            if parsed(column, cells.get(column.name, "")) is None and column.required:
                yield f"{column.name} must not be empty"
        except ValueError as error:
            yield str(error)


def _whole(column: Column, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{column.name} is a whole number, not {text!r}") from None


def _number(column: Column, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not abs(number) < float("inf"):
        raise ValueError(f"{column.name} is a number, not {text!r}")
    return number


def _within(column: Column, number: float) -> float:
    if (column.minimum is not None and number < column.minimum) or (
        column.maximum is not None and number > column.maximum
    ):
        low, high = (("" if end is None else f"{end:g}") for end in (column.minimum, column.maximum))
        raise ValueError(f"{column.name} lies between {low or 'any'} and {high or 'any'}, not at {number:g}")
    return number
