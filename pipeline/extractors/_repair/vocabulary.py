"""The words that a repair may make: general English, and the medical words of the compiled lexicon."""

import gzip
import importlib.util
import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

_MEDICAL = Path(__file__).parents[2] / "lexicons" / "words.tsv.gz"
_ENGLISH = "frequency_dictionary_en_82_765.txt"
_ENGLISH_PAIRS = "frequency_bigramdictionary_en_243_342.txt"
_ENGLISH_TOTAL = 5.4e11
_MEDICAL_COUNT = 2e5
_LONE_LETTERS = {"a": 9e9, "i": 3e9}


class Vocabulary:
    """Known words in lower case, with how often English uses them."""

    __slots__ = ("_counts",)

    def __init__(self, counts: Mapping[str, float]) -> None:
        self._counts = counts

    def __contains__(self, word: object) -> bool:
        return word in self._counts

    def log_frequency(self, word: str) -> float | None:
        """Natural logarithm of the word's share of running English; None for a word that is not known."""
        count = self._counts.get(word)
        return None if count is None else math.log(count / _ENGLISH_TOTAL)


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """The general vocabulary; takes about 0.1 s at its first call."""
    counts: dict[str, float] = dict.fromkeys(_medical_words(), _MEDICAL_COUNT)
    for word, count in _symspell_rows(_ENGLISH):
        if len(word) > 1:
            counts[word] = float(count)
    counts.update(_LONE_LETTERS)
    return Vocabulary(counts)


@lru_cache(maxsize=1)
def load_pairs() -> frozenset[tuple[str, str]]:
    """Pairs of words that stand side by side in English; takes about 0.2 s at its first call."""
    return frozenset((first, second) for first, second, _ in _symspell_rows(_ENGLISH_PAIRS))


def _medical_words() -> Iterable[str]:
    if not _MEDICAL.exists():
        return
    with gzip.open(_MEDICAL, "rt", encoding="utf-8") as lines:
        for line in lines:
            word = line.split("\t", 1)[0].strip().lower()
            if len(word) > 1 and word.replace("-", "").isalpha():
                yield word


def _symspell_rows(name: str) -> Iterable[list[str]]:
    # Found without importing symspellpy, whose import costs more than reading the list.
    spec = importlib.util.find_spec("symspellpy")
    if spec is None or spec.origin is None:
        return
    path = Path(spec.origin).with_name(name)
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        yield line.split()
