"""One suite over all entity files: a pattern's examples are its tests."""

import re

import pytest

from pipeline.datamodel import Mention, Sentence
from pipeline.datamodel.vocabulary import MentionLabel, words
from pipeline.ner.patterns import Entity, Pattern, PatternMatcher

MATCHER = PatternMatcher()
PATTERNS = [(entity, pattern) for entity in MATCHER.entities for pattern in entity.patterns]
NAMES = [f"{entity.label}.{pattern.name}" for entity, pattern in PATTERNS]


def unmarked(example: str) -> tuple[str, list[tuple[int, int]], list[tuple[int, int]]]:
    """The sentence without brackets, the spans in ``[[ ]]`` and those in ``<< >>``."""
    text, start = "", 0
    wanted: list[tuple[int, int]] = []
    given: list[tuple[int, int]] = []
    for piece in re.split(r"(\[\[|\]\]|<<|>>)", example):
        if piece in ("[[", "<<"):
            start = len(text)
        elif piece in ("]]", ">>"):
            (wanted if piece == "]]" else given).append((start, len(text)))
        else:
            text += piece
    return text, wanted, given


def found(pattern: Pattern, text: str, given: list[tuple[int, int]]) -> list[Mention]:
    anchor = next((start[6:] for start in pattern.starts if start.startswith("after ")), "")
    known = [
        Mention(start=start, end=end, label=anchor, text=text[start:end], rule="lexicon")  # type: ignore[arg-type]
        for start, end in given
    ]
    row = 1 if pattern.rows else None
    sentence = Sentence(start=0, end=len(text), section="case", block="paragraph", row=row)
    return [mention for mention in MATCHER.find(text, [sentence], known) if mention.label == pattern.label]


@pytest.mark.parametrize("entity", MATCHER.entities, ids=lambda entity: entity.label)
def test_entity_is_declared(entity: Entity) -> None:
    assert entity.label in words(MentionLabel)
    assert entity.definition
    assert entity.source
    names = [pattern.name for pattern in entity.patterns]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("pattern", [pattern for _, pattern in PATTERNS], ids=NAMES)
def test_pattern_finds_what_its_examples_mark(pattern: Pattern) -> None:
    assert pattern.examples or pattern.negative
    for example in pattern.examples:
        text, wanted, given = unmarked(example)
        assert [(m.start, m.end) for m in found(pattern, text, given)] == wanted, example


@pytest.mark.parametrize("pattern", [pattern for _, pattern in PATTERNS], ids=NAMES)
def test_an_example_is_found_by_its_own_pattern(pattern: Pattern) -> None:
    rules = set()
    for example in pattern.examples:
        text, _, given = unmarked(example)
        rules |= {mention.rule for mention in found(pattern, text, given)}
    assert pattern.veto or not pattern.examples or f"pattern:{pattern.label}.{pattern.name}" in rules


@pytest.mark.parametrize("pattern", [pattern for _, pattern in PATTERNS], ids=NAMES)
def test_label_is_not_found_in_the_negatives(pattern: Pattern) -> None:
    for sentence in pattern.negative:
        assert not found(pattern, sentence, []), sentence
