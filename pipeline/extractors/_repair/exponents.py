"""Powers of ten that lost their raised exponent: ``18×109/L`` was printed ``18×10⁹/L``."""

import re
from collections.abc import Iterator

_RAISED = {"3": "³", "6": "⁶", "9": "⁹", "12": "¹²"}
# Only a multiplication sign before and a count's denominator behind make it certain: "132 x 109/L", "0.3 × 103/µl".
_FLAT = re.compile(
    r"(?<=[×✕✖xX*∙·])(?P<gap> ?)10(?P<power>12|3|6|9)(?= ?/ ?(?:[LlmMcCdDµμu]|kg)[\w³]*)"
    r"(?! ?/ ?(?:day|d\b|min|month|wk|week|m2|m²))"
)
_BRACKETED = re.compile(r"(?<=[×✕✖xX*∙· ])10\((?P<power>12|3|6|9)\)(?= ?/ ?[a-zA-Zµμ])")
_DIGIT_BEFORE = re.compile(r"[\d)\]] ?[×✕✖xX*∙·] ?\Z")


def flat_exponents(text: str) -> Iterator[tuple[int, int, str]]:
    """Places to mend as ``(start, end, replacement)``, ascending, not overlapping.

    Example:
        >>> list(flat_exponents("from 18×109/L to 49"))
        [(8, 11, '10⁹')]
        >>> list(flat_exponents("109/L, 12 x 1095 cells"))
        []
    """
    if "10" not in text:
        return
    for match in sorted((*_FLAT.finditer(text), *_BRACKETED.finditer(text)), key=lambda found: found.start()):
        start = match.start() + (len(match.group("gap")) if "gap" in match.groupdict() else 0)
        if _DIGIT_BEFORE.search(text[max(0, start - 4) : start]) or match.re is _BRACKETED:
            yield start, match.end(), f"10{_RAISED[match.group('power')]}"
