"""Characters whose font does not say what they are: told by the words that they complete.

Ligatures are the usual case: in ``in?uence`` and ``?uid`` only ``fl`` makes words.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.extractors._pdf.furniture import PageLines
from pipeline.extractors._pdf.lines import Line
from pipeline.extractors._pdf.pieces import Piece
from pipeline.extractors._repair.hyphens import Words
from pipeline.toml import read_toml

_UNMAPPED = re.compile(r"[\x00-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_ENOUGH = 0.6  # share of the words that a reading must complete
_SHORTEST = 2  # characters up to which a word must be a common one: "?C" is no "tic"
_COMMON = -8.0  # natural logarithm of the frequency of a common word
_CLEAR = 3.0  # natural logarithm of how much commoner its words must be than those of another reading


@dataclass(slots=True)
class _Place:
    line: Line
    piece: Piece
    word: str


def is_unmapped(character: str) -> bool:
    """True for a character that stands for nothing by itself."""
    return _UNMAPPED.match(character) is not None


@lru_cache(maxsize=1)
def _readings() -> tuple[str, ...]:
    return tuple(read_toml(Path(__file__).with_suffix(".toml"))["readings"])


def read_unmapped(pages: Sequence[PageLines], words: Words) -> None:
    """Replace unmapped characters in the pieces of all pages where the words of the document tell what they are."""
    places: dict[tuple[int, str], list[_Place]] = defaultdict(list)
    for page in pages:
        for column in page.columns:
            for line in column:
                _collect(line, places)
    for (_, character), found in sorted(places.items()):
        best = _best(character, found, words)
        for place in found:
            reading = _best(character, [place], words)
            if not reading and (character != "\ufffd" or _known(place.word.replace(character, best.lower()), words)):
                reading = best
            filled = place.word.replace(character, reading.lower())
            if reading and (len(place.word) > _SHORTEST or _frequency(filled, words) > _COMMON):
                place.piece.text = place.piece.text.replace(character, reading)
                place.line.retell()


def _collect(line: Line, places: dict[tuple[int, str], list[_Place]]) -> None:
    if not _UNMAPPED.search(line.text):
        return
    for index, piece in enumerate(line.pieces):
        if piece.text.isascii() and piece.text.isprintable():
            continue
        for character in sorted({c for c in piece.text if is_unmapped(c)}):
            first, last = index, index + 1
            while first and line.pieces[first].glued:
                first -= 1
            while last < len(line.pieces) and line.pieces[last].glued:
                last += 1
            word = "".join(p.text for p in line.pieces[first:last]).lower().strip(".,;:()[]\"'“”‘’")
            places[piece.face, character].append(_Place(line, piece, word))


def _best(character: str, places: Sequence[_Place], words: Words) -> str:
    asked = sorted({p.word for p in places if len(p.word) > 1 and not p.word.endswith(("-", "\ufffe"))})
    if not asked:
        return ""
    scores = []
    for reading in _readings():
        filled = [word.replace(character, reading.lower()) for word in asked]
        known = [word for word in filled if _known(word, words)]
        scores.append((len(known), sum(_frequency(word, words) for word in known), reading))
    count, frequency, reading = max(scores, key=lambda score: score[:2])
    rivals = [f for n, f, other in scores if n == count and other != reading and frequency - f < _CLEAR * max(count, 1)]
    return reading if count >= _ENOUGH * len(asked) and not rivals else ""


def _frequency(word: str, words: Words) -> float:
    """Natural logarithm of how often the word is met, where the vocabulary tells."""
    tell = getattr(words, "log_frequency", None)
    return float((tell(word) if tell else None) or -30.0)


def _known(word: str, words: Words) -> bool:
    parts = word.replace("–", "-").replace("/", "-").split("-")
    return all(part in words for part in parts) if all(part.isalpha() for part in parts) else False
