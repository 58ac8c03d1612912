"""Flags: why a curator should look at a row, each with a sentence that says so."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pipeline.datamodel import Fact, Measurement, Regimen, Toxicity
from pipeline.datamodel.vocabulary import Flag
from pipeline.lexicon import Lexicons
from pipeline.linking.conflicts import Conflict
from pipeline.linking.cues import load_cues
from pipeline.linking.dosing import unusual_dose
from pipeline.linking.scene import Scene
from pipeline.linking.timeline import days_between
from pipeline.toml import read_toml

_NO_UNIT = "1"  # UCUM of a plain number, which pH is
_NEAR = 60  # characters around a value in which its fluid is named
_LIMITS = Path(__file__).parent / "limits.toml"
F = TypeVar("F", bound=Fact)
Raised = list[tuple[Flag, str]]


def flagged(scene: Scene, rows: Sequence[F], against: Sequence[Conflict], lexicons: Lexicons) -> tuple[F, ...]:
    """The rows with the flags that each deserves; flags that a builder raised stay.

    Args:
        scene: the document.
        rows: of one table.
        against: what contradicts rows of any table, by their quotes.
        lexicons: for the usual doses.
    """
    return tuple(
        _with_flags(scene, row, [(flag, note) for span, flag, note in against if span == row], lexicons) for row in rows
    )


def _with_flags(scene: Scene, row: F, raised: Raised, lexicons: Lexicons) -> F:
    if not scene.attribution_of(row).sure:
        raised.append(("ambiguous_attribution", "the sentence could be about somebody else"))
    if any(rule.endswith(".flattened_exponent") for rule in row.rules):
        raised.append(("noisy_text", "the exponent was flattened in print and is read as a power of ten"))
    if any(rule.startswith("misspelt:") for rule in row.rules):
        raised.append(("noisy_text", f"{_named(row)!r} is spelled like no known name and taken for the likest"))
    if any(row.overlaps(noisy) for noisy in scene.document.noisy):
        raised.append(("noisy_text", "the text around the quote was hard to read"))
    match row:
        case Measurement():
            raised.extend(_measurement(scene, row))
        case Regimen():
            raised.extend(_regimen(row, lexicons))
        case Toxicity():
            raised.extend(_toxicity(row))
    flags = tuple(dict.fromkeys([*row.flags, *(flag for flag, _ in raised)]))
    return replace(row, flags=flags, notes=(*row.notes, *(f"{flag}: {note}" for flag, note in raised)))


def _named(row: Fact) -> str:
    return row.therapy_text if isinstance(row, Regimen) else row.term_text if isinstance(row, Toxicity) else row.quote


def _measurement(scene: Scene, row: Measurement) -> Raised:
    raised: Raised = []
    limits = _limits().get(row.analyte)
    if limits is None:
        return raised
    value = _in_unit(row, limits["unit"])
    low, high = limits["low"], limits["high"]
    if value is not None and not low <= value <= high and not _is_of_another_fluid(scene, row):
        told = f"{value:g} {'' if limits['unit'] == _NO_UNIT else limits['unit']}".strip()
        raised.append(("implausible_value", f"{told} lies outside what is seen in patients ({low:g} to {high:g})"))
    if limits.get("needs_unit") and not row.unit:
        raised.append(("unit_missing", f"no unit was found for {row.analyte}"))
    return raised


def _in_unit(row: Measurement, unit: str) -> float | None:
    if unit == _NO_UNIT and not row.unit:
        return row.value_high
    return row.si_value_high if row.si_unit == unit else None


def _is_of_another_fluid(scene: Scene, row: Measurement) -> bool:
    sentence = scene.sentence(scene.sentence_index(row))
    before = scene.document.text[max(sentence.start, row.start - _NEAR) : row.end + _NEAR]
    return load_cues("abnormal")["another_fluid"].search(before) is not None


def _regimen(row: Regimen, lexicons: Lexicons) -> Raised:
    raised: Raised = []
    unusual = unusual_dose(row, lexicons)
    if unusual:
        raised.append(("dose_out_of_range", unusual))
    if row.dose_low is not None and not row.dose_unit:
        raised.append(("unit_missing", "no unit was found for the dose"))
    if row.start_date and row.end_date:
        days = days_between(row.start_date, row.end_date)
        if days is not None and days < 0:
            raised.append(("date_conflict", f"it ends ({row.end_date}) before it starts ({row.start_date})"))
    if row.therapy_type == "drug" and not row.therapy_code and any(r.startswith("pattern:") for r in row.rules[:1]):
        raised.append(("unknown_term", f"{row.therapy_text!r} is in no lexicon"))
    return raised


def _toxicity(row: Toxicity) -> Raised:
    if not row.soc and not row.term_code:
        return [("unknown_term", f"{row.term_text!r} is in no lexicon")]
    return []


@cache
def _limits() -> dict[str, dict[str, Any]]:
    return read_toml(_LIMITS)
