"""Places where a long word may be broken at the end of a line."""

import re

# Between two consonants that stand between vowels, or before a single consonant; never inside a sound of two letters.
_BREAK = re.compile(r"(?<=[aeiouy])(?=[bcdfgklmnprstvz][aeiouy])|(?<=[aeiouy][lmnrs])(?=[bcdfgkmnptv][aeiouylr])")
_WORD = re.compile(r"[a-z]{7,}")


def parts(word: str) -> list[str]:
    """``word`` cut where it may be broken; only all-lower-case words of seven letters and more are cut."""
    if not _WORD.fullmatch(word):
        return [word]
    cuts = [m.start() for m in _BREAK.finditer(word) if 3 <= m.start() <= len(word) - 3]
    return [word[a:b] for a, b in zip([0, *cuts], [*cuts, len(word)], strict=True)]


def soften(text: str) -> str:
    """``text`` with a soft hyphen at every place where a word may be broken."""
    return _WORD.sub(lambda m: "\u00ad".join(parts(m[0])), text)
