"""Text that every reader of UTF-8 can read, character for character as long as it was."""

_UNFIT = dict.fromkeys((*range(9), *range(14, 32), 127, *range(55296, 57344)), 65533)


def clean(text: str) -> str:
    """``text`` with control characters and lone surrogates replaced by U+FFFD; offsets stay true."""
    return text if text.isprintable() else text.translate(_UNFIT)
