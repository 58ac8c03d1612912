"""What the rules found, as one mark a word: a feature of the trained reader."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.datamodel import Mention
from pipeline.toml import read_toml

RULES = Path(__file__).with_suffix(".toml")


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return read_toml(RULES)


def marks(words: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> list[str]:
    """A mark for each word: which labels' mentions begin at or go through it; empty where none does.

    Args:
        words: start and end of each word, ascending, in the mentions' offsets.
        mentions: those that may lie on these words, ascending by start.
    """
    codes, unlisted = _rules()["codes"], _rules()["unlisted_drug"]
    found = [""] * len(words)
    first = 0
    for mention in mentions:
        code = codes.get(mention.label)
        if code is None:
            continue
        while first < len(words) and words[first][1] <= mention.start:
            first += 1
        if mention.label == "DRUG" and not mention.rule.startswith("lexicon"):
            code = unlisted
        place = first
        while place < len(words) and words[place][0] < mention.end:
            found[place] += code + ("1" if place == first else "2")
            place += 1
    return found
