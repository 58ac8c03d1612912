"""The words of a span and those beside it, as marks: annotators of a kind of text agree on what to call a drug."""

import re
from collections.abc import Iterator

_WORD = re.compile(r"\w+|[^\w\s]")
_REACH = 30  # characters looked at on either side


def wording(text: str, start: int, end: int) -> Iterator[tuple[str, float]]:
    """``is=oral pill``, ``first=oral``, ``last=pill``, and the words ``before=`` and ``after=`` it, in lower case."""
    words = _WORD.findall(text[start:end].lower())
    if words:
        yield "is=" + " ".join(words), 1.0
        yield "first=" + words[0], 1.0
        yield "last=" + words[-1], 1.0
    before = _WORD.findall(text[max(start - _REACH, 0) : start].lower())
    if before:
        yield "before=" + before[-1], 1.0
    after = _WORD.search(text, end, min(end + _REACH, len(text)))
    if after:
        yield "after=" + after[0].lower(), 1.0
