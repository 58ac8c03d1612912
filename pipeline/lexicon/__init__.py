"""The lexicons: names of drugs, other therapies, conditions and analytes, with what they stand for.

To add a lexicon, drop a file into ``pipeline/lexicons/``: ``<name>.tsv`` with the header lines ``# label:``,
``# system:``, ``# source:``, ``# version:``, ``# licence:`` and the columns ``name``, ``preferred`` and those of
:class:`Entry` that it knows. Nothing else names it.
"""

from functools import lru_cache
from pathlib import Path

from pipeline.cache import cached
from pipeline.lexicon import build as _build
from pipeline.lexicon import tables as _tables
from pipeline.lexicon.entries import DoseRange, Entry, LabGrade, Match
from pipeline.lexicon.folding import WORD, fold, fold_word
from pipeline.lexicon.lexicons import Lexicons
from pipeline.lexicon.likeness import Likely, Likeness

__all__ = [
    "FOLDER",
    "WORD",
    "DoseRange",
    "Entry",
    "LabGrade",
    "Lexicons",
    "Likely",
    "Likeness",
    "Match",
    "fold",
    "fold_word",
    "load_lexicons",
    "load_likeness",
    "load_words",
]

FOLDER = Path(__file__).parent.parent / "lexicons"


@lru_cache(maxsize=2)
def load_lexicons(folder: Path = FOLDER) -> Lexicons:
    """All lexicons of ``folder``; from the user's cache where this content was loaded before."""
    digest = _build.digest(folder)
    return Lexicons(**cached(f"lexicons-{digest}", lambda: _build.build(folder)), digest=digest)


@lru_cache(maxsize=2)
def load_words(folder: Path = FOLDER) -> frozenset[str]:
    """Words that medical texts use, lower case, for the repair of broken spacing."""
    digest = _build.digest(folder)
    words = cached(f"words-{digest}", lambda: [row[0] for row in _tables.read(folder / "words.tsv.gz").rows])
    return frozenset(words)


@lru_cache(maxsize=2)
def load_likeness(folder: Path = FOLDER) -> Likeness:
    """The names that misspelt words are like; from the user's cache where this content was loaded before."""
    return Likeness(load_lexicons(folder), load_words(folder))
