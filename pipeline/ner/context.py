"""What the words around a mention say of it, by triggers and scopes (ConText) held as data in ``context.toml``.

A sentence is read once, word by word, through a tree of phrases; each trigger opens a scope to its left or
right that ends at the first stop of the scope's kinds; the mentions inside are changed.

Source: Harkema H et al., ConText, J Biomed Inform 2009;42:839-51.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pipeline.datamodel import Mention, Sentence
from pipeline.datamodel.vocabulary import Assertion
from pipeline.toml import read_toml

CONTEXT = Path(__file__).with_suffix(".toml")

_WORD = re.compile(r"[^\W_]+|[^\w\s]|\t")
_PART = re.compile(r"\(([^()]*)\)|([^\s()]+)")
_HERE = ""  # the key under which the tree files what a phrase that ends at a node means
_JOINED = "joined"
_CELL_BORDER = "\t"
_ADJACENT_WORDS = 2
_FARTHEST = 400  # characters that a scope reaches; no sentence that a person wrote needs more

Direction = Literal["forward", "backward", "both", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRule:
    """One rule of ``context.toml``; an empty ``assertion`` or ``status`` leaves that field of the mention alone."""

    name: str
    triggers: tuple[str, ...]
    direction: Direction
    scope: str
    labels: frozenset[str]
    assertion: Assertion | None
    status: str
    priority: int
    example: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """A phrase where it stands, in characters, and what it means: rules that it triggers, kinds of stop that it is."""

    start: int
    end: int
    rules: tuple[ContextRule, ...]
    stops: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Scene:
    """One sentence as the rules see it: its words' starts, its stops, the numbers of its mentions in text order."""

    start: int
    end: int
    word_starts: list[int]
    stops: list[_Hit]
    stop_starts: list[int]
    mentions: list[tuple[int, Mention]]
    mention_starts: list[int]


