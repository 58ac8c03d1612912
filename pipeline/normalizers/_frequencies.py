"""Frequencies that are words of their own."""

import re
from functools import lru_cache
from pathlib import Path

from pipeline.toml import read_toml


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, float]]:
    return read_toml(Path(__file__).with_name("_frequencies.toml"))


def in_words(text: str) -> float | None:
    """Administrations a week of a phrase such as ``at night``; 0 where it can be read in two ways."""
    return _table()["words"].get(text)


def abbreviated(text: str) -> float | None:
    """Administrations a week of a Latin abbreviation (``t.i.d.``)."""
    return _table()["abbreviations"].get(re.sub(r"[.\s]", "", text))
