"""Numbers as words or figures: ``12``, ``1.5``, ``4 1/2``, ``thirty-five``, ``10th``, ``third``."""

import re
from functools import cache
from pathlib import Path

from pipeline.toml import read_toml

_FIGURE = re.compile(r"(\d+(?:[.,]\d+)?)(?:st|nd|rd|th)?")
_HALF = re.compile(r"\(?1/2\)?|½|\band a half\b")


@cache
def words() -> dict[str, float]:
    """Cardinals and ordinals of ``time.toml`` by word."""
    table = read_toml(Path(__file__).parent / "time.toml")
    return {**table["ordinals"], **table["numbers"]}


def number(text: str) -> float | None:
    """The number that ``text`` writes, or None where it writes none or more than one."""
    lowered = text.lower().strip()
    half = 0.5 if _HALF.search(lowered) else 0.0
    rest = _HALF.sub("", lowered).strip(" -")
    if not rest:
        return half or None
    figure = _FIGURE.fullmatch(rest)
    if figure:
        return float(figure[1].replace(",", ".")) + half
    total = 0.0
    for word in re.split(r"[-\s]+", rest):
        if word not in words():
            return None
        total += words()[word]
    return total + half
