"""One key for all spellings of a name: words are cut at every change of letters and digits and folded."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.toml import read_toml

# A run of letters (with combining accents and a possessive) or a run of digits: `FK506` and `FK-506` are one name.
WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f][^\W\d_]*)*(?:['’]s\b)?|\d+")


@dataclass(frozen=True, slots=True)
class _Rules:
    characters: dict[int, str]
    spelling: tuple[tuple[str, str], ...]
    endings: tuple[tuple[str, str, int], ...]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    table = read_toml(Path(__file__).with_name("folding.toml"))
    return _Rules(
        characters={ord(old): new for old, new in table["characters"].items()},
        spelling=tuple(table["spelling"].items()),
        endings=tuple((rule["from"], rule["to"], rule["shortest"]) for rule in table["endings"]),
    )


@lru_cache(maxsize=200_000)
def fold_word(word: str) -> str:
    """The folded form of one word: lower case, no accents, American spelling, singular."""
    rules = _rules()
    word = word.casefold()
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    word = word.translate(rules.characters)
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    for old, new in rules.spelling:
        if old in word:
            word = word.replace(old, new)
    for old, new, shortest in rules.endings:
        if len(word) >= shortest and word.endswith(old):
            return word[: len(word) - len(old)] + new
    return word


def fold(name: str) -> str:
    """The key of a name: its folded words, joined by single spaces; empty where it has no letter or digit."""
    return " ".join(map(fold_word, WORD.findall(name)))
