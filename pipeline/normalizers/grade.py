"""GRADE mentions to grades 1 to 5.

Source: CTCAE v5.0 (US Department of Health and Human Services, 2017): grades run from 1 to 5.
"""

import re

from pipeline.datamodel import Mention
from pipeline.datamodel.values import GradeValue, Unresolved

LABELS = ("GRADE",)

_SCALE = re.compile(r"\b(?:NCI[-\s])?(CTCAE|CTC|WHO)\b", re.IGNORECASE)
_AT_LEAST = re.compile(r"≥|>=")
_FIGURES = re.compile(r"\b(IV|V|I{1,3}|[1-5])\b")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}
_HIGHEST = 5


def normalize(mention: Mention) -> GradeValue | Unresolved:
    """The grade, a range as low and high; ``≥3`` runs up to 5."""
    start = mention.text.lower().find("grade")
    after = mention.text[start:] if start >= 0 else mention.text
    figures = [_ROMAN.get(figure) or int(figure) for figure in _FIGURES.findall(after)]
    if not figures:
        return Unresolved(reason=f"{mention.text!r} states no grade from 1 to 5")
    scale = _SCALE.search(mention.text)
    high = _HIGHEST if _AT_LEAST.search(mention.text) else max(figures)
    return GradeValue(low=min(figures), high=high, scale=scale[1].upper() if scale else "")
