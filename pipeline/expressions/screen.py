"""One look at the words of a text tells which of many expressions can match in it."""

from collections.abc import Iterable
from functools import lru_cache

from pipeline.expressions.needs import Need, words

_MOST_WORDS = 100_000  # a bound on memory, not on what is found


class Screen:
    """The needs of many expressions, each with a bit of its own, filed under the words that meet it.

    What a word tells is remembered, as texts repeat their words.
    """

    def __init__(self) -> None:
        self._bits: dict[Need, int] = {}
        self._filed: dict[str, int] = {}
        self._openings: set[str] = set()  # the first two characters of what is filed
        self._longest = 0
        self._of_word: dict[str, int] = {}
        self._of_written: dict[str, int] = {}  # of words as they are written, with what hangs on them
        self.held = lru_cache(maxsize=1024)(self._held)  # many cues are looked for in one clause

    def add(self, needs: Iterable[Need]) -> int:
        """The bits that :meth:`held` has of each text in which an expression with these needs can match."""
        mask = 0
        for need in needs:
            if need not in self._bits:
                self._file(need)
            mask |= self._bits[need]
        return mask

    def _file(self, need: Need) -> None:
        bit = self._bits[need] = 1 << len(self._bits)
        for piece in need:
            self._filed[piece] = self._filed.get(piece, 0) | bit
            self._openings.add(piece[:2])
            self._longest = max(self._longest, len(piece))
        for known in (self._of_word, self._of_written):
            known.clear()
        self.held.cache_clear()

    def _held(self, text: str) -> int:
        """The bits of all needs that ``text`` meets."""
        found = 0
        known = self._of_written
        for written in text.split():
            bits = known.get(written)
            if bits is None:
                bits = 0
                for word in words(written):
                    bits |= self._told(word)
                if len(known) < _MOST_WORDS:
                    known[written] = bits
            found |= bits
        return found

    def _told(self, word: str) -> int:
        """The bits of all pieces that stand in the word."""
        bits = self._of_word.get(word)
        if bits is None:
            bits, filed, longest = 0, self._filed, self._longest
            for start in range(len(word) - 1):
                if word[start : start + 2] in self._openings:
                    for end in range(start + 2, min(start + longest, len(word)) + 1):
                        bits |= filed.get(word[start:end], 0)
            if len(self._of_word) < _MOST_WORDS:
                self._of_word[word] = bits
        return bits


SCREEN = Screen()
"""Of all expressions of the process: each word of a text is looked at once for all rooms."""
