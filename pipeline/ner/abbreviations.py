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
from pathlib import Path

from scispacy.abbreviation import AbbreviationDetector, find_abbreviation, short_form_filter
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.datamodel import Sentence
from pipeline.toml import read_toml

RULES = Path(__file__).with_name("abbreviations.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A short form with its long form; offsets of the long form in the document's text."""

    short: str
    long: str
    start: int
    end: int


class Abbreviations(AbbreviationDetector):  # type: ignore[misc]
    """scispaCy's detector with candidates that hold in published prose."""

    def __init__(self, nlp: Language) -> None:
        super().__init__(nlp)
        rules = read_toml(RULES)
        self._nlp = nlp
        self._brackets = re.compile(rules["brackets"])
        self._cut = re.compile(rules["cut"])
        self._refused = re.compile(rules["refused"])
        self._most_words = int(rules["most_words"])
        self._before_drug = re.compile(rules["drugs"]["before"])

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
        # A long form has no more words than this; a whole paragraph need not be cut into tokens.
        tail = " ".join(before.rsplit(" ", 14)[-14:]) if before.count(" ") > 14 else before
        words = self._nlp.make_doc(tail)
        # One token a word: the filter would refuse the `G` that the tokenizer cuts from `G-CSF`.
        short = Doc(self._nlp.vocab, words=inside.split())
        if not len(words) or len(short) > self._most_words or not short_form_filter(short[:]):
            return None
        candidate, size = short[:], len(inside.replace(" ", ""))
        _, long = find_abbreviation(words[max(len(words) - min(size + 5, size * 2), 0) :], candidate)
        if long is None or self._poor(long, inside):
            return None
        offset = len(before) - len(tail) + long.start_char
        return inside, long.text, offset

    def _poor(self, long: Span, short: str) -> bool:
        return len(long.text) <= len(short) or any(mark in long.text for mark in "()[];:")


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
