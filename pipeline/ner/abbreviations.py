"""Abbreviations that a document defines itself: ``Sézary syndrome (SS)``.

The algorithm is Schwartz and Hearst's as scispaCy implements it; candidates are found sentence by sentence, so that
no definition crosses a sentence, and what else stands in the brackets (citations, figure numbers, nested brackets) is
cut off before.

Source: Schwartz AS, Hearst MA. A simple algorithm for identifying abbreviation definitions in biomedical text.
Pac Symp Biocomput 2003.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.datamodel import Sentence
from pipeline.toml import read_toml

if TYPE_CHECKING:
    from pipeline.ner.detector import Detector

RULES = Path(__file__).with_name("abbreviations.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A short form with its long form; offsets of the long form in the document's text."""

    short: str
    long: str
    start: int
    end: int


class Abbreviations:
    """scispaCy's detector with candidates that hold in published prose."""

    def __init__(self) -> None:
        rules = read_toml(RULES)
        self._brackets = re.compile(rules["brackets"])
        self._cut = re.compile(rules["cut"])
        self._refused = re.compile(rules["refused"])
        self._most_words = int(rules["most_words"])
        self._before_drug = re.compile(rules["drugs"]["before"])

    def prepare(self) -> None:
        """Load what the first candidate would load."""
        _ = self._detector

    def may_precede_drug(self, words: str) -> bool:
        """Whether these first words of a long form leave what follows the drug that is meant."""
        return bool(self._before_drug.fullmatch(words))

    def definitions(self, text: str, sentences: Iterable[Sentence]) -> tuple[Definition, ...]:
        """What the sentences define, in text order; the first definition of a short form counts."""
        found: dict[str, Definition] = {}
        for sentence in sentences:
            piece = text[sentence.start : sentence.end]
            if "(" not in piece and "[" not in piece:
                continue
            for match in self._brackets.finditer(piece):
                inside = self._cut.split(match["inside"], maxsplit=1)[0].strip()
                known = self._definition(piece[: match.start()].rstrip(), inside)
                if known and known[0] not in found:
                    short, long, start = known
                    at = sentence.start + start
                    found[short] = Definition(short=short, long=long, start=at, end=at + len(long))
        return tuple(found.values())

    def _definition(self, before: str, inside: str) -> tuple[str, str, int] | None:
        """Short form, long form and the long form's offset in ``before``; None where the brackets define nothing."""
        if not inside or self._refused.fullmatch(inside):
            return None
        if len(inside.split()) > self._most_words:
            return None
        # A long form has no more words than this; a whole paragraph need not be cut into tokens.
        tail = " ".join(before.rsplit(" ", 14)[-14:]) if before.count(" ") > 14 else before
        known = self._detector.definition(tail, inside)
        if known is None or self._poor(known[0], inside):
            return None
        return inside, known[0], len(before) - len(tail) + known[1]

    @cached_property
    def _detector(self) -> "Detector":
        # Loading spaCy takes longer than reading a dozen reports: texts without a candidate do without.
        from pipeline.ner.detector import Detector

        return Detector()

    def _poor(self, long: str, short: str) -> bool:
        return len(long) <= len(short) or any(mark in long for mark in "()[];:")


def occurrences(
    text: str, sentences: Sequence[Sentence], definitions: Iterable[Definition]
) -> list[tuple[int, int, Definition]]:
    """Where the short forms stand as words of their own, a plural ``s`` included: ``(start, end, definition)``."""
    by_short: dict[str, Definition] = {}
    for definition in definitions:
        # `immune checkpoint inhibitors (ICIs)` defines `ICI` too.
        singular = definition.short[:-1] if definition.short[-1] == "s" else definition.short
        by_short.setdefault(singular if singular.isupper() else definition.short, definition)
    if not by_short:
        return []
    longest_first = sorted(by_short, key=lambda short: (-len(short), short))
    pattern = re.compile(rf"(?<![\w])({'|'.join(map(re.escape, longest_first))})s?(?!\w)")
    found = []
    for sentence in sentences:
        for match in pattern.finditer(text, sentence.start, sentence.end):
            found.append((match.start(), match.end(), by_short[match[1]]))
    return found
