"""RESPONSE mentions to a category, the compartment that the phrase names, and its percentage."""

import re
from functools import cache
from pathlib import Path
from typing import Any, cast

from pipeline.datamodel import Mention
from pipeline.datamodel.values import ResponseValue, Unresolved
from pipeline.datamodel.vocabulary import Compartment, ResponseCategory
from pipeline.toml import read_toml

LABELS = ("RESPONSE",)

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s?%?(?:\s?(?:-|–|to|and)\s?(\d{1,3}(?:\.\d+)?))?\s?%")
_WHOLE = 100.0


def normalize(mention: Mention) -> ResponseValue | Unresolved:
    """Category by the first rule of ``response.toml`` that fits; of several compartments the first named."""
    text = re.sub(r"\s+", " ", mention.text.lower())
    category = _category(text)
    if category is None:
        return Unresolved(reason=f"{mention.text!r} names no response category")
    percent = _PERCENT.search(text)
    low = float(percent[1]) if percent else None
    high = float(percent[2] or percent[1]) if percent else None
    if high is not None and high > _WHOLE:
        return Unresolved(reason=f"{mention.text!r}: {high:g} % is more than the whole")
    return ResponseValue(category=category, compartment=_compartment(text), low=low, high=high)


def _category(text: str) -> ResponseCategory | None:
    for rule in _rules()["category"]:
        if rule["regex"].search(text) and not ("except" in rule and rule["except"].search(text)):
            return cast(ResponseCategory, rule["category"])
    return None


def _compartment(text: str) -> Compartment | None:
    named = [(m.start(), rule["compartment"]) for rule in _rules()["compartment"] if (m := rule["regex"].search(text))]
    return cast(Compartment, min(named)[1]) if named else None


@cache
def _rules() -> dict[str, list[dict[str, Any]]]:
    table = read_toml(Path(__file__).with_suffix(".toml"))
    return {
        kind: [{k: re.compile(v) if k in ("regex", "except") else v for k, v in rule.items()} for rule in table[kind]]
        for kind in ("category", "compartment")
    }
