"""Words that judge a whole list of values: ``elevated CRP (14 mg/L) and AST (44 U/L)``, ``A, B and C were low``."""

import re
from functools import lru_cache

from pipeline.datamodel import Span
from pipeline.linking.scene import Scene

_LONGEST = 2_000  # characters of a sentence that is looked through
_JOINT = r"(?:,\s*(?:and\s+)?|\s+and\s+|\s+as\s+well\s+as\s+)"
_ITEM = r"(?:(?:serum|plasma|blood|the|liver|\w+\s+enzymes?)\s+){0,2}A(?:\s+(?:levels?|counts?|values?))?"
_GROUP = rf"(?:{_ITEM}|(?:liver\s+)?enzymes?(?:\s+levels?)?)\s*\((?:{_ITEM}\s*V(?:,\s*|\s+and\s+)?)+\)"
_VALUED = rf"(?:{_ITEM}\s*\(\s*V[^()AV]{{0,20}}\)|{_GROUP})"
# In a list that ``and`` closes, what is said of the first is said of all; the values stand in brackets.
_BEFORE = re.compile(rf"(?P<said>\b[a-z]\w+)\s+(?P<list>{_VALUED}(?:{_JOINT}{_VALUED}){{1,4}})", re.I)
_BEHIND = re.compile(
    rf"(?P<list>{_VALUED}(?:{_JOINT}{_VALUED}){{1,6}})\s*(?P<said>(?:was|were|are|is)\s+(?:(?:all|also|both|\w+ly)\s+){{0,3}}\w+)",
    re.I,
)
# What comes of a group is said of its members: ``elevated inflammatory markers, including A (V), B (V) and C (V)``.
_NAMED = rf"{_ITEM}(?:\s*\(\s*A\s*\))?\s*(?:\(\s*V[^()AV]{{0,20}}\)|(?:of\s+|at\s+)?V)"
_OF_GROUP = re.compile(
    rf"(?P<said>(?-i:[a-z])\w+(?:\s+(?:(?-i:[a-z])[\w-]+|A)){{0,6}}),?\s+(?:including|such\s+as|namely)\s+"
    rf"(?P<list>{_NAMED}(?:{_JOINT}{_NAMED}){{0,8}})",
    re.I,
)
_IN_BRACKETS = re.compile(
    rf"(?P<said>\b(?-i:[a-z])\w+)\s*\((?P<list>{_ITEM}\s*[:=]?\s*V(?:(?:{_JOINT}|;\s*){_ITEM}\s*[:=]?\s*V){{1,8}})\)",
    re.I,
)
_CLOSED = re.compile(r"\band\b|\bas\s+well\s+as\b", re.I)


def said_of_the_list(scene: Scene, index: int, quote: Span) -> str:
    """The words that judge the list in which the measurement at ``quote`` stands; empty where there are none."""
    sentence = scene.sentence(index)
    if sentence.row is not None or sentence.end - sentence.start > _LONGEST:
        return ""
    masked, places = _masked(scene, index)
    place = next((at for at, start in places if start >= quote.start), None)
    if place is None:
        return ""
    return " ".join(said for start, end, said in _lists(masked) if start <= place < end)


@lru_cache(maxsize=64)
def _lists(masked: str) -> tuple[tuple[int, int, str], ...]:
    """Where a masked sentence lists values that one word judges, and that word."""
    told = [m for pattern in (_OF_GROUP, _IN_BRACKETS) for m in pattern.finditer(masked)]
    if _CLOSED.search(masked):
        lists = (m for pattern in (_BEFORE, _BEHIND) for m in pattern.finditer(masked))
        told += [found for found in lists if _CLOSED.search(found["list"])]
    return tuple((found.start("list"), found.end("list"), found["said"]) for found in told)


def _masked(scene: Scene, index: int) -> tuple[str, list[tuple[int, int]]]:
    """The sentence with ``A`` for a test and ``V`` for a value, and where in it each stands with its own offset."""
    sentence, text = scene.sentence(index), scene.document.text
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    at, length = sentence.start, 0
    for mention in scene.within(index, "ANALYTE", "VALUE"):
        if mention.start < at:
            continue
        between = text[at : mention.start]
        pieces += [between, mention.label[0]]
        length += len(between) + 1
        places.append((length - 1, mention.start))
        at = mention.end
    return "".join([*pieces, text[at : sentence.end]]), places