class Context:
    """The rules of ``context.toml``, compiled. It keeps no state between documents.

    Raises:
        ValueError: a rule names a scope that the file does not declare.
    """

    def __init__(self, path: Path = CONTEXT) -> None:
        declared = read_toml(path)
        self.rules = tuple(_rule(table, declared["labels"]) for table in declared["rule"])
        self._scopes: dict[str, dict[str, list[str]]] = declared["scopes"]
        unknown = sorted({rule.scope for rule in self.rules} - set(self._scopes))
        if unknown:
            raise ValueError(f"{path}: unknown scope {', '.join(unknown)}; known: {', '.join(self._scopes)}")
        self._labels = frozenset(label for rule in self.rules for label in rule.labels)
        self._tree: dict[str, Any] = {_CELL_BORDER: {_HERE: ([], {"cell"})}}
        for rule in self.rules:
            _plant(self._tree, rule.triggers, rule)
        for kind, phrases in declared["stops"].items():
            _plant(self._tree, phrases, kind)

    def apply(self, text: str, sentences: Sequence[Sentence], mentions: Iterable[Mention]) -> list[Mention]:
        """The mentions in their order, with ``assertion``, ``status`` and ``cue`` set where a cue tells them.

        Args:
            text: the document's text; all offsets are its code points.
            sentences: in any order, not overlapping.
            mentions: in any order; those outside all sentences are returned as they are.
        """
        found = list(mentions)
        order = sorted(range(len(found)), key=lambda i: (found[i].start, found[i].end))
        starts = [found[i].start for i in order]
        for sentence in sentences:
            inside = order[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
            changeable = [(i, found[i]) for i in inside if found[i].label in self._labels]
            if changeable:
                for i, changed in self._read(text, sentence, changeable):
                    found[i] = changed
        return found

    def _read(
        self, text: str, sentence: Sentence, mentions: list[tuple[int, Mention]]
    ) -> Iterator[tuple[int, Mention]]:
        words = [(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text, sentence.start, sentence.end)]
        hits = list(self._hits(words))
        responses = [mention for _, mention in mentions if mention.label == "RESPONSE"]
        triggers = [hit for hit in hits if hit.rules and not _part_of(hit, responses)]
        if not triggers:
            return
        stops = [hit for hit in hits if hit.stops]
        scene = _Scene(
            sentence.start,
            sentence.end,
            [word[1] for word in words],
            stops,
            [stop.start for stop in stops],
            mentions,
            [mention.start for _, mention in mentions],
        )
        choices: dict[int, list[tuple[int, int, ContextRule, _Hit]]] = {}
        for trigger in triggers:
            for rule in trigger.rules:
                for i, mention in self._ruled(rule, trigger, scene):
                    distance = abs(mention.start - trigger.start)
                    choices.setdefault(i, []).append((-rule.priority, distance, rule, trigger))
        for i, mention in mentions:
            if i in choices:
                yield i, _changed(mention, sorted(choices[i], key=lambda choice: choice[:2]), text)

    def _hits(self, words: list[tuple[str, int, int]]) -> Iterator[_Hit]:
        """The longest phrase at each word. A trigger uses its words up; a stop leaves them to later phrases."""
        position = 0
        while position < len(words):
            node: dict[str, Any] | None = self._tree.get(words[position][0])
            meaning, index, last = None, position + 1, position + 1
            while node is not None:
                if _HERE in node:
                    meaning, last = node[_HERE], index
                node = node.get(words[index][0]) if index < len(words) else None
                index += 1
            if meaning is None:
                position += 1
                continue
            rules, stops = meaning
            if rules or stops != {_JOINED}:
                yield _Hit(words[position][1], words[last - 1][2], tuple(rules), frozenset(stops))
            position = last if rules or _JOINED in stops else position + 1

    def _ruled(self, rule: ContextRule, trigger: _Hit, scene: _Scene) -> Iterator[tuple[int, Mention]]:
        """The mentions in the rule's scope around the trigger."""
        kinds = self._scopes[rule.scope]
        ranges = []
        if rule.direction in ("forward", "both"):
            ranges.append((trigger.end, _first_stop(scene, trigger.end, kinds["forward"])))
        if rule.direction in ("backward", "both"):
            ranges.append((_last_stop(scene, trigger.start, kinds["backward"]), trigger.start))
        for low, high in ranges:
            first, last = bisect_left(scene.mention_starts, low), bisect_left(scene.mention_starts, high)
            for i, mention in scene.mentions[first:last]:
                outside = mention.start >= trigger.end or mention.end <= trigger.start
                near = rule.scope != "adjacent" or _words_between(scene, mention, trigger) <= _ADJACENT_WORDS
                if outside and near and mention.label in rule.labels:
                    yield i, mention


def _first_stop(scene: _Scene, offset: int, kinds: list[str]) -> int:
    limit = min(scene.end, offset + _FARTHEST)
    first, last = bisect_left(scene.stop_starts, offset), bisect_left(scene.stop_starts, limit)
    for stop in scene.stops[first:last]:
        if not stop.stops.isdisjoint(kinds):
            return stop.start
    return limit


def _last_stop(scene: _Scene, offset: int, kinds: list[str]) -> int:
    limit = max(scene.start, offset - _FARTHEST)
    first, last = bisect_left(scene.stop_starts, limit), bisect_left(scene.stop_starts, offset)
    for stop in reversed(scene.stops[first:last]):
        if stop.end <= offset and not stop.stops.isdisjoint(kinds):
            return stop.end
    return limit


def _words_between(scene: _Scene, mention: Mention, trigger: _Hit) -> int:
    low, high = (trigger.end, mention.start) if mention.start >= trigger.end else (mention.end, trigger.start)
    return bisect_left(scene.word_starts, high) - bisect_left(scene.word_starts, low)


def _part_of(hit: _Hit, responses: list[Mention]) -> bool:
    """``no response``, ``did not respond``: the phrase itself is the finding and denies nothing."""
    return any(response.start <= hit.start and hit.end <= response.end for response in responses)


def _changed(mention: Mention, choices: list[tuple[int, int, ContextRule, _Hit]], text: str) -> Mention:
    """The mention as the strongest rule for each field has it; ``choices`` are sorted, strongest first."""
    assertion = next(((rule.assertion, hit) for _, _, rule, hit in choices if rule.assertion), None)
    status = next(((rule.status, hit) for _, _, rule, hit in choices if rule.status), None)
    cue = next((told[1] for told in (assertion, status) if told), None)
    if cue is None:
        return mention
    return replace(
        mention,
        assertion=assertion[0] if assertion else mention.assertion,
        status=status[0] if status else mention.status,
        cue=text[cue.start : cue.end],
    )


def _rule(table: dict[str, Any], labels: dict[str, list[str]]) -> ContextRule:
    return ContextRule(
        name=table["name"],
        triggers=tuple(table["triggers"]),
        direction=table["direction"],
        scope=table.get("scope", "sentence"),
        labels=frozenset(labels[table["labels"]]) if "labels" in table else frozenset(),
        assertion=table.get("assertion"),
        status=table.get("status", ""),
        priority=table.get("priority", 0),
        example=table["example"],
    )


def _plant(tree: dict[str, Any], phrases: Iterable[str], meaning: ContextRule | str) -> None:
    """File each phrase, with all its alternatives, in the tree of words."""
    for phrase in phrases:
        parts = [inner.split("|") if inner else [word] for inner, word in _PART.findall(phrase)]
        _grow(tree, [[_WORD.findall(choice) for choice in part] for part in parts], meaning)


def _grow(node: dict[str, Any], parts: list[list[list[str]]], meaning: ContextRule | str) -> None:
    """The alternatives of a phrase from ``node`` on; what several begin with is walked once."""
    if not parts:
        rules, stops = node.setdefault(_HERE, ([], set()))
        if isinstance(meaning, str):
            stops.add(meaning)
        elif meaning not in rules:
            rules.append(meaning)
        return
    for words in parts[0]:
        below = node
        for word in words:
            below = below.setdefault(word, {})
        _grow(below, parts[1:], meaning)


@cache
def default_context() -> Context:
    """The shipped rules, compiled once a process."""
    return Context()


def apply_context(text: str, sentences: Sequence[Sentence], mentions: Iterable[Mention]) -> list[Mention]:
    """:meth:`Context.apply` with the shipped rules."""
    return default_context().apply(text, sentences, mentions)
