"""Names that a misspelt word is like: an index of character n-grams over the lexicons' single-word names.

The candidates are those of scispaCy's generator (trigrams within the word, weighed by tf-idf, compared by cosine), but
the index is exact: scispaCy's is approximate and differs from build to build, and no result may hang on chance.
"""

import hashlib
import importlib.util
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.cache import cached
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.lexicon.entries import MATCH_BITS, MATCHES, Entry
from pipeline.lexicon.folding import fold_word
from pipeline.lexicon.lexicons import Lexicons

_ENGLISH = "frequency_dictionary_en_82_765.txt"
_SHORTEST = 6
_LONGER = 1  # by how many letters a name may be longer or shorter than the word


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """A name that a word is like.

    Attributes:
        name: folded.
        entry: what it stands for.
        score: cosine of the weighed trigrams, 0 to 1.
    """

    name: str
    entry: Entry
    score: float


class Likeness:
    """Built once a worker, from the user's cache; answers hang on the lexicons alone.

    Attributes:
        names: all that a word can be like, folded.
    """

    def __init__(self, lexicons: Lexicons, medical: frozenset[str]) -> None:
        digest = hashlib.sha256(lexicons.digest.encode() + Path(__file__).read_bytes()).hexdigest()[:16]
        made = cached(f"likeness-{digest}", lambda: _build(lexicons, medical))
        self._lexicons = lexicons
        self._known: frozenset[str] = made["known"]
        self.names: tuple[str, ...] = made["names"]
        self._places = {name: place for place, name in enumerate(self.names)}
        self._numbers: tuple[int, ...] = made["numbers"]
        self._from: tuple[int, ...] = made["from"]
        self._weights: Mapping[str, float] = made["weights"]
        self._strange = log(1 + len(self.names)) + 1
        self._postings: Mapping[str, tuple[bytes, bytes]] = made["postings"]
        self._starts: frozenset[str] = made["starts"]
        self._ends: frozenset[str] = made["ends"]

    def is_known(self, key: str) -> bool:
        """Whether English, medicine or a lexicon has this folded word."""
        return key in self._known

    def named(self, key: str) -> Likely | None:
        """The name that a folded word is, letter by letter."""
        place = self._places.get(key)
        return None if place is None else self._likely(place, 1.0)

    def near(self, key: str, most: int = 6, least: float = 0.01) -> list[Likely]:
        """The names of about the same length that a folded word is most like, the likest first.

        Args:
            key: the word.
            most: how many names at most.
            least: score from which on a name counts.
        """
        same = _half(key)
        if key[:same] not in self._starts and key[-same:] not in self._ends:
            return []
        longest = len(self._from) - 2
        first = self._from[min(max(len(key) - _LONGER, 0), longest)]
        last = self._from[min(len(key) + _LONGER, longest) + 1]
        if first >= last:
            return []
        shares = np.zeros(last - first, np.float32)
        weighed = {gram: n * self._weights.get(gram, self._strange) for gram, n in Counter(_grams(key)).items()}
        length = sqrt(sum(weight * weight for weight in weighed.values()))
        for gram, weight in weighed.items():
            if gram in self._postings:
                kept = self._postings[gram]
                places, parts = np.frombuffer(kept[0], np.int32), np.frombuffer(kept[1], np.float32)
                i, j = places.searchsorted((first, last))
                shares[places[i:j] - first] += parts[i:j] * np.float32(weight / length)
        likest = sorted(np.flatnonzero(shares >= least), key=lambda place: (-shares[place], place))[:most]
        return [self._likely(first + int(place), float(shares[place])) for place in likest]

    def _likely(self, place: int, score: float) -> Likely:
        entry = self._lexicons.entry(self._numbers[place])
        return Likely(name=self.names[place], entry=entry, score=score)


def _half(word: str) -> int:
    """One change leaves either the beginning or the end of a word as it is: so many letters at least."""
    return 4 if len(word) < 10 else 5


def _grams(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


def _single_names(lexicons: Lexicons, *labels: MentionLabel) -> Iterator[tuple[str, int]]:
    """Names of one word that count wherever they stand, each with its first entry."""
    for name, hits in lexicons.names.items():
        if len(name) < _SHORTEST or not (name.isalpha() and name.isascii()):
            continue
        for hit in (hits,) if isinstance(hits, int) else hits:
            number = hit >> MATCH_BITS
            if MATCHES[hit & (1 << MATCH_BITS) - 1] == "any" and lexicons.rows[number][0] in labels:
                yield name, number
                break


def _build(lexicons: Lexicons, medical: frozenset[str]) -> dict[str, Any]:
    """The index, of plain types only so that it can be marshalled; names stand by length, then by letters."""
    named = sorted(_single_names(lexicons, "DRUG", "CONDITION"), key=lambda name: (len(name[0]), name[0]))
    names = tuple(name for name, _ in named)
    spread = Counter(gram for name in names for gram in set(_grams(name)))
    weights = {gram: log((1 + len(names)) / (1 + n)) + 1 for gram, n in spread.items()}
    postings: dict[str, tuple[array[int], array[float]]] = {}
    for place, name in enumerate(names):
        weighed = {gram: n * weights[gram] for gram, n in Counter(_grams(name)).items()}
        length = sqrt(sum(weight * weight for weight in weighed.values()))
        for gram, weight in weighed.items():
            places, shares = postings.setdefault(gram, (array("i"), array("f")))
            places.append(place)
            shares.append(weight / length)
    longest = max(map(len, names), default=0)
    lengths = [len(name) for name in names]
    return {
        "known": frozenset(_known_words(lexicons, medical)),
        "names": names,
        "numbers": tuple(number for _, number in named),
        "from": tuple(int(np.searchsorted(lengths, n)) for n in range(longest + 2)),
        "weights": weights,
        "postings": {gram: (places.tobytes(), shares.tobytes()) for gram, (places, shares) in postings.items()},
        "starts": frozenset(name[:n] for name in names for n in (4, 5)),
        "ends": frozenset(name[-n:] for name in names for n in (4, 5)),
    }


def _known_words(lexicons: Lexicons, medical: frozenset[str]) -> Iterator[str]:
    """Folded; shorter words are never asked for."""
    for word in (*medical, *_english()):
        if len(word) >= _SHORTEST and word.isalpha():
            yield fold_word(word)
    for name in lexicons.names:
        yield from (word for word in name.split(" ") if len(word) >= _SHORTEST)


def _english() -> list[str]:
    # Found without importing symspellpy, whose import costs more than reading the list.
    spec = importlib.util.find_spec("symspellpy")
    if spec is None or spec.origin is None:
        return []
    return Path(spec.origin).with_name(_ENGLISH).read_text(encoding="utf-8-sig").split()[::2]
