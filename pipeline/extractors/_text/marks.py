"""Reference marks of a plain text: raised numbers that came down (``prognosis.1,2 It``), and brackets (``[3]``)."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from pipeline.toml import read_toml

_NUMBERS = r"\d{1,3}(?:\s?[,–-]\s?\d{1,3})*"
# "in SS.2,4 The emergence"; "was diagnosed in 2011.5 This patient"; at a paragraph's end too.
_AFTER_SENTENCE = re.compile(
    rf"(?:(?<![^\W\d_])(?P<word>[^\W\d_]{{2,}})[)\]”\"]*|[%)\]]|\b(?:in|since|until) (?:19|20)\d\d)\."
    rf"(?P<mark>{_NUMBERS})(?=\s+[A-Z(“\"]|\s*\Z)"
)
# "prior treatment4,7, with": only lists are certain within a sentence.
_WITHIN = re.compile(r"(?<![\w-])(?P<word>[a-z]{4,})(?P<mark>\d{1,2}(?:[,–]\d{1,2})+)(?=[\s.,;)])")
_POSSIBLE = re.compile(r"[a-z.]\d")  # what each match of the two holds; costs a small part of looking for them
_BRACKETED = re.compile(rf"(?<=[^\W\d_] )\[{_NUMBERS}\]|(?<=[^\W\d_)%])\[{_NUMBERS}\]|(?<=[.,)%] )\[{_NUMBERS}\]")


@lru_cache(maxsize=1)
def _counted() -> frozenset[str]:
    return frozenset(read_toml(Path(__file__).with_suffix(".toml"))["counted"])


def fallen_marks(text: str) -> Iterator[tuple[int, int]]:
    """Raised reference numbers that stand in the text as plain digits, ascending."""
    if not _POSSIBLE.search(text):
        return
    found = [match for pattern in (_AFTER_SENTENCE, _WITHIN) for match in pattern.finditer(text)]
    for match in sorted(found, key=lambda mark: mark.start("mark")):
        if (match.group("word") or "").casefold() not in _counted():
            yield match.span("mark")


def bracketed_marks(text: str) -> Iterator[tuple[int, int]]:
    """Reference numbers in square brackets, ascending."""
    return (match.span() for match in _BRACKETED.finditer(text)) if "[" in text else iter(())
