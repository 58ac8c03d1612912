"""Dosing: whether a dose lies outside of what the drug is given at.

A row of the lexicon tells either a single administration (``per`` is ``dose``) or a day's total (``day``): a stated
daily amount is judged by the day's total, a single one by both ends of an administration, or by the most of a day.
"""

from collections.abc import Iterator

from pipeline.datamodel import Regimen
from pipeline.lexicon import DoseRange, Lexicons
from pipeline.units import convert

_SYSTEMIC = ("oral", "intravenous", "subcutaneous", "intramuscular")
_DAY = "/d"
_NO_AMOUNT = ("", "%")  # a percentage is the strength of a cream or a share of patients


def unusual_dose(row: Regimen, lexicons: Lexicons) -> str:
    """A sentence for the curator that names the usual range; empty where the dose is usual or the drug unknown."""
    if row.dose_low is None or row.dose_high is None or row.dose_unit in _NO_AMOUNT:
        return ""
    judged = list(_judged(row, lexicons))
    # A dose that one of several ranges allows (another unit, another form of the drug) is usual.
    if not judged or not all(outside for outside, _ in judged):
        return ""
    usual = judged[0][1]
    per = "a day" if usual.per == "day" else "an administration"
    amount = f"{row.dose_low:g}" if row.dose_low == row.dose_high else f"{row.dose_low:g} to {row.dose_high:g}"
    return (
        f"{amount} {row.dose_unit} of {row.therapy} lies outside of what is usually given "
        f"({usual.low:g} to {usual.high:g} {usual.unit} {per})"
    )


def _judged(row: Regimen, lexicons: Lexicons) -> Iterator[tuple[bool, DoseRange]]:
    daily = row.dose_unit.endswith(_DAY)
    unit = row.dose_unit.removesuffix(_DAY)
    for usual in _rows(row, lexicons):
        low, high = convert(row.dose_low or 0, unit, usual.unit), convert(row.dose_high or 0, unit, usual.unit)
        if low is None or high is None:
            continue
        # A part of a day's total may be small; a day's total may be many administrations.
        too_low = low < usual.low and (daily or usual.per == "dose")
        too_high = high > usual.high and (usual.per == "day" or not daily)
        yield too_low or too_high, usual


def _rows(row: Regimen, lexicons: Lexicons) -> tuple[DoseRange, ...]:
    """The ranges of the drug by its route; those of no route hold for what works through the whole body."""
    known = lexicons.dose_ranges.get(row.therapy, ())
    own = tuple(usual for usual in known if row.route and usual.route == row.route)
    general = tuple(usual for usual in known if not usual.route)
    if row.route is None or row.route in _SYSTEMIC:
        return (*own, *(g for g in general if g.unit not in {o.unit for o in own}))
    return own
