"""A route phrase as one of the contract's routes."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.datamodel import Mention
from pipeline.datamodel.values import RouteValue, Unresolved, Value
from pipeline.toml import read_toml

LABELS = ("ROUTE",)


@lru_cache(maxsize=1)
def _routes() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_toml(Path(__file__).with_name("_routes.toml"))["route"]
    return rows


def normalize(mention: Mention) -> Value:
    """``s.c.`` is subcutaneous; an injection whose place is not told is Unresolved."""
    phrase = re.sub(r"\s+", " ", mention.text.lower()).replace("-", "").replace(".", "")
    words = phrase.replace("i v", "iv").replace("s c", "sc").replace("p o", "po").replace("i m", "im").split()
    for row in _routes():
        if (row["word"] in words) if row.get("exact") else (row["word"] in phrase):
            return RouteValue(route=row["route"])
    return Unresolved(reason=f"{mention.text!r} does not tell the route")
