"""A regular expression that is only tried where the text holds what a match needs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.expressions.needs import Needs, folded


@dataclass(frozen=True, slots=True)
class Expression:
    """Finds what ``regex`` finds, faster where it finds nothing.

    Attributes:
        regex: the compiled expression.
        needs: what each match holds; without words and runs where that is not known.
    """

    regex: re.Pattern[str]
    needs: Needs

    def possible(self, text: str) -> bool:
        """Can the expression match anywhere in ``text``? False is certain, True is not."""
        words, runs = self.needs.words, self.needs.runs
        if not words and not runs:
            return True
        held, words_held = folded(text)
        if words and not words.isdisjoint(words_held):
            return True
        for run in runs:  # noqa: SIM110  a generator costs more than the look
            if run in held:
                return True
        return False

    def search(self, text: str) -> re.Match[str] | None:
        """As :meth:`re.Pattern.search`."""
        return self.regex.search(text) if self.possible(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As :meth:`re.Pattern.finditer`."""
        return self.regex.finditer(text) if self.possible(text) else iter(())

    def count(self, text: str) -> int:
        """How many matches :meth:`finditer` gives."""
        return sum(1 for _ in self.regex.finditer(text)) if self.possible(text) else 0
