"""Regular expressions from a cache: casebook's are so long that compiling them costs more than reading a report."""

import hashlib
import re
from array import array
from collections.abc import Mapping
from typing import Any

from pipeline.cache import cached
from pipeline.expressions import _engine
from pipeline.expressions.expression import Expression
from pipeline.expressions.needs import needs
from pipeline.expressions.screen import SCREEN

_FORM = 13  # of what is kept; to be raised when needs are told otherwise
_WORTH = 1_000  # characters of expressions from which on a file saves more than it costs
_Parts = tuple[bytes, int, int, dict[str, int], tuple[str | None, ...], list[list[str]]]


def compile_all(room: str, expressions: Mapping[str, str], flags: int = 0) -> dict[str, Expression]:
    """``re.compile(expression, flags)`` of each with its needs, by name; kept in the user's cache folder.

    Raises:
        ValueError: one is no regular expression; the message names it.
    """
    if _engine.sre and sum(map(len, expressions.values())) >= _WORTH:
        told = repr((_FORM, _engine.VERSION, flags, sorted(expressions.items())))
        digest = hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        try:
            kept = cached(
                f"{room}-{digest}", lambda: {name: _taken_apart(one, flags) for name, one in expressions.items()}
            )
            return {name: _put_together(one, kept[name]) for name, one in expressions.items()}
        except (re.error, KeyError, ValueError, TypeError, RuntimeError, AttributeError, OverflowError):
            pass  # The slow way below gives the same, or names the expression that is wrong.
    return {name: _compiled(name, one, flags) for name, one in expressions.items()}


def _compiled(name: str, expression: str, flags: int) -> Expression:
    try:
        regex = re.compile(expression, flags)
    except re.error as error:
        raise ValueError(f"{name}: {error}") from error
    needed = needs(_engine.parser.parse(expression, flags)) if _engine.parser else ()
    return Expression(regex, SCREEN.add(needed))


def _taken_apart(expression: str, flags: int) -> _Parts:
    """What :func:`re.compile` hands to the engine, as plain types, and the needs."""
    parsed: Any = _engine.parser.parse(expression, flags)
    code = array("I", _engine.compiler._code(parsed, flags))
    groups: dict[str, int] = dict(parsed.state.groupdict)
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in groups.items():
        names[number] = name
    kept = [sorted(need) for need in needs(parsed)]
    return code.tobytes(), int(flags | parsed.state.flags), parsed.state.groups - 1, groups, tuple(names), kept


def _put_together(expression: str, parts: _Parts) -> Expression:
    """The engine checks the code that it is given: a spoilt cache raises and cannot crash it."""
    code, flags, groups, numbers, names, needed = parts
    made: re.Pattern[str] = _engine.sre.compile(expression, flags, array("I", code).tolist(), groups, numbers, names)
    return Expression(made, SCREEN.add(map(frozenset, needed)))
