"""A length of time in days."""

import re

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Period, Unresolved, Value
from pipeline.normalizers._amounts import amount, plain
from pipeline.normalizers._periods import days_in

LABELS = ("DURATION",)
_ELAPSED = ("pattern:DURATION.elapsed", "pattern:DURATION.after")
_FILLER = re.compile(r"^(?:consecutive|successive|additional|further|full|whole|more|calendar)[ -]", re.IGNORECASE)
_TAIL = re.compile(r"[' ]*(?:course|period)?$")


def normalize(mention: Mention) -> Value:
    """``12 weeks`` is 84 days; ``several weeks`` is Unresolved, and so is the time from a start to an event."""
    if mention.rule in _ELAPSED:
        return Unresolved(reason=f"{mention.text!r} is the time until an event, not a length of treatment")
    read = amount(plain(mention.text))
    if read is None:
        return Unresolved(reason=f"{mention.text!r} names no number")
    unit = days_in(_TAIL.sub("", _FILLER.sub("", read.unit)))
    if unit is None:
        return Unresolved(reason=f"{read.unit!r} is no unit of time")
    return Period(low=read.low * unit, high=read.high * unit, at_least=read.comparator in (">", ">="))
