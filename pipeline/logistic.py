"""Logistic models over marks, fitted in ``models/training/``: a file of lines of model, mark and weight."""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import repeat
from pathlib import Path

BIAS = "(bias)"
AT_LEAST = "(at least)"
_FARTHEST = 30.0  # log odds beyond which a probability is 0 or 1


class LogisticModels:
    """The models of one file."""

    def __init__(self, path: Path) -> None:
        self._models: dict[str, dict[str, float]] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                model, mark, weight = line.split("\t")
                self._models.setdefault(model, {})[mark] = float(weight)

    def __contains__(self, model: str) -> bool:
        return model in self._models

    def of_values(self, model: str, marks: Mapping[str, float]) -> float:
        """How likely what bears these marks with these values is right, 0 to 1; unknown marks count nothing.

        Raises:
            KeyError: there is no such model.
        """
        weights = self._models[model]
        return logistic(weights[BIAS] + sum(weights.get(mark, 0.0) * value for mark, value in marks.items()))

    def of_marks(self, model: str, marks: Iterable[str]) -> float:
        """As :meth:`of_values`, each mark as often as it is given.

        Raises:
            KeyError: there is no such model.
        """
        weights = self._models[model]
        return logistic(weights[BIAS] + sum(map(weights.get, marks, repeat(0.0))))

    def least(self, model: str) -> float:
        """The probability from which on a candidate of this model is taken."""
        return self._models[model][AT_LEAST]


def logistic(log_odds: float) -> float:
    """The probability of log odds."""
    return 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, log_odds))))


@cache
def shipped(path: Path) -> LogisticModels:
    """The models of a file that comes with the code, read once."""
    return LogisticModels(path)
