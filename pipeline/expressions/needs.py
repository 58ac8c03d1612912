"""What a text must hold for a regular expression to match anywhere in it.

Most cues of a report are not in most of its sentences. Looking for a few words that a match cannot do without costs
a small part of trying the expression at each place; search engines call this a prefilter (R. Cox, "Regular
Expression Matching with a Trigram Index", 2012).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

_MOST = 100  # strings that are written out
_MOST_RUNS = 30  # runs of letters; looking for more costs more than the expression. Words are looked up at once
_WIDEST = 8  # members of a character class that are written out
_CUTS = (6, 5, 4, 3)  # letters to which runs are cut where they are too many
_TELLING = 4  # letters from which on a whole word is rare enough by itself
_RARER = 8.0  # how much rarer a string is guessed to be for each letter that it is longer
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")
_BORDER = "\b"  # stands in a string where the expression asks for a word's border
_WHOLE = re.compile(r"(?<=\W)\w+(?=\W)")
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"[^\S ]")

_Strings = frozenset[str]
_EMPTY: _Strings = frozenset({""})


@dataclass(frozen=True, slots=True)
class Needs:
    """Each match holds one of ``words`` as a whole word or one of the ``runs`` of letters, folded. None: unknown."""

    words: frozenset[str] = frozenset()
    runs: tuple[str, ...] = ()


@lru_cache(maxsize=64)  # many cues are looked for in one clause
def folded(text: str) -> tuple[str, frozenset[str]]:
    """``text`` without case, as far as :data:`re.IGNORECASE` goes, each white space a blank; and its words."""
    fold = _fold(text)
    return fold, frozenset(_WORD.findall(fold))


def _fold(text: str) -> str:
    fold = _SPACE.sub(" ", text.casefold())
    # To IGNORECASE the Turkish letters are an i, with a dot and without.
    return fold if fold.isascii() else fold.replace("ı", "i").replace("i\u0307", "i")


def needs(parsed: Any) -> Needs:
    """The needs of an expression.

    Args:
        parsed: the tree that ``re``'s parser makes of it.
    """
    best = [_fold(one) for one in _best(parsed) or ()]
    words = {word for one in best if (word := _whole_word(one))}
    runs = _shortest({one.replace(_BORDER, "") for one in best if not _whole_word(one)})
    return Needs(frozenset(words), tuple(runs))


def _whole_word(string: str) -> str:
    """The longest word of a string with both its borders; empty where the string as a run is rarer."""
    word: str = max(_WHOLE.findall(string), key=lambda word: (len(word), word), default="")
    return word if len(word) >= _TELLING or len(word) == len(string.replace(_BORDER, "")) else ""


def _best(parts: Iterable[tuple[Any, Any]]) -> _Strings | None:
    """The rarest of the sets of strings that a sequence of parts cannot do without."""
    candidates: list[_Strings] = []
    running = _EMPTY
    for operation, argument in parts:
        exact = _exact(operation, argument)
        if exact is not None and len(running) * len(exact) <= _MOST:
            running = _joined(running, exact)
            continue
        once = _first_of_many(operation, argument) if exact is None else exact
        if once is None:
            candidates += [running, _inside(operation, argument) or _EMPTY]
        else:
            candidates.append(_joined(running, once) if len(running) * len(once) <= _MOST else running)
        running = once or _EMPTY
    candidates.append(running)
    useful = [fewer for strings in candidates if (fewer := _useful(strings))]
    return min(useful, key=lambda strings: (_commonness(strings), sorted(strings)), default=None)


def _joined(before: _Strings, after: _Strings) -> _Strings:
    return frozenset(map("".join, product(before, after)))


def _useful(strings: _Strings) -> _Strings:
    """As few strings that ask for as much; none where one of them asks for nothing."""
    if any(not one.strip(_BORDER) for one in strings):
        return frozenset()
    words = {one for one in strings if _whole_word(one)}
    runs = {one.replace(_BORDER, "") for one in strings - words}
    for cut in (None, *_CUTS):
        fewer = _shortest({run[:cut] for run in runs})
        if len(fewer) <= _MOST_RUNS:
            return frozenset({*words, *fewer})
    return frozenset()


def _shortest(runs: Iterable[str]) -> list[str]:
    """Without runs that hold another of them."""
    kept: list[str] = []
    for run in sorted(runs, key=lambda run: (len(run), run)):
        if not any(shorter in run for shorter in kept):
            kept.append(run)
    return kept


def _commonness(strings: _Strings) -> float:
    lengths = (len(_whole_word(one)) + 1 if _whole_word(one) else len(one.replace(_BORDER, "")) for one in strings)
    return sum(_RARER**-length for length in lengths)


def _exact(operation: Any, argument: Any) -> _Strings | None:
    """All strings that one part can match, folded; None where they are too many to write out."""
    name = str(operation)
    if name == "LITERAL":
        return frozenset({_fold(chr(argument))})
    if name in ("AT", "ASSERT", "ASSERT_NOT"):  # Takes no letters; what else it asks for only makes matches rarer.
        return frozenset({_BORDER}) if str(argument) == "AT_BOUNDARY" else _EMPTY
    if name == "IN":
        return _members(argument)
    if name == "SUBPATTERN":
        return _sequence(argument[3])
    if name == "BRANCH":
        return _any_of([_sequence(branch) for branch in argument[1]])
    if name in _REPEATS and argument[1] == 1:
        once = _sequence(argument[2])
        return once if once is None or argument[0] else once | _EMPTY
    return None


def _first_of_many(operation: Any, argument: Any) -> _Strings | None:
    """What ``(...)+`` matches first, and last."""
    return _sequence(argument[2]) if str(operation) in _REPEATS and argument[0] >= 1 else None


def _sequence(parts: Iterable[tuple[Any, Any]]) -> _Strings | None:
    running = _EMPTY
    for operation, argument in parts:
        exact = _exact(operation, argument)
        if exact is None or len(running) * len(exact) > _MOST:
            return None
        running = _joined(running, exact)
    return running


def _any_of(branches: list[_Strings | None]) -> _Strings | None:
    together: set[str] = set()
    for branch in branches:
        if branch is None:
            return None
        together |= branch
    return frozenset(together)


def _members(argument: Any) -> _Strings | None:
    """What a character class matches; None where it is negated, holds a range or is wide."""
    if len(argument) > _WIDEST:
        return None
    found = set()
    for operation, value in argument:
        if str(operation) == "LITERAL":
            found.add(_fold(chr(value)))
        elif str(value) == "CATEGORY_SPACE":
            found.add(" ")
        else:
            return None
    return frozenset(found)


def _inside(operation: Any, argument: Any) -> _Strings | None:
    """What a part that has no short list of strings cannot do without."""
    name = str(operation)
    if name == "SUBPATTERN":
        return _best(argument[3])
    if name == "BRANCH":
        return _any_of([_best(branch) for branch in argument[1]])
    if name in _REPEATS and argument[0] >= 1:
        return _best(argument[2])
    return None
