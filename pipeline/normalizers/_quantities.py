"""What doses and measured values share: a number, a range, a comparator and a unit."""

from functools import lru_cache

from pipeline.datamodel.values import Quantity, Unresolved
from pipeline.normalizers._amounts import Amount, amount, plain
from pipeline.units import ucum


@lru_cache(maxsize=4096)  # texts repeat their doses and units
def quantity(printed: str) -> Quantity | Unresolved:
    """The quantity that a phrase prints, its unit in UCUM; Unresolved with the reason where it is not clear."""
    text = plain(printed)
    leading, text = _leading_unit(text)
    read = amount(text)
    if read is None:
        return Unresolved(reason=f"{printed!r} holds no clear number")
    unit = leading or ucum(read.unit)
    if unit is None:
        return Unresolved(reason=f"the unit {read.unit!r} of {printed!r} is not known")
    return _checked(read, unit, printed)


def _leading_unit(text: str) -> tuple[str, str]:
    """An area under the curve is named before its number: ``AUC 5``."""
    lowered = text.lower().removeprefix("target ")
    for name in ("area under the curve", "auc"):
        if lowered.startswith(name):
            return ucum("AUC") or "", text[len(text) - len(lowered) + len(name) :].strip(" :=-").removeprefix("of ")
    return "", text


def _checked(read: Amount, unit: str, printed: str) -> Quantity | Unresolved:
    if read.comparator and read.low != read.high:
        return Unresolved(reason=f"{printed!r} is both a range and a bound")
    return Quantity(low=read.low, high=read.high, unit=unit, comparator=read.comparator)
