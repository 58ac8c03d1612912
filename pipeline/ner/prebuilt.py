"""Regular expressions from a cache: the grammar's are so long that compiling them costs more than reading a report."""

import hashlib
import re
import sys
from array import array
from collections.abc import Mapping
from typing import Any

from pipeline.lexicon.cache import cached

try:
    import _sre  # type: ignore[import-not-found]

    if sys.version_info >= (3, 11):
        from re import _compiler, _parser
    else:  # pragma: no cover
        import sre_compile as _compiler
        import sre_parse as _parser
    _INSIDE = f"{_sre.MAGIC} {_sre.CODESIZE} {sys.byteorder} {sys.version}"
except (ImportError, AttributeError):  # pragma: no cover  # another Python than CPython
    _INSIDE = ""

_WORTH = 20_000  # characters of patterns from which on a file saves more than it costs
_Parts = tuple[bytes, int, int, dict[str, int], tuple[str | None, ...]]


def compile_all(room: str, patterns: Mapping[str, str], flags: int) -> dict[str, re.Pattern[str]]:
    """``re.compile(pattern, flags)`` of each, by name; their machine code is kept in the user's cache folder.

    Raises:
        ValueError: one is no regular expression; the message names it.
    """
    if _INSIDE and sum(map(len, patterns.values())) >= _WORTH:
        told = repr((_INSIDE, flags, sorted(patterns.items())))
        digest = hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        try:
            kept = cached(f"{room}-{digest}", lambda: {name: _taken_apart(patterns[name], flags) for name in patterns})
            return {name: _put_together(one, kept[name]) for name, one in patterns.items()}
        except (re.error, KeyError, ValueError, TypeError, RuntimeError, AttributeError, OverflowError):
            pass  # The slow way below gives the same, or names the pattern that is wrong.
    return {name: _compiled(name, one, flags) for name, one in patterns.items()}


def _compiled(name: str, pattern: str, flags: int) -> re.Pattern[str]:
    try:
        return re.compile(pattern, flags)
    except re.error as error:
        raise ValueError(f"{name}: {error}") from error


def _taken_apart(pattern: str, flags: int) -> _Parts:
    """What :func:`re.compile` hands to the engine, as plain types."""
    parsed: Any = _parser.parse(pattern, flags)
    code = array("I", _compiler._code(parsed, flags))  # type: ignore[attr-defined]
    groups: dict[str, int] = dict(parsed.state.groupdict)
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in groups.items():
        names[number] = name
    return code.tobytes(), int(flags | parsed.state.flags), parsed.state.groups - 1, groups, tuple(names)


def _put_together(pattern: str, parts: _Parts) -> re.Pattern[str]:
    """The engine checks the code that it is given: a spoilt cache raises and cannot crash it."""
    code, flags, groups, numbers, names = parts
    words = array("I", code)
    made: re.Pattern[str] = _sre.compile(pattern, flags, words.tolist(), groups, numbers, names)
    return made
