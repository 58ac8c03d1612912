"""The same article in two formats: the better source is used once, the other is told of in documents.csv."""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.batch.inputs import Input
from pipeline.datamodel import Metadata

_WORD = re.compile(r"[^\W_]+")
_ALIKE = 0.6  # share of the shorter title's words that the other must have


def better_copies(inputs: Sequence[Input], read: Mapping[int, Metadata]) -> dict[int, int]:
    """Which inputs give no rows of their own, and in whose favour.

    Two files hold the same article where they lie in one folder under one name with different endings, or where they
    are of different formats and have the same DOI and the same title. Two files of one format are never taken for one
    article: an article and its supplement share a DOI too.

    Args:
        inputs: all inputs.
        read: front matter by index, of those that could be read.

    Returns:
        Index of an input -> index of the one that is used in its stead.
    """
    found = _by_doi(inputs, read) | _by_name(inputs, read)
    return {index: _last(found, index) for index in found}


def _last(found: Mapping[int, int], index: int) -> int:
    while index in found:
        index = found[index]
    return index


def _by_name(inputs: Sequence[Input], read: Mapping[int, Metadata]) -> dict[int, int]:
    groups: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index in sorted(read):
        folder = os.path.realpath(Path(inputs[index].path).parent)
        groups[folder, inputs[index].stem.casefold()].append(index)
    return {index: best for best, index in _paired(inputs, groups.values())}


def _by_doi(inputs: Sequence[Input], read: Mapping[int, Metadata]) -> dict[int, int]:
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for index in sorted(read):
        if read[index].doi:
            groups[read[index].doi.casefold()].append(index)
    return {
        index: best
        for best, index in _paired(inputs, groups.values())
        if _is_same_title(read[best].title, read[index].title)
    }


def _paired(inputs: Sequence[Input], groups: Iterable[list[int]]) -> list[tuple[int, int]]:
    pairs = []
    for group in groups:
        best = min(group, key=lambda index: (inputs[index].rank, index))
        pairs += [(best, index) for index in group if inputs[index].rank > inputs[best].rank]
    return pairs


def _is_same_title(first: str, second: str) -> bool:
    one, other = set(_WORD.findall(first.casefold())), set(_WORD.findall(second.casefold()))
    return bool(one and other) and len(one & other) >= _ALIKE * min(len(one), len(other))
