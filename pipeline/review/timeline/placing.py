"""When each row of a patient happened, in days from the start of the index regimen, as far as rows tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.review.book import Sheet, Standing

_BEFORE, _AFTER = "prior", "subsequent"
_MIDDLE = {4: "-07-01", 7: "-15", 10: ""}  # what a date lacks, by its length: the middle of the year or month


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A row with its time.

    Attributes:
        start: days from the index regimen's start; None where no row tells it.
        end: likewise; None where it is not told.
        side: ``before`` or ``after`` for a treatment that is known to be earlier or later, but not when.
    """

    standing: Standing
    start: float | None = None
    end: float | None = None
    side: str = ""


def placed(sheet: Sheet, case_id: str) -> list[Placed]:
    """The rows of a patient that are told as facts and that nobody rejected, each with its time."""
    rows = [row for row in sheet.facts if _counts(row, case_id)]
    regimens = [row for row in rows if row.kind == "regimen"]
    zero = next((row for row in regimens if row.cells["role"] == "index"), None)
    origin = _day(zero.cells["start_date"]) if zero else None
    found = {row.key: _course(row, zero, origin) for row in regimens}
    starts: dict[str, float] = {}
    for one in found.values():
        if one.start is not None:
            regimen = one.standing.cells["regimen_id"]
            starts[regimen] = min(one.start, starts.get(regimen, one.start))
    return [found[row.key] if row.key in found else _event(row, starts) for row in rows]


def _counts(row: Standing, case_id: str) -> bool:
    told = row.cells["case_id"] == case_id and row.cells["attribution"] == "patient"
    return told and row.cells["assertion"] == "affirmed" and row.row.status != "rejected"


def _course(row: Standing, zero: Standing | None, origin: date | None) -> Placed:
    cells = row.cells
    begun = _day(cells["start_date"])
    start: float | None = None
    if row is zero or (zero and cells["regimen_id"] == zero.cells["regimen_id"] and not begun):
        start = 0.0
    elif begun and origin:
        start = float((begun - origin).days)
    length, ended = number(cells["duration_days"]), _day(cells["end_date"])
    end = None
    if start is not None and length is not None:
        end = start + length
    elif ended and origin:
        end = float((ended - origin).days)
    side = {_BEFORE: "before", _AFTER: "after"}.get(cells["role"], "") if start is None else ""
    return Placed(standing=row, start=start, end=end if start is not None and (end or 0) >= start else None, side=side)


def _event(row: Standing, starts: Mapping[str, float]) -> Placed:
    cells = row.cells
    if row.kind == "measurement":
        time = number(cells["time_days"])
        return Placed(standing=row, start=0.0 if time is None and cells["phase"] == "baseline" else time)
    onset, begun = number(cells["onset_days"]), starts.get(cells["regimen_id"])
    if onset is None or begun is None:
        return Placed(standing=row)
    length = number(cells.get("duration_days", ""))
    return Placed(standing=row, start=begun + onset, end=None if length is None else begun + onset + length)


def number(cell: str) -> float | None:
    """A cell's number; None where it is empty."""
    return float(cell) if cell else None


def _day(told: str) -> date | None:
    """The day that a date names, or the middle of the month or year; None where there is no such day."""
    try:
        return date.fromisoformat(told + _MIDDLE.get(len(told), "")) if told else None
    except ValueError:
        return None


def unplaced(rows: Sequence[Placed]) -> list[Standing]:
    """The rows that have no time and no side."""
    return [one.standing for one in rows if one.start is None and not one.side]
