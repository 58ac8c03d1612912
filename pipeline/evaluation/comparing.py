"""When a cell says what the gold says, and when a row states the gold row's fact."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pipeline.evaluation.gold import Wanted

Row: TypeAlias = Mapping[str, str]

KEYS = {"regimens": "therapy", "responses": "category", "toxicities": "term", "measurements": "analyte"}
_KEY_FIELDS = frozenset({*KEYS.values(), "case", "value", "assertion"})
_ABOUT = frozenset({"quote", "alt_quote", "optional", "flag", "table", "why"})
_COLUMNS = {"age": "age_years", "therapy": "therapies"}
_SEPARATORS = re.compile(r"[\s\-‐‑–—_/,]+")
_SIGNS = str.maketrans({"µ": "u", "μ": "u", "·": None, "×": "x"})
_TRUTH = {"true": True, "1": True, "1.0": True, "false": False, "0": False, "0.0": False}


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a number may be off: a share of the wanted one, or so much, whichever is more."""

    share: float = 0.005
    amount: float = 0.0


_PRINTED = Tolerance()
_CONVERTED = Tolerance(share=0.01)
_TIME = Tolerance(share=0.1, amount=4)  # days; a month is not always counted alike
_AGE = Tolerance(share=0.02)
_INTERVALS = {"dose": _PRINTED, "incidence": _PRINTED, "value": _PRINTED, "si_value": _CONVERTED}
_TIMES = frozenset({"duration_days", "onset_days", "time_days", "cycle_length_days", "follow_up_days"})


def fold(words: object) -> str:
    """Spellings of one name made equal: case, accents, hyphens, slashes and white space do not count."""
    plain = unicodedata.normalize("NFKD", str(words)).casefold()
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _SEPARATORS.sub(" ", plain.translate(_SIGNS)).strip()


def spellings(wanted: object) -> set[str]:
    """The names that a gold cell accepts, joined there by ``|``."""
    return {fold(name) for name in str(wanted).split("|") if name.strip()}


def parts(cell: str) -> set[str]:
    """The words of a list cell."""
    return {fold(word) for word in cell.split(";") if word}


def slots(table: str, wanted: Wanted) -> dict[str, object]:
    """What a gold row states beside its key; the therapy of a response or a toxicity is a slot."""
    tied = {"therapy"} if table in ("responses", "toxicities") else set()
    return {name: cell for name, cell in wanted.items() if name not in (_KEY_FIELDS - tied) | _ABOUT}


def column_of(table: str, slot: str) -> str:
    """The column that is shown for a slot."""
    if slot in _INTERVALS:
        return f"{slot}_low"
    return "dose_unit" if (table, slot) == ("regimens", "unit") else _COLUMNS.get(slot, slot)


def is_right(table: str, row: Row, slot: str, wanted: object) -> bool:
    """Does the row's cell say what the gold's slot says?"""
    if slot in _INTERVALS:
        return _interval(row, slot, wanted, _INTERVALS[slot])
    cell = row.get(column_of(table, slot), "")
    if slot == "therapy":
        return bool(parts(cell) & spellings(wanted))
    if slot in ("days", "treatment"):
        got = {word.removesuffix(".0") for word in parts(cell)}
        return all(spellings(one) & got for one in (wanted if isinstance(wanted, list) else [wanted]))
    if slot in ("start_date", "end_date"):
        return bool(cell) and cell.startswith(str(wanted))
    if isinstance(wanted, bool):
        return _TRUTH.get(cell.casefold()) is wanted
    return says(cell, wanted, _TIME if slot in _TIMES else _AGE if slot == "age" else _PRINTED)


def says(cell: str, wanted: object, tolerance: Tolerance = _AGE) -> bool:
    """Is the cell one of the wanted names or numbers?"""
    if not cell:
        return False
    return any(_near(cell, one, tolerance) for one in str(wanted).split("|")) or fold(cell) in spellings(wanted)


def states(table: str, row: Row, wanted: Wanted) -> bool:
    """Does the row state the fact of the gold row, its key that is, whatever its other slots say?"""
    if table == "responses":
        return _answers(row, wanted)
    names, key = spellings(wanted[KEYS[table]]), KEYS[table]
    if fold(row[key]) not in names and fold(row[f"{key}_text"]) not in names:
        return False
    if table != "measurements":
        return True
    return _interval(row, "value", wanted["value"]) or (
        "si_value" in wanted and _interval(row, "si_value", wanted["si_value"])
    )


def _answers(row: Row, wanted: Wanted) -> bool:
    if "category" in wanted and fold(row["category"]) not in spellings(wanted["category"]):
        return False
    tied = parts(row["therapies"])
    if "therapy" in wanted and tied and not tied & spellings(wanted["therapy"]):
        return False
    return "value" not in wanted or "category" in wanted or _interval(row, "value", wanted["value"])


def _interval(row: Row, slot: str, wanted: object, tolerance: Tolerance = _PRINTED) -> bool:
    ends = wanted if isinstance(wanted, list) else [wanted]
    low, high = row.get(f"{slot}_low", ""), row.get(f"{slot}_high", "")
    return _near(low or high, ends[0], tolerance) and _near(high or low, ends[-1], tolerance)


def _near(cell: str, wanted: object, tolerance: Tolerance) -> bool:
    try:
        got, number = float(cell), float(wanted)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False
    return abs(got - number) <= max(abs(number) * tolerance.share, tolerance.amount)
