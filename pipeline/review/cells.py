"""Cells as text, as a curator types them: what may stand in a column, and how it is written down."""

import re
from collections.abc import Callable, Mapping
from math import isfinite

from pipeline.tables import Column

LONGEST = 2000
"""Most characters of a cell or a comment."""

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class BadCellError(ValueError):
    """What was typed cannot stand in the column; the message says why, and what may."""


def checked(column: Column, typed: str) -> str:
    """What was typed, as the tables write it.

    Raises:
        BadCellError: it cannot stand there.
    """
    text = typed.strip()
    if len(text) > LONGEST:
        raise BadCellError(f"longer than {LONGEST} characters")
    if _UNFIT.search(text):
        raise BadCellError("holds characters that no table can hold")
    if not text:
        if column.required:
            raise BadCellError("must not be empty")
        return ""
    if column.enum and text not in column.enum:
        raise BadCellError(f"one of {', '.join(column.enum)}")
    return _CHECKS.get(column.kind, _text)(column, text)


def _text(column: Column, text: str) -> str:
    return text


def _number(column: Column, text: str) -> str:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise BadCellError(f"a {'whole ' if column.kind == 'integer' else ''}number") from None
    if not isfinite(number) or (column.kind == "integer" and not number.is_integer()):
        raise BadCellError("a whole number" if column.kind == "integer" else "a number")
    if column.minimum is not None and number < column.minimum:
        raise BadCellError(f"at least {column.minimum:g}")
    if column.maximum is not None and number > column.maximum:
        raise BadCellError(f"at most {column.maximum:g}")
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _boolean(column: Column, text: str) -> str:
    if text not in ("true", "false"):
        raise BadCellError("true or false")
    return text


def _date(column: Column, text: str) -> str:
    if not _DATE.fullmatch(text):
        raise BadCellError("a date as far as stated: 2015, 2015-07 or 2015-07-14")
    return text


def _words(column: Column, text: str) -> str:
    return ";".join(part for part in (word.strip() for word in text.split(";")) if part)


def _integers(column: Column, text: str) -> str:
    parts = [part for part in re.split(r"[;,\s]+", text) if part]
    if not all(re.fullmatch(r"-?\d{1,9}", part) for part in parts):
        raise BadCellError("whole numbers, parted by ;")
    return ";".join(str(int(part)) for part in parts)


_CHECKS: Mapping[str, Callable[[Column, str], str]] = {
    "integer": _number,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "words": _words,
    "integers": _integers,
}
