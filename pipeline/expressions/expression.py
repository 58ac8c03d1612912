"""A regular expression that is only tried where the text holds what a match needs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pipeline.expressions.screen import SCREEN


@dataclass(frozen=True, slots=True)
class Expression:
    """Finds what ``regex`` finds, faster where it finds nothing.

    Attributes:
        regex: the compiled expression.
        mask: bits of :data:`SCREEN` that each text has in which it can match.
    """

    regex: re.Pattern[str]
    mask: int

    def possible(self, text: str) -> bool:
        """Can the expression match anywhere in ``text``? False is certain, True is not."""
        return SCREEN.held(text) & self.mask == self.mask

    def search(self, text: str) -> re.Match[str] | None:
        """As :meth:`re.Pattern.search`."""
        return self.regex.search(text) if SCREEN.held(text) & self.mask == self.mask else None

    def match(self, text: str) -> re.Match[str] | None:
        """As :meth:`re.Pattern.match`."""
        return self.regex.match(text) if SCREEN.held(text) & self.mask == self.mask else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """As :meth:`re.Pattern.finditer`."""
        return self.regex.finditer(text) if SCREEN.held(text) & self.mask == self.mask else iter(())

    def count(self, text: str, most: int) -> int:
        """How many matches :meth:`finditer` gives, not counted beyond ``most``."""
        return sum(1 for _ in islice(self.finditer(text), most))
