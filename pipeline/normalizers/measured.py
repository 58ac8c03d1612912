"""A measured value as number, range, comparator and UCUM unit."""

import re
from dataclasses import replace

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Quantity, Unresolved, Value
from pipeline.normalizers._amounts import comparator, number, plain
from pipeline.normalizers._quantities import quantity

LABELS = ("VALUE",)
_TITRE = re.compile(r"1 ?: ?(?P<titre>\d[\d,]*)")
_TO_ONE = re.compile(r"(?P<ratio>\d+(?:\.\d+)?) ?: ?1")
_PRESSURES = re.compile(r"(?P<systolic>\d{2,3}) ?/ ?(?P<diastolic>\d{2,3}) ?mm ?(?:/|of)? ?hg", re.IGNORECASE)
_BRACKETED = re.compile(r"^(between )?\(([^()]*)\)", re.IGNORECASE)
# `10. 5 g/dL`, and `213.000/mm3`: no one has a fraction of a cell in a drop.
_TORN = re.compile(r"^(\d{1,3}[.,]) (?=\d{1,2}(?!\d))")
_GROUPED = re.compile(
    r"^[1-9]\d{0,2}(?:\.\d{3})+(?= ?(?:/|per |cells?|el\w*)* ?/? ?(?:mm ?(?:3|³|\^3|\(3\))|[µμu]l|mcl)\b)",
    re.IGNORECASE,
)
_OUT_OF = re.compile(r"(?P<count>\d[\d,]*) (?:per|of) (?P<base>\d[\d,]{3,})(?: [a-z]+)?", re.IGNORECASE)


def normalize(mention: Mention) -> Value:
    """``12–30 × 10^9/L`` is 12 to 30 ``10*9/L``; a titre of 1:160 is 160; of two pressures the systolic one counts."""
    text = plain(mention.entry or mention.text)
    text = _TORN.sub(r"\1", _BRACKETED.sub(r"\1\2", text))
    text = _GROUPED.sub(lambda grouped: grouped[0].replace(".", ""), text)
    sign, rest = comparator(text)
    titre = _TITRE.fullmatch(rest)
    if titre:
        exact = _exactly(titre["titre"], "{titer}", mention)
        return replace(exact, comparator=sign) if isinstance(exact, Quantity) else exact
    to_one = _TO_ONE.fullmatch(rest)
    if to_one:
        return _exactly(to_one["ratio"], "", mention)
    pressures = _PRESSURES.fullmatch(rest)
    if pressures:
        return _exactly(pressures["systolic"], "mm[Hg]", mention)
    out_of = _OUT_OF.fullmatch(rest)
    if out_of:
        return _exactly(out_of["count"], f"/{out_of['base'].replace(',', '')}", mention)
    if not rest.startswith("-"):
        return quantity(text)
    positive = quantity(rest[1:])
    return replace(positive, low=-positive.high, high=-positive.low) if isinstance(positive, Quantity) else positive


def _exactly(figure: str, unit: str, mention: Mention) -> Quantity | Unresolved:
    value = number(figure)
    if value is None:
        return Unresolved(reason=f"{mention.text!r} holds no clear number")
    return Quantity(low=value, high=value, unit=unit)
