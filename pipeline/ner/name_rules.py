"""Names that no lexicon lists: drugs and operations by their ending, conditions by their ending, their last word too.

An operation is also named by its last word and what is operated on (``rotator cuff repair``).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.datamodel import Mention
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.lexicon import fold_word
from pipeline.ner.lexicon_matcher import Words
from pipeline.toml import read_toml

OPERATION = "name:operation"
"""The rule of a mention that names an operation no lexicon lists; its name is its own."""

RULES = Path(__file__).with_name("name_rules.toml")
_SHORT_NAME = 5  # most letters of the short name of what is operated on (``VSD repair``)
_JOINED = 2  # a word whose reach is at least this is followed by the next without hard punctuation


class _Endings:
    """Which words have one of the endings; answers are remembered, as texts repeat their words."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.confidence = float(table["confidence"])
        self._shortest = int(table["shortest"])
        self._endings = tuple(table["endings"])
        self._known: dict[str, bool] = dict.fromkeys(table["not"], False)

    def fits(self, key: str) -> bool:
        known = self._known.get(key)
        if known is None:
            known = len(key) >= self._shortest and key.isalpha() and key.endswith(self._endings)
            self._known[key] = known
        return known


class NameRules:
    """Adds to what the lexicons find in a sentence."""

    def __init__(self) -> None:
        table = read_toml(RULES)
        self._drugs = _Endings(table["drug_endings"])
        self._conditions = _Endings(table["condition_endings"])
        self._bare = frozenset(map(fold_word, table["heads"]["bare"]))
        self._heads = self._bare | frozenset(map(fold_word, table["heads"]["modified"]))
        self._modifiers = frozenset(map(fold_word, table["modifiers"]["words"]))
        self._head_confidence = float(table["heads"]["confidence"])
        self._operations = _Endings(table["operation_endings"])
        self._operated = frozenset(map(fold_word, table["operation_heads"]["heads"]))
        self._ways = self._modifiers | frozenset(map(fold_word, table["operation_heads"]["ways"]))
        self._no_organ = frozenset(table["operation_heads"]["no_organ"])

    def find(self, text: str, words: Words, found: Sequence[Mention]) -> list[Mention]:
        """New mentions, and longer ones of ``found`` conditions; the caller lets the longest stand.

        Args:
            text: the document's text.
            words: of one sentence.
            found: the lexicons' mentions in that sentence.
        """
        by_end = {m.end: m for m in sorted(found, key=lambda m: m.start, reverse=True) if m.label == "CONDITION"}
        covered = {m.start for m in found if m.label in ("DRUG", "CONDITION", "THERAPY")}
        new: list[Mention] = []
        for i, key in enumerate(words.keys):
            known = by_end.get(words.ends[i])
            if known or key in self._heads:
                self._extend(text, words, i, known, new)
            elif words.starts[i] in covered:
                continue
            elif self._drugs.fits(key):
                new.append(_mention(text, words, (i, i), "DRUG", ("name:ending", self._drugs.confidence)))
            elif self._operations.fits(key):
                new.append(_mention(text, words, (i, i), "THERAPY", (OPERATION, self._operations.confidence)))
            elif key in self._operated:
                first = self._operated_on(text, words, i)
                if first < i:
                    new.append(_mention(text, words, (first, i), "THERAPY", (OPERATION, self._operations.confidence)))
            elif self._conditions.fits(key):
                first = self._first(words, i)
                found_by = ("name:ending", self._conditions.confidence)
                new.append(_mention(text, words, (first, i), "CONDITION", found_by))
        return new

    def _extend(self, text: str, words: Words, last: int, known: Mention | None, new: list[Mention]) -> None:
        """The condition that ends at word ``last``, with its modifiers."""
        head = last
        if known:
            while head > 0 and words.starts[head] > known.start:
                head -= 1
        first = self._first(words, head)
        if first == head and not known and _is_possessed(text, words, head):
            first -= 1
        if first == head and (known or words.keys[last] not in self._bare):
            return
        rule = f"{known.rule}+modifier" if known else "name:head"
        confidence = known.confidence if known else self._head_confidence
        new.append(_mention(text, words, (first, last), "CONDITION", (rule, confidence)))

    def _operated_on(self, text: str, words: Words, head: int) -> int:
        """The first of the words before ``head`` that say what is operated on, and how: organs, short names, ways."""
        first = head
        while first > 0 and words.reach[first - 1] >= _JOINED:
            before = text[words.starts[first - 1] : words.ends[first - 1]]
            is_short_name = before.isalpha() and before.isupper() and 1 < len(before) <= _SHORT_NAME
            if before in self._no_organ or not (is_short_name or words.keys[first - 1] in self._ways):
                break
            first -= 1
        return first

    def _first(self, words: Words, head: int) -> int:
        """The first of the modifiers before ``head``; ``head`` where there is none."""
        first = head
        while first > 0 and words.keys[first - 1] in self._modifiers and words.reach[first - 1] >= _JOINED:
            first -= 1
        return first


def _is_possessed(text: str, words: Words, head: int) -> bool:
    """``Wilkins's disease``: the name of a person within the sentence, and a head behind it."""
    if head < 2 or words.reach[head - 1] < _JOINED:
        return False
    name = text[words.starts[head - 1] : words.ends[head - 1]]
    behind = text[words.ends[head - 1] : words.ends[head - 1] + 2]
    return name[0].isupper() and not name.isupper() and behind in ("'s", "’s")


def _mention(
    text: str, words: Words, span: tuple[int, int], label: MentionLabel, found_by: tuple[str, float]
) -> Mention:
    start, end = words.starts[span[0]], words.ends[span[1]]
    surface, (rule, confidence) = text[start:end], found_by
    return Mention(start=start, end=end, label=label, text=surface, rule=rule, entry=surface, confidence=confidence)
