"""What a text must hold for a regular expression to match anywhere in it.

Most cues of a report are not in most of its sentences. Looking for a few words that a match cannot do without costs
a small part of trying the expression at each place; search engines call this a prefilter (R. Cox, "Regular
Expression Matching with a Trigram Index", 2012).
"""

import re
from collections.abc import Iterable
from itertools import chain, product
from typing import Any

_MOST = 100  # strings that are written out
_MOST_NEEDS = 3  # of one expression; a fourth seldom tells more
_WIDEST = 8  # members of a character class that are written out
_RARER = 8.0  # how much rarer a string is guessed to be for each letter that it is longer
_BORDER_WORTH = 0.5  # of a letter
_MARK_WORTH = 1.5
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT")
_BORDER = "\b"  # stands in a string where the expression asks for a word's border
_LETTER = re.compile(r"\w")
_PIECE = re.compile(rf"\w+|[^\w\s{_BORDER}]")

_Strings = frozenset[str]
_EMPTY: _Strings = frozenset({""})
_AT_BORDER: _Strings = frozenset({_BORDER})
_Part = tuple[Any, Any]

Need = frozenset[str]
"""Each match holds one of these words: ``" word "``; a blank left out where more letters may stand (``" relaps"``)."""


def fold(text: str) -> str:
    """``text`` without case, as far as :data:`re.IGNORECASE` goes."""
    folded = text.casefold()
    # To IGNORECASE the Turkish letters are an i, with a dot and without.
    return folded if folded.isascii() else folded.replace("ı", "i").replace("i\u0307", "i")


def words(text: str) -> list[str]:
    """The folded words and marks of a text, each with a blank on both sides."""
    return [f" {word} " for word in _PIECE.findall(fold(text))]


def needs(parsed: Any) -> tuple[Need, ...]:
    """The needs of an expression, rarest first: each match meets all of them. Empty where nothing is known.

    Args:
        parsed: the tree that ``re``'s parser makes of it.
    """
    kept: list[Need] = []
    for need in _rarest_first(_all(parsed)):
        if len(kept) < _MOST_NEEDS and not any(_asks_less(need, other) for other in kept):
            kept.append(need)
    return tuple(kept)


def _asks_less(need: Need, other: Need) -> bool:
    """Does whatever meets ``other`` meet ``need``?"""
    return all(any(piece in longer for piece in need) for longer in other)


def _all(parts: Iterable[_Part], before: _Strings = _EMPTY, after: _Strings = _EMPTY) -> list[Need]:
    """All needs of a sequence of parts; ``before`` and ``after`` tell of word borders beside it."""
    found: list[_Strings] = []
    needed: list[Need] = []
    running = before
    for part, following in _with_next(parts):
        exact = _exact(*part)
        if exact is not None and len(running) * len(exact) <= _MOST:
            running = _joined(running, exact)
            continue
        once = _first_of_many(*part) if exact is None else exact
        edge = _edge(running)
        if once is None:
            found.append(running)
            needed += _inside(part, edge, after if following is None else _begins(following))
            running = _EMPTY
        else:
            found.append(_joined(running, once) if len(running) * len(once) <= _MOST else running)
            running = _joined(edge, once) if exact else once
    found.append(_joined(running, after))
    return [*needed, *chain.from_iterable(map(_told, found))]


def _with_next(parts: Iterable[_Part]) -> Iterable[tuple[_Part, _Part | None]]:
    known = list(parts)
    return zip(known, [*known[1:], None], strict=False)


def _edge(strings: _Strings) -> _Strings:
    """A word's border where all strings end in one."""
    return _AT_BORDER if all(string and not _LETTER.match(string[-1]) for string in strings) else _EMPTY


def _begins(part: _Part) -> _Strings:
    """A word's border where a part begins with one."""
    exact = _exact(*part)
    return _EMPTY if exact is None else _edge(frozenset(string[:1] for string in exact))


def _told(strings: _Strings) -> list[Need]:
    """What all strings hold, and the most telling other word of each, the next of each …"""
    told = [set(_pieces(fold(string))) for string in strings]
    shared = set.intersection(*told)
    others = [sorted(pieces - shared, key=lambda piece: (-_rarity(piece), piece)) for pieces in told]
    return [
        *_of_each([[frozenset({piece}) for piece in pieces] for pieces in others]),
        *(frozenset({piece}) for piece in shared),
    ]


def _pieces(string: str) -> list[str]:
    """The words of a string, a blank where it or the expression parts them from other letters; no letter in a word."""
    found = []
    for piece in _PIECE.finditer(string):
        alone = not _LETTER.match(piece.group())
        begins, ends = alone or piece.start() > 0, alone or piece.end() < len(string)
        found.append(" " * begins + piece.group() + " " * ends)
    return [piece for piece in found if len(piece) > 1]


def _rarity(piece: str) -> float:
    word = piece.strip()
    return len(word) + _BORDER_WORTH * (len(piece) - len(word)) if _LETTER.match(word) else _MARK_WORTH


def _shortest(pieces: Iterable[str]) -> list[str]:
    """Without those that hold another of them."""
    kept: list[str] = []
    for piece in sorted(pieces, key=lambda piece: (len(piece), piece)):
        if not any(shorter in piece for shorter in kept):
            kept.append(piece)
    return kept


def _rarest_first(found: Iterable[Need]) -> list[Need]:
    return sorted(dict.fromkeys(found), key=lambda need: (sum(_RARER ** -_rarity(one) for one in need), sorted(need)))


def _joined(before: _Strings, after: _Strings) -> _Strings:
    return frozenset(map("".join, product(before, after)))


def _exact(operation: Any, argument: Any) -> _Strings | None:
    """All strings that one part can match, folded; None where they are too many to write out."""
    name = str(operation)
    if name == "LITERAL":
        return frozenset({fold(chr(argument))})
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


def _sequence(parts: Iterable[_Part]) -> _Strings | None:
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
            found.add(fold(chr(value)))
        elif str(value) == "CATEGORY_SPACE":
            found.add(" ")
        else:
            return None
    return frozenset(found)


def _inside(part: _Part, before: _Strings, after: _Strings) -> list[Need]:
    """The needs of a part that has no short list of strings."""
    operation, argument = part
    name = str(operation)
    if name == "SUBPATTERN":
        return _all(argument[3], before, after)
    if name == "BRANCH":
        return _of_each([_rarest_first(_all(branch, before, after)) for branch in argument[1]])
    if name in _REPEATS and argument[0] >= 1:
        return _all(argument[2], before)
    return []


def _of_each(branches: list[list[Need]]) -> list[Need]:
    """One need of each branch together are a need of all: the rarest of each, the next of each …"""
    if not all(branches):
        return []
    most = min(max(map(len, branches)), _MOST_NEEDS)
    together = [[branch[min(n, len(branch) - 1)] for branch in branches] for n in range(most)]
    return [frozenset(_shortest(frozenset().union(*some))) for some in together]
