"""SEX mentions to ``female`` or ``male``."""

import re
from functools import cache
from pathlib import Path
from typing import cast

from pipeline.datamodel import Mention
from pipeline.datamodel.values import SexValue, Unresolved
from pipeline.datamodel.vocabulary import Sex
from pipeline.toml import read_toml

LABELS = ("SEX",)


def normalize(mention: Mention) -> SexValue | Unresolved:
    """The sex that the word tells."""
    text = mention.text.lower().strip()
    for sex, regex in _rules():
        if regex.search(text):
            return SexValue(sex=sex)
    return Unresolved(reason=f"{mention.text!r} does not tell one sex")


@cache
def _rules() -> tuple[tuple[Sex, re.Pattern[str]], ...]:
    table = read_toml(Path(__file__).with_suffix(".toml"))
    return tuple((cast(Sex, rule["sex"]), re.compile(rule["regex"])) for rule in table["rule"])
