"""The words that a repair may make: general English, and the medical words of the compiled lexicon."""

import gzip
import importlib.util
import math
from functools import lru_cache
from pathlib import Path

_MEDICAL = Path(__file__).parents[2] / "lexicons" / "words.tsv.gz"
_ENGLISH = "frequency_dictionary_en_82_765.txt"
_ENGLISH_PAIRS = "frequency_bigramdictionary_en_243_342.txt"
_ENGLISH_TOTAL = 5.4e11
_MEDICAL_COUNT = 2e5
_LONE_LETTERS = {"a": 9e9, "i": 3e9}


class Vocabulary(dict[str, float]):
    """Known words in lower case, with how often English uses them."""

    __slots__ = ()

    def log_frequency(self, word: str) -> float | None:
        """Natural logarithm of the word's share of running English; None for a word that is not known."""
        count = self.get(word)
        return None if count is None else math.log(count / _ENGLISH_TOTAL)


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """The general vocabulary; takes about 0.1 s at its first call."""
    known = Vocabulary(dict.fromkeys(_medical_words(), _MEDICAL_COUNT))
    tokens = _symspell_tokens(_ENGLISH)
    english = dict(zip(tokens[::2], map(float, tokens[1::2]), strict=True))
    for letter in filter(str.isalpha, map(chr, range(128))):
        english.pop(letter, None)
    known.update(english)
    known.update(_LONE_LETTERS)
    return known


@lru_cache(maxsize=1)
def load_pairs() -> frozenset[tuple[str, str]]:
    """Pairs of words that stand side by side in English; takes about 0.2 s at its first call."""
    tokens = _symspell_tokens(_ENGLISH_PAIRS)
    return frozenset(zip(tokens[::3], tokens[1::3], strict=True))


def _medical_words() -> list[str]:
    """The first column of each line; parts of it that hold digits or signs are no words."""
    if not _MEDICAL.exists():
        return []
    lines = gzip.decompress(_MEDICAL.read_bytes()).decode("utf-8").lower().splitlines()
    firsts = [line.partition("\t")[0].strip() for line in lines]
    return [word for word in firsts if len(word) > 1 and (word.isalpha() or word.replace("-", "").isalpha())]


def _symspell_tokens(name: str) -> list[str]:
    # Found without importing symspellpy, whose import costs more than reading the list.
    spec = importlib.util.find_spec("symspellpy")
    if spec is None or spec.origin is None:
        return []
    return Path(spec.origin).with_name(name).read_text(encoding="utf-8-sig").split()
