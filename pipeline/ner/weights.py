"""Logistic models over marks, fitted by ``models/training/agreement.py``: ``weights.tsv``, one line a mark."""

import math
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

WEIGHTS = Path(__file__).with_suffix(".tsv")
BIAS = "(bias)"
AT_LEAST = "(at least)"
_FARTHEST = 30.0  # log odds beyond which a probability is 0 or 1


class Weights:
    """The models of a file with lines of model, mark and weight."""

    def __init__(self, path: Path) -> None:
        self._models: dict[str, dict[str, float]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                model, mark, weight = line.split("\t")
                self._models.setdefault(model, {})[mark] = float(weight)

    def __contains__(self, model: str) -> bool:
        return model in self._models

    def probability(self, model: str, marks: Mapping[str, float]) -> float:
        """How likely what bears these marks is right, 0 to 1; unknown marks count nothing.

        Raises:
            KeyError: there is no such model.
        """
        weights = self._models[model]
        total = weights[BIAS] + sum(weights.get(mark, 0.0) * value for mark, value in marks.items())
        return 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, total))))

    def least(self, model: str) -> float:
        """The probability from which on a candidate of this model is taken."""
        return self._models[model][AT_LEAST]


@lru_cache(maxsize=1)
def default_weights() -> Weights:
    """The shipped weights."""
    return Weights(WEIGHTS)
