"""The phrases of ``cues.toml``, found by their words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from pipeline.toml import read_toml

_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_PART = re.compile(r"\(([^()]*\|[^()]*)\)|(\S+)")


@dataclass(frozen=True, slots=True)
class ResponseCues:
    """Words that tie a response to a therapy on its right or left, words that part them, words that set a
    therapy aside, and how far they may be."""

    right: frozenset[str]
    left: frozenset[str]
    barriers: frozenset[str]
    qualifies: frozenset[str]
    reach_right: int
    reach_left: int
    confidence: dict[str, float]


class Cues:
    """Which kinds of cue phrases stand in a row of words. Read once a process with :func:`default_cues`."""

    def __init__(self, path: Path) -> None:
        table = read_toml(path)
        self._joins = frozenset(table["list"]["joins"])
        self.parts: frozenset[str] = frozenset(table["schedule"]["parts"])
        self.owned = frozenset(words for phrase in table["schedule"]["owned"] for words in _alternatives(phrase))
        self.lasting: frozenset[str] = frozenset(table["schedule"]["lasting"])
        self.length_of: frozenset[str] = frozenset(table["schedule"]["length_of"])
        self.passing: frozenset[str] = frozenset(table["schedule"]["passing"])
        self.at_a_dose: frozenset[str] = frozenset(table["schedule"]["at_a_dose"])
        self._another = tuple(words for phrase in table["schedule"]["another"] for words in _alternatives(phrase))
        self.series: frozenset[str] = frozenset(table["series"]["words"])
        self.timing: frozenset[str] = frozenset(table["series"]["timing"])
        self.predicted: tuple[str, ...] = tuple(table["predicted"]["words"])
        self.copula: frozenset[str] = frozenset(table["copula"]["words"])
        self.copula_confidence: float = table["copula"]["confidence"]
        self.reference: frozenset[str] = frozenset(table["reference"]["words"])
        self._begins = tuple(words for phrase in table["continued"]["begins"] for words in _alternatives(phrase))
        self.continued_confidence: float = table["continued"]["confidence"]
        told = table["response"]
        self.response = ResponseCues(
            right=frozenset(told["right"]),
            left=frozenset(told["left"]),
            barriers=frozenset(told["barriers"]),
            qualifies=frozenset(told["qualifies"]),
            reach_right=told["reach_right"],
            reach_left=told["reach_left"],
            confidence=told["confidence"],
        )
        self._kinds: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for kind, phrases in table["cues"].items():
            for words in (words for phrase in phrases for words in _alternatives(phrase)):
                self._kinds.setdefault(words[0], []).append((words, kind))

    def joins(self, gap: str) -> bool:
        """True for what may stand between two members of a list; words and marks parted by one space."""
        return gap in self._joins

    def continues(self, words: Sequence[str]) -> bool:
        """True where a sentence begins like one that goes on about the therapy before it."""
        return any(tuple(words[: len(begin)]) == begin for begin in self._begins)

    def begins_another(self, words: Sequence[str]) -> bool:
        """True where the words from a schedule to a name begin like another therapy's."""
        return any(tuple(words[: len(begin)]) == begin for begin in self._another)

    def kinds_in(self, words: Sequence[str]) -> set[str]:
        """Kinds of all cue phrases that stand in ``words``."""
        found = set()
        for place, word in enumerate(words):
            for phrase, kind in self._kinds.get(word, ()):
                if tuple(words[place : place + len(phrase)]) == phrase:
                    found.add(kind)
        return found


def _alternatives(phrase: str) -> list[tuple[str, ...]]:
    parts = [inner.split("|") if inner else [word] for inner, word in _PART.findall(phrase)]
    return [tuple(_WORD.findall(" ".join(choice))) for choice in product(*parts)]


@cache
def default_cues() -> Cues:
    """The shipped phrases."""
    return Cues(Path(__file__).with_name("cues.toml"))
