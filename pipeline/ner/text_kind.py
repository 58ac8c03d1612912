"""What kind of text is read: a lone sentence, an abstract or a report. Annotators mark each in a style of its own."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.datamodel import Mention
from pipeline.logistic import shipped
from pipeline.toml import read_toml

RULES = Path(__file__).with_suffix(".toml")
WEIGHTS = Path(__file__).with_suffix(".tsv")
KINDS = ("lone", "abstract", "report")
_WORDS_OF_RATES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TextKind:
    """How much a text is a lone sentence, an abstract, a report: three weights that sum to 1."""

    lone: float
    abstract: float
    report: float

    @property
    def name(self) -> str:
        """The kind that weighs most."""
        return max(KINDS, key=lambda kind: (getattr(self, kind), kind))

    def heeded(self) -> dict[str, float]:
        """The kinds that weigh enough to be asked, with their weights; these sum to 1."""
        least = _rules()["least_weight"]
        weights = {kind: getattr(self, kind) for kind in KINDS if getattr(self, kind) >= least}
        return {kind: weight / sum(weights.values()) for kind, weight in weights.items()}


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return read_toml(RULES)


def traits(text: str, mentions: Sequence[Mention]) -> dict[str, float]:
    """What tells a report from an abstract: its length, how it opens, what the rules found how often in it."""
    counts = Counter(mention.label for mention in mentions)
    words = text.count(" ") + text.count("\n") + 1
    first_age = min((mention.start for mention in mentions if mention.label == "AGE"), default=len(text))
    rules = _rules()
    found = {
        "log2_words": math.log2(words),
        "opens_with_age": float(first_age < rules["opening"]),
        "early_age": float(first_age < rules["early"] * len(text)),
        "paragraphs": float(text.count("\n") >= rules["paragraphs"]),
    }
    return found | {label: _WORDS_OF_RATES * counts[label] / words for label in rules["rates"]}


def kind_of(text: str, n_sentences: int, mentions: Sequence[Mention]) -> TextKind:
    """What kind of text it is; ``mentions`` are the rules'."""
    if n_sentences <= _rules()["lone_sentences"]:
        return TextKind(lone=1.0, abstract=0.0, report=0.0)
    report = shipped(WEIGHTS).of_values("report", traits(text, mentions))
    return TextKind(lone=0.0, abstract=1 - report, report=report)
