"""How many cycles, doses or sessions."""

import re
from typing import Literal

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Count, Unresolved, Value
from pipeline.normalizers._amounts import amount, plain

LABELS = ("CYCLES",)
_OF: tuple[tuple[str, Literal["cycles", "doses", "sessions"]], ...] = (
    (r"\b(?:cycle|course|round|pulse)", "cycles"),
    (r"\b(?:session|fraction|exchange|treatment)", "sessions"),
    (r"\b(?:dose|infusion|injection|administration)", "doses"),
)


def normalize(mention: Mention) -> Value:
    """``six cycles`` is six cycles, ``× 4 doses`` four doses."""
    text = re.sub(r"^[×x] ?", "", plain(mention.text), flags=re.IGNORECASE)
    read = amount(text)
    if read is None:
        return Unresolved(reason=f"{mention.text!r} names no number")
    for pattern, kind in _OF:
        if re.search(pattern, read.unit, re.IGNORECASE):
            return Count(low=read.low, high=read.high, of=kind)
    return Count(low=read.low, high=read.high)
