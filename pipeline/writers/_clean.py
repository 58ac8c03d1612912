"""Text that every reader of UTF-8 can read, character for character as long as it was."""

import re

_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def is_fit(text: str) -> bool:
    """Whether :func:`clean` leaves ``text`` as it is."""
    return _UNFIT.search(text) is None


def clean(text: str) -> str:
    """``text`` with control characters and lone surrogates replaced by U+FFFD; offsets stay true."""
    return _UNFIT.sub("\ufffd", text)
