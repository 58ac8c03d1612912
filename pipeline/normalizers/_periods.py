"""Days in the units of time that a phrase names."""

import re
from functools import lru_cache
from pathlib import Path

from pipeline.toml import read_toml


@lru_cache(maxsize=1)
def _days() -> dict[str, float]:
    table = read_toml(Path(__file__).with_name("_periods.toml"))
    return {form: table["days"][unit] for unit, forms in table["written"].items() for form in forms}


def days_in(word: str) -> float | None:
    """Days in one unit of time (``wk`` is 7, ``monthly`` 30.4375); None for what is none."""
    return _days().get(re.sub(r"[.'’\s]", "", word.lower()))
