"""Raised and lowered characters: exponent, charge, isotope, reference mark, or plain."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pipeline.toml import read_toml

Meaning = Literal["exponent", "mark", "plain", "degree"]
_RAISED = str.maketrans("0123456789+-−–‐=()nimabcde/", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁻⁼⁽⁾ⁿⁱᵐᵃᵇᶜᵈᵉᐟ")
_LOWERED = str.maketrans("0123456789+-−–‐=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₋₌₍₎")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in read_toml(Path(__file__).with_suffix(".toml")).items()}


def raised(text: str) -> str:
    """The text in Unicode superscripts, as far as there are any."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """The text in Unicode subscripts where all of it has one, else unchanged."""
    out = text.translate(_LOWERED)
    return out if not any(a == b and a.isalnum() for a, b in zip(out, text, strict=True)) else text


def meaning(text: str, before: str, after: str) -> Meaning:
    """What raised characters mean.

    Args:
        text: the raised characters.
        before: the text of the line up to them.
        after: what follows them without a space; empty where a space or the end follows.

    Example:
        >>> meaning("9", "132 × 10", "/L")
        'exponent'
        >>> meaning("12,13", "a complete response.", "")
        'mark'
    """
    rules = _patterns()
    if text in ("o", "O", "0", "°", "º") and re.match(r"[CF]\b", after) and before.rstrip()[-1:].isdigit():
        return "degree"
    if rules["plain"].fullmatch(text):
        return "plain"
    if rules["power"].fullmatch(text) and rules["power_before"].search(before):
        return "exponent"
    if rules["charge"].fullmatch(text) and before[-1:].isalnum():
        return "exponent"
    if rules["isotope"].fullmatch(text) and not before[-1:].isalnum() and rules["isotope_after"].match(after):
        return "exponent"
    return "mark" if rules["mark"].fullmatch(text) else "plain"
