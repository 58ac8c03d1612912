"""Single characters that are written one way and printed another: ligatures, joiners, odd spaces."""

import re

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_UNPRINTED = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, *range(9), *range(14, 28), 0x7F])
_TABLE = str.maketrans(_LIGATURES) | _UNPRINTED
_ODD = re.compile("[" + re.escape("".join(map(chr, _TABLE))) + "]")
_LIGATURE = re.compile("[" + "".join(_LIGATURES) + "]")


def is_odd(text: str) -> bool:
    """True where :func:`plain` would change the text."""
    return bool(_ODD.search(text))


def has_ligature(text: str) -> bool:
    """True where a ligature stands for letters."""
    return bool(_LIGATURE.search(text))


def plain(text: str) -> str:
    """The text with ligatures spelt out and characters that print nothing taken away."""
    return text.translate(_TABLE)
