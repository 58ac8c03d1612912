"""Which language a text is in, where that is evident. The rules read English alone, so a reader wants to know."""

import re
from collections import Counter
from functools import cache

from pipeline.datamodel import Document
from pipeline.segmentation.cues import rules

_WORD = re.compile(r"[^\W\d_]+")


@cache
def _languages() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((one["code"], frozenset(one["words"])) for one in rules("language")["language"])


@cache
def _scripts() -> tuple[tuple[str, float, re.Pattern[str]], ...]:
    return tuple((one["code"], one["least"], re.compile(one["letters"])) for one in rules("language")["script"])


def language(document: Document) -> str:
    """ISO 639-1 code: of the text where it is evident, else what the input states; empty where neither tells."""
    return told_by(document.text) or document.metadata.language


def told_by(text: str) -> str:
    """The language that a text is evidently in; empty where it could be several, or is too short to tell."""
    bounds = rules("language")
    most = bounds["sample"]
    begin = len(text) // 4 if len(text) > most * 4 // 3 else 0
    sample = text[begin : begin + most]
    if not sample.isascii():
        letters = sum(map(len, _WORD.findall(sample))) or 1
        for code, least, pattern in _scripts():
            if len(pattern.findall(sample)) / letters >= least:
                return code
    words = _WORD.findall(sample.lower())
    if len(words) < bounds["least_words"]:
        return ""
    counts = Counter(words)
    found = {code: sum(counts[word] for word in own) / len(words) for code, own in _languages()}
    best = max(found, key=lambda code: found[code])
    rival = max(share for code, share in found.items() if code != best) if best == "en" else found["en"]
    evident = found[best] >= bounds["least_share"] and found[best] >= bounds["clearly"] * rival
    return best if evident else ""
