"""Words that a line end breaks: is the hyphen the printer's or the author's?"""

import re
from collections.abc import Collection, Container
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from pipeline.toml import read_toml

HYPHENS = "-\u2010\u2011\u00ad\ufffe\x02"
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*\Z")
_LAST = re.compile(rf"([^\s{re.escape(HYPHENS)}]*)[{re.escape(HYPHENS)}]\Z")
_OPENING = re.compile(r"^.*[(\[{“‘\"'/–—]")
_FIRST = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Words(Protocol):
    """Anything that knows words: ``in`` asks for a spelling in lower case."""

    def __contains__(self, word: object, /) -> bool: ...


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lists = read_toml(Path(__file__).with_suffix(".toml"))
    return frozenset(lists["compounds"]), frozenset(lists["prefixes"]), frozenset(lists["suffixes"])


def ends_broken(line: str) -> bool:
    """True where a line ends in a hyphen that follows a letter or digit."""
    return len(line) > 1 and line[-1] in HYPHENS and line[-2].isalnum()


def join_lines(left: str, right: str, words: Words, own: Container[str] = frozenset()) -> str:
    """Join a line that ends in a hyphen to the next one.

    Args:
        left: the line, or its last word, up to and with the hyphen.
        right: the next line, or its first word.
        words: the vocabulary.
        own: words that stand unbroken in the same document, in lower case, with their hyphens.

    Returns:
        ``left`` and ``right`` as one string, with a plain hyphen where it belongs and without it where it does not.

    Example:
        >>> join_lines("treat-", "ment was", {"treatment"})
        'treatment was'
        >>> join_lines("CD4-", "positive", set())
        'CD4-positive'
    """
    if not ends_broken(left):
        return f"{left} {right}"
    if keeps_hyphen(left, right, words, own):
        return f"{left[:-1]}-{right}"
    return f"{left[:-1]}{right}"


def keeps_hyphen(left: str, right: str, words: Words, own: Container[str] = frozenset()) -> bool:
    """True where the hyphen that ends ``left`` belongs between the two parts; arguments as in :func:`join_lines`."""
    before, after = _LAST.search(left), _FIRST.match(right)
    if before is None or after is None:
        return True
    first, last = _OPENING.sub("", before.group(1)), after.group()
    if last.istitle() and (first + last).lower() in own and f"{first}-{last}".lower() not in own:
        return False
    if not _PART.match(first) or not (last.islower() or (first.isupper() and last.isupper() and len(first) > 1)):
        return True
    if left[-1] == "\u00ad":
        return False
    if first.isupper() and last.islower() and len(first) > 1:
        return True
    goes_on = right[after.end() : after.end() + 1] in tuple(HYPHENS)
    return _keeps(first.lower(), last.lower(), words, own, goes_on)


def _keeps(first: str, last: str, words: Words, own: Container[str], goes_on: bool) -> bool:
    compounds, prefixes, suffixes = _lists()
    joined, hyphened = first + last, f"{first}-{last}"
    if hyphened in compounds:
        return True
    if joined in own or hyphened in own:
        return joined not in own
    if joined in words:
        return False
    if hyphened in words or len(first) == 1:
        return True
    if (first in prefixes or last in suffixes) and len(last) > 1:
        return last in words or last in suffixes
    # "person-to-person": of a longer compound short words are parts too.
    return (goes_on or min(len(first), len(last)) > 2) and first in words and last in words


def unbroken(tokens: Collection[str]) -> frozenset[str]:
    """The words of a document that stand unbroken, for ``own``: lower case, trimmed of punctuation."""
    trimmed = (token.strip(".,;:()[]{}“”\"'‘’?!*†‡/").lower() for token in tokens)
    return frozenset(word for word in trimmed if len(word) > 3 and word[-1] not in HYPHENS)
