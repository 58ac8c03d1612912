"""What annotators of a kind of text mark otherwise than the rules find it (``conventions.toml``)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.datamodel import Mention
from pipeline.toml import read_toml

RULES = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class _Once:
    label: str
    general: str
    joined: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Conventions:
    passed_over: list[tuple[str, re.Pattern[str]]]
    one_span: list[tuple[str, re.Pattern[str]]]
    told_once: list[_Once]


def as_marked(text: str, ruled: Sequence[Mention], kind: str) -> list[Mention]:
    """The rules' mentions as annotators of such a text mark them; those of other labels as they are, in text order.

    Args:
        text: the document's text.
        ruled: what the rules found, in text order.
        kind: a kind of text (:data:`pipeline.ner.text_kind.KINDS`).
    """
    rules = _conventions(kind)
    over = {(label, *match.span(1)) for label, pattern in rules.passed_over for match in pattern.finditer(text)}
    kept = [mention for mention in ruled if (mention.label, mention.start, mention.end) not in over]
    for once in rules.told_once:
        kept = _told_once(text, kept, once)
    for label, pattern in rules.one_span:
        for match in pattern.finditer(text):
            kept = _one_span(text, kept, label, match.span())
    return kept


@lru_cache(maxsize=3)
def _conventions(kind: str) -> _Conventions:
    table: dict[str, Any] = read_toml(RULES)
    return _Conventions(
        [(rule["label"], re.compile(rule["pattern"])) for rule in table["passed_over"].get(kind, ())],
        [(rule["label"], re.compile(rule["pattern"])) for rule in table["one_span"].get(kind, ())],
        [
            _Once(rule["label"], rule["general"], re.compile(rule["joined"]))
            for rule in table["told_once"].get(kind, ())
        ],
    )


def _told_once(text: str, mentions: Iterable[Mention], once: _Once) -> list[Mention]:
    """Without the general mentions that tell again what an exact one, or an earlier general one, tells."""
    mentions = list(mentions)
    told = any(m.label == once.label and not _is_general(m, once) for m in mentions)
    kept: list[Mention] = []
    before: Mention | None = None
    for mention in mentions:
        if mention.label != once.label:
            kept.append(mention)
            continue
        joined = before is not None and once.joined.fullmatch(text, before.end, mention.start)
        if _is_general(mention, once) and told and not joined:
            continue
        told, before = True, mention
        kept.append(mention)
    return kept


def _is_general(mention: Mention, once: _Once) -> bool:
    return mention.rule.startswith(once.general)


def _one_span(text: str, mentions: list[Mention], label: str, place: tuple[int, int]) -> list[Mention]:
    """With one mention of the place instead of the label's mentions in it, where there are any."""
    start, end = place
    inside = [m for m in mentions if m.label == label and start <= m.start and m.end <= end]
    if not inside:
        return mentions
    surface = text[start:end]
    whole = replace(inside[0], start=start, end=end, text=surface, entry=surface)
    first = mentions.index(inside[0])
    return [*mentions[:first], whole, *(m for m in mentions[first:] if m not in inside)]
