"""Finding mentions by pattern: the grammar is data (:mod:`pipeline.ner.grammar`), this is the engine.

A pattern is tried only where a word stands that it declares in ``starts``, so that a page costs one walk
over its words and not one search a pattern. Within a label the longest match wins; between labels the
higher declared priority.
"""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.datamodel import Mention, Sentence
from pipeline.expressions import SCREEN
from pipeline.ner.grammar import ENTITIES, Entity, Pattern, load_entities

__all__ = ["ENTITIES", "Entity", "Pattern", "PatternMatcher", "load_entities", "start_key"]

_WORD = re.compile(r"\d+(?:[.,·]\d+)*\w*|\w+|\.(?=\d)|[^\w\s]")
_DIGITS = re.compile(r"\d+")
_MOST_WORDS = 100_000  # a bound on the memory of the word index, not on what is found


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    pattern: Pattern
    unit: str = ""


def start_key(word: str) -> str:
    """The key under which patterns that can begin at ``word`` are filed.

    ``#`` for a number with whatever hangs on it (``30mg``), else the word in lower case with each run of
    digits as ``#`` (``q8h`` is ``q#h``). A decimal point before a digit is a number too.
    """
    if word[0].isdecimal() or word == ".":
        return "#"
    lowered = word.lower()
    return lowered if lowered.isalpha() else _DIGITS.sub("#", lowered)


class PatternMatcher:
    """All entity patterns of a folder, compiled once."""

    def __init__(self, folder: Path = ENTITIES) -> None:
        self.entities = load_entities(folder)
        filed: dict[str, list[Pattern]] = {}
        for entity in self.entities:
            for pattern in entity.patterns:
                for key in pattern.starts:
                    filed.setdefault(key, []).append(pattern)
        self._filed = {key: tuple(patterns) for key, patterns in filed.items()}
        self._key_of_word: dict[str, str] = {}

    def find(self, text: str, sentences: Sequence[Sentence], known: Sequence[Mention] = ()) -> list[Mention]:
        """Mentions that lie within one sentence each, in text order; only ``overlay`` patterns' may overlap others.

        Args:
            text: the document's text.
            sentences: spans in ``text``, in text order; of them ``start``, ``end`` and ``row`` are read.
            known: mentions found by others, at whose ends the patterns that start ``after <LABEL>`` are tried.

        Returns:
            Mentions with offsets in code points of ``text``, without values.
        """
        kept: list[_Match] = []
        anchors = deque(sorted((m.end, m.label) for m in known if f"after {m.label}" in self._filed))
        for sentence in sentences:
            likely = _Likely(self._filed, text, sentence)
            found = self._matches(text, sentence, likely)
            while anchors and anchors[0][0] <= sentence.end:
                end, label = anchors.popleft()
                if end > sentence.start:
                    found += _tried(likely[f"after {label}"], text, end, sentence)
            kept += _resolved(found)
        kept.sort(key=lambda match: (match.start, match.end, match.pattern.label))
        return [_mention(text, match) for match in kept]

    def _matches(self, text: str, sentence: Sentence, likely: "_Likely") -> list[_Match]:
        found: list[_Match] = []
        for word in _WORD.finditer(text, sentence.start, sentence.end):
            key = self._key_at(word[0])
            if key and likely[key]:
                found += _tried(likely[key], text, word.start(), sentence)
        return found

    def _key_at(self, word: str) -> str:
        """The key under which patterns are filed that can begin at a word; empty where none is."""
        known = self._key_of_word.get(word)
        if known is None:
            key = start_key(word)
            known = key if key in self._filed else ""
            if len(self._key_of_word) < _MOST_WORDS:
                self._key_of_word[word] = known
        return known


class _Likely(dict[str, list[Pattern]]):
    """The patterns filed under a key that can match in one sentence at all."""

    def __init__(self, filed: Mapping[str, Sequence[Pattern]], text: str, sentence: Sentence) -> None:
        self._filed = filed
        self._held = SCREEN.held(text[sentence.start : sentence.end])
        self._in_row = sentence.row is not None

    def __missing__(self, key: str) -> list[Pattern]:
        held, in_row = self._held, self._in_row
        found = [p for p in self._filed[key] if held & p.mask == p.mask and (in_row or not p.rows)]
        self[key] = found
        return found


def _tried(patterns: Sequence[Pattern], text: str, start: int, sentence: Sentence) -> list[_Match]:
    found = []
    for pattern in patterns:
        match = pattern.regex.match(text, start, sentence.end)
        if match:
            unit = match["unit"] or "" if "unit" in pattern.regex.groupindex else ""
            for span in pattern.spans:
                first, last = match.span(span)
                if first < last:
                    found.append(_Match(first, last, pattern, "" if _has_unit(match[span]) else unit))
    return found


def _has_unit(words: str) -> bool:
    return any(letter.isalpha() or letter in "%‰" for letter in words)


def _resolved(found: list[_Match]) -> list[_Match]:
    """The matches of a sentence that stay: first within each label, then between labels."""
    by_label: dict[str, list[_Match]] = {}
    for match in found:
        by_label.setdefault(match.pattern.label, []).append(match)
    chosen = [m for matches in by_label.values() for m in _without_overlaps(matches, _by_length)]
    rivals = [m for m in chosen if not m.pattern.overlay and (m.pattern.blocks or not m.pattern.veto)]
    beside = [m for m in chosen if m.pattern.overlay]
    return [m for m in beside + _without_overlaps(rivals, _by_priority) if not m.pattern.veto]


def _by_length(match: _Match) -> tuple[int, int, int, int]:
    return not match.pattern.first, match.start - match.end, -match.pattern.priority, match.start


def _by_priority(match: _Match) -> tuple[int, int, int, int]:
    return -match.pattern.priority, match.start - match.end, match.start, 0


def _without_overlaps(matches: list[_Match], order: Callable[[_Match], tuple[int, int, int, int]]) -> list[_Match]:
    """Greedy in ``order``: a match stays where none before it has taken any of its text."""
    kept: list[_Match] = []
    starts: list[int] = []
    for match in sorted(matches, key=order):
        place = bisect_right(starts, match.start)
        free_before = place == 0 or kept[place - 1].end <= match.start
        if free_before and (place == len(kept) or match.end <= starts[place]):
            kept.insert(place, match)
            starts.insert(place, match.start)
    return kept


def _mention(text: str, match: _Match) -> Mention:
    pattern, words = match.pattern, text[match.start : match.end]
    return Mention(
        start=match.start,
        end=match.end,
        label=pattern.label,
        text=words,
        rule=f"pattern:{pattern.label}.{pattern.name}",
        entry=f"{words} {match.unit}" if match.unit else words,
        confidence=pattern.confidence,
    )
