"""Words that arrive torn by bad kerning: ``Alemtu zumab is a new gen eration mon oclonal antibody``.

A gap is closed only between letters, only where the result is a word of the vocabulary (or a long word of the
document itself), and only in a text that is torn in many places: a sound text is never touched.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import pairwise

from pipeline.extractors._repair.vocabulary import Vocabulary, load_pairs

_RUN = re.compile(r"(?<![^\W_])[^\W\d_]+(?: [^\W\d_]+)+(?![\w’'])")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_PIECES = 6
_LONGEST = 28
_LEAST_TORN = 3
_LEAST_RATE = 0.004
_RATE_BOUNDS = (0.02, 0.08)
_UNKNOWN = -12.0
_UNKNOWN_PER_LETTER = -1.0
_LONE_CAPITAL = -9.0
_OWN = -13.0


class TornWords:
    """Closes the gaps of one document."""

    def __init__(self, vocabulary: Vocabulary, lines: Collection[str]) -> None:
        self._vocabulary = vocabulary
        self._own = _own_words(lines)
        self._cost = math.log(_RATE_BOUNDS[0])
        self._rate = self._measure(lines)
        self._cost = math.log(min(max(self._rate, _RATE_BOUNDS[0]), _RATE_BOUNDS[1]))

    @property
    def is_torn(self) -> bool:
        """True where the document is torn in many places."""
        return self._rate >= _LEAST_RATE

    def gaps(self, line: str) -> frozenset[int]:
        """Offsets of the spaces to close in a line whose white space is single spaces."""
        return frozenset(self._gaps(line)) if self.is_torn else frozenset()

    def _gaps(self, line: str) -> list[int]:
        return [gap for run in _RUN.finditer(line) for gap in self._gaps_of_run(run.group(), run.start())]

    def _measure(self, lines: Iterable[str]) -> float:
        """Share of gaps that are surely torn: closing them makes a word of what is none."""
        torn = gaps = 0
        for line in lines:
            gaps += line.count(" ")
            for gap in self._gaps(line):
                before = _WORD.findall(line[max(0, gap - _LONGEST) : gap])[-1]
                after = _WORD.findall(line[gap : gap + _LONGEST])[0]
                torn += before.lower() not in self._vocabulary or after.lower() not in self._vocabulary
        return torn / gaps if torn >= _LEAST_TORN else 0.0

    def _gaps_of_run(self, run: str, offset: int) -> list[int]:
        pieces = run.split(" ")
        if not self._could_join(pieces):
            return []
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(pieces) + 1):
            best.append(
                max(
                    (best[start][0] + self._score(pieces[start:end]), start)
                    for start in range(max(0, end - _MOST_PIECES), end)
                )
            )
        closed: set[int] = set()
        end = len(pieces)
        while end:
            start = best[end][1]
            closed.update(range(start + 1, end))
            end = start
        places, at = [], offset
        for number, piece in enumerate(pieces):
            if number in closed:
                places.append(at - 1)
            at += len(piece) + 1
        return places

    def _could_join(self, pieces: list[str]) -> bool:
        """Some neighbours make a word together; a cheap question that most lines answer with no."""
        lower = [piece.lower() for piece in pieces]
        for start, word in enumerate(lower):
            for piece in lower[start + 1 : start + _MOST_PIECES]:
                word += piece
                if len(word) > _LONGEST:
                    break
                if word in self._vocabulary or word in self._own:
                    return True
        return False

    def _score(self, pieces: list[str]) -> float:
        if len(pieces) == 1:
            return self._score_alone(pieces[0])
        word = "".join(pieces)
        if len(word) > _LONGEST or not _same_case(pieces) or self._is_named_letter(pieces):
            return -math.inf
        known = self._vocabulary.log_frequency(word.lower())
        if known is None and word.lower() in self._own:
            known = _OWN
        if known is None or self._are_neighbours(pieces):
            return -math.inf
        return known + (len(pieces) - 1) * self._cost

    def _score_alone(self, piece: str) -> float:
        known = self._vocabulary.log_frequency(piece.lower())
        if known is not None:
            return known
        if piece.lower() in self._own:
            return _OWN
        if len(piece) == 1 and piece.isupper():
            return _LONE_CAPITAL
        return _UNKNOWN + _UNKNOWN_PER_LETTER * len(piece)

    def _is_named_letter(self, pieces: list[str]) -> bool:
        """``B and T cells``, ``vitamin K in``: a capital before a whole word is a name of its own."""
        return len(pieces[0]) == 1 and pieces[0].isupper() and "".join(pieces[1:]) in self._vocabulary

    def _are_neighbours(self, pieces: list[str]) -> bool:
        """All pieces are words that English sets side by side (``be low``): the gap is meant."""
        lower = [piece.lower() for piece in pieces]
        if not all(piece in self._vocabulary for piece in lower):
            return False
        return any(pair in load_pairs() for pair in pairwise(lower))


def _same_case(pieces: list[str]) -> bool:
    if all(piece.isupper() for piece in pieces):
        return True
    return all(piece.islower() for piece in pieces[1:]) and (pieces[0].islower() or pieces[0].istitle())


def _own_words(lines: Iterable[str]) -> frozenset[str]:
    counts = Counter(word.lower() for line in lines for word in _WORD.findall(line) if len(word) >= 8)
    return frozenset(word for word, count in counts.items() if count > 1)
