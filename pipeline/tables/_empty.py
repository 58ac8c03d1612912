"""Why a cell that a reader asks for is empty: the text does not say, or says what could mean several things."""

from pipeline.tables._keys import Entry
from pipeline.tables._words import wording


def why_empty(entry: Entry) -> tuple[str, ...]:
    """``column=reason`` for each asked-for column of the entry's kind that is empty, in the order of the columns.

    Reasons are ``conflict`` (the document contradicts itself there), ``ambiguous`` (more than one thing could be
    meant) and ``not_reported``. Which columns are asked for, and which flags explain them, stands in ``wording.toml``.
    """
    asked = wording()["asked"][entry.kind]
    return tuple(f"{column}={_reason(entry, column)}" for column in asked if _is_empty(entry, column))


def _is_empty(entry: Entry, column: str) -> bool:
    value = getattr(entry.fact, column)
    return value is None or value in ("", (), *wording()["unknown"])


def _reason(entry: Entry, column: str) -> str:
    explained = wording()["explained"]
    for reason in ("conflict", "ambiguous"):
        if any(column in explained[reason].get(flag, ()) for flag in entry.fact.flags):
            return reason
    return "not_reported"
