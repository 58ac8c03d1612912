"""A dose as number, range and UCUM unit."""

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Quantity, Unresolved, Value
from pipeline.normalizers._quantities import quantity

LABELS = ("DOSE",)
_REFUSED = {
    "pattern:DOSE.step": "is the step of a titration, not a dose",
    "pattern:DOSE.combination": "holds the doses of two drugs",
    "pattern:DOSE.in_words": "names no amount",
    "pattern:DOSE.overdose": "names no amount",
}


def normalize(mention: Mention) -> Value:
    """``375 mg per square meter`` is 375 ``mg/m2``; the step of a taper and a dose in words are Unresolved."""
    if mention.rule in _REFUSED:
        return Unresolved(reason=f"{mention.text!r} {_REFUSED[mention.rule]}")
    value = quantity(mention.entry or mention.text)
    if isinstance(value, Quantity) and not value.unit:
        return Unresolved(reason=f"the dose {mention.text!r} has no unit")
    return value
