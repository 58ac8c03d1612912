"""Single characters that are written one way and printed another: ligatures, joiners, odd spaces."""

import re

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_UNPRINTED = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFFFE, *range(9), *range(14, 28), 0x7F])
_TABLE = str.maketrans(_LIGATURES) | _UNPRINTED
_ODD = re.compile("[" + re.escape("".join(map(chr, _TABLE))) + "]")
# UTF-8 that was once read as Windows-1252: "SÃ©zary", "â‰¥ 5 Âµg". No language writes such pairs.
_TWICE_ENCODED = re.compile(
    "[ÂÃÎÏ][\u00a1-\u00bf]|â[€‰ˆ†„‚…][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]",
)
_LIGATURE = re.compile("[" + "".join(_LIGATURES) + "]")


def is_odd(text: str) -> bool:
    """True where :func:`plain` would change the text."""
    return bool(_ODD.search(text)) or (not text.isascii() and plain(text) != text)


def has_ligature(text: str) -> bool:
    """True where a ligature stands for letters."""
    return bool(_LIGATURE.search(text))


def plain(text: str) -> str:
    """The text with ligatures spelt out, characters that print nothing taken away, double encoding undone.

    Example:
        >>> plain("SÃ©zary, ﬁbrosis")
        'Sézary, fibrosis'
    """
    if not text.isascii():
        text = _TWICE_ENCODED.sub(_decoded, text)
    return text.translate(_TABLE)


def _decoded(match: re.Match[str]) -> str:
    try:
        return match.group().encode("cp1252").decode("utf-8")
    except UnicodeError:
        return match.group()
