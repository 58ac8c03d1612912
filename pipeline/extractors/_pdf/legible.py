"""Does the text layer hold words? Some fonts map their glyphs to other letters, and some scans carry garbage."""

import re
from collections.abc import Sequence

from pipeline.datamodel import Block, Span
from pipeline.errors import DocumentError
from pipeline.extractors._repair.hyphens import Words

_ODD = re.compile(r"[\u00a1-\u00af\u00b4-\u00b6\u00b8-\u00bf\u0080-\u009f\ue000-\uf8ff\ufffd]")
_WORD = re.compile(r"[a-z]{3,}")
_VOWELS = re.compile(r"[aeiouy]")
_STRANGE_DOCUMENT = 0.08  # share of strange text from which a document is refused
_STRANGE_BLOCK = 0.25  # share from which a block is marked as noisy
_SAMPLE = 20_000  # characters of a text in which words are looked up
_KNOWN = 0.15  # share of known words from which a text is a language
_ENOUGH = 150  # words from which the share of known ones and of vowels says something


def strangeness(text: str) -> float:
    """Share of the text in tokens that hold two or more characters which words do not have."""
    if text.isascii() or len(_ODD.findall(text)) < max(2, 0.004 * len(text)):
        return 0.0
    tokens = text.split()
    strange = sum(len(token) for token in tokens if len(_ODD.findall(token)) > 1)
    return strange / sum(map(len, tokens))


def is_legible(text: str, words: Words) -> bool:
    """False for a text that is no language."""
    if strangeness(text) > _STRANGE_DOCUMENT:
        return False
    found = _WORD.findall(text[:_SAMPLE].lower())
    if len(found) <= _ENOUGH:
        return True
    return _are_known(found, words) or 0.3 < _vowels(found) < 0.55


def _are_known(found: Sequence[str], words: Words) -> bool:
    """True where the vocabulary knows enough of the words; most texts show it within their first lines."""
    known = 0
    for word in found:
        known += word in words
        if known / len(found) >= _KNOWN:
            return True
    return False


def require_legible(text: str, words: Words) -> None:
    """Refuse a text that is no language.

    Raises:
        DocumentError: ``nonsense_text_layer``.
    """
    if not is_legible(text, words):
        raise DocumentError(
            "nonsense_text_layer",
            "the PDF's text layer is nonsense (its fonts do not say which letters they show); "
            "install tesseract-ocr to have it read by OCR, or fetch another copy",
        )


def _vowels(words: Sequence[str]) -> float:
    return sum(len(_VOWELS.findall(word)) for word in words) / sum(map(len, words))


def noisy_spans(text: str, blocks: Sequence[Block]) -> tuple[Span, ...]:
    """Blocks whose words cannot be trusted."""
    return tuple(
        Span(start=block.start, end=block.end)
        for block in blocks
        if block.end - block.start > 40 and strangeness(text[block.start : block.end]) > _STRANGE_BLOCK
    )
