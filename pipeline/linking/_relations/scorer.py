"""Logistic scorers over marks of a pair. The weights are data: ``weights.tsv``, one line a mark."""

from collections.abc import Iterable
from functools import cache
from math import exp
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.tsv")
_BIAS = "(bias)"


class Scorer:
    """Probabilities that a pair stands in a relation."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        self._weights: dict[str, dict[str, float]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                model, mark, weight = line.split("\t")
                self._weights.setdefault(model, {})[mark] = float(weight)

    def probability(self, model: str, marks: Iterable[str]) -> float:
        """0 to 1; marks without a weight count nothing.

        Raises:
            KeyError: there are no weights for ``model``.
        """
        weights = self._weights[model]
        logit = weights[_BIAS] + sum(weights.get(mark, 0.0) for mark in marks)
        return 1.0 / (1.0 + exp(-max(min(logit, 30.0), -30.0)))


@cache
def default_scorer() -> Scorer:
    """The shipped weights."""
    return Scorer()
