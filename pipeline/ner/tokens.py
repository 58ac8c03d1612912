"""Text cut as spaCy's English tokenizer cuts it, by spaCy's own rules, without loading spaCy.

Loading spaCy takes longer than reading a dozen reports, and all that the rules need of it is to cut the few words
before a bracket. So its rules are asked of it once a version and kept in the user's cache folder.

Source: spaCy's ``Tokenizer`` (MIT), https://spacy.io/usage/linguistic-features#how-tokenizer-works
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

from pipeline.cache import cached
from pipeline.expressions import compile_all
from pipeline.fingerprint import version_of


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its characters, the offset of the first, and whether a blank follows that belongs to no token."""

    text: str
    start: int
    blank: bool


class Tokenizer:
    """Keeps how words were cut, as texts repeat them."""

    def __init__(self) -> None:
        rules = _rules()
        compiled = compile_all("tokenizer", rules["expressions"])
        self._prefix, self._suffix = compiled["prefix"].regex.search, compiled["suffix"].regex.search
        self._infixes, self._url = compiled["infix"].regex.finditer, compiled["url"].regex.match
        self._special: dict[str, tuple[str, ...]] = rules["special"]
        self._cut = cache(self._cut_anew)
        # Those that affixes would tear apart are put together again: their pieces by the first.
        self._torn: dict[str, list[tuple[str, ...]]] = {}
        for whole in sorted(self._special):
            if " " in whole or self._prefix(whole) or self._suffix(whole) or any(self._infixes(whole)):
                pieces = tuple(self._split(whole, {}))
                self._torn.setdefault(pieces[0], []).append(pieces)

    def tokens(self, text: str) -> list[Token]:
        """The tokens of ``text``; but for the blanks between them, they are all of it."""
        pieces: list[tuple[str, bool]] = []
        for is_space, letters in groupby(text, str.isspace):
            run = "".join(letters)
            if is_space and pieces:
                run = self._after_blank(run, pieces)
            if run:
                pieces += [(piece, False) for piece in ((run,) if is_space else self._cut(run))]
        if any(piece in self._torn for piece, _ in pieces):
            pieces = list(self._mended(pieces))
        starts = accumulate((len(piece) + blank for piece, blank in pieces), initial=0)
        return [Token(piece, start, blank) for (piece, blank), start in zip(pieces, starts, strict=False)]

    def _after_blank(self, run: str, pieces: list[tuple[str, bool]]) -> str:
        """White space without the one blank that its neighbour takes."""
        if run[0] != " ":
            return run
        pieces[-1] = pieces[-1][0], True
        return run[1:]

    def _cut_anew(self, word: str) -> tuple[str, ...]:
        known = self._special.get(word)
        return known if known is not None else tuple(self._split(word, self._special))

    def _split(self, word: str, special: dict[str, tuple[str, ...]]) -> Iterator[str]:
        """Affixes are taken off until a special case, or nothing to take off, is left."""
        after: list[str] = []
        length = 0
        while word and len(word) != length and word not in special:
            length = len(word)
            first, last = _length(self._prefix(word)), 0
            if first and word[first:] in special:
                yield word[:first]
                word = word[first:]
                break
            last = _length(self._suffix(word[first:]))
            if last and word[:-last] in special:
                after.append(word[-last:])
                word = word[:-last]
                break
            if first and last and first + last > len(word):
                last = 0
            if first:
                yield word[:first]
            if last:
                after.append(word[-last:])
            word = word[first : len(word) - last]
        if word:
            yield from special.get(word) or ((word,) if self._url(word) else self._parted(word))
        yield from reversed(after)

    def _parted(self, word: str) -> Iterator[str]:
        start = 0
        for match in self._infixes(word):
            if match.start():
                if match.start() != start:
                    yield word[start : match.start()]
                if match.group():
                    yield match.group()
                start = match.end()
        if word[start:]:
            yield word[start:]

    def _mended(self, pieces: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
        """The longest special cases among torn pieces, as the rules have them."""
        texts = [piece for piece, _ in pieces]
        found = [
            (len(torn), at)
            for at, piece in enumerate(texts)
            for torn in self._torn.get(piece, ())
            if tuple(texts[at : at + len(torn)]) == torn
        ]
        taken: set[int] = set()
        whole: dict[int, int] = {}
        for length, at in sorted(found, key=lambda one: (-one[0], one[1])):
            if at not in taken and at + length - 1 not in taken:
                whole[at] = length
            taken.update(range(at, at + length))
        at = 0
        while at < len(pieces):
            length = whole.get(at, 1)
            spelled = "".join(piece + " " * blank for piece, blank in pieces[at : at + length]).rstrip(" ")
            known = self._special.get(spelled) if at in whole else None
            if known:
                yield from ((piece, False) for piece in known[:-1])
                yield known[-1], pieces[at + length - 1][1]
            else:
                yield from pieces[at : at + length]
            at += length


def _length(match: re.Match[str] | None) -> int:
    return 0 if match is None else match.end() - match.start()


def _rules() -> dict[str, Any]:
    made_by = f"{version_of('spacy')} {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}"
    return dict(cached(f"tokenizer-{hashlib.sha256(made_by.encode()).hexdigest()[:16]}", _asked))


def _asked() -> dict[str, Any]:
    """What spaCy's tokenizer goes by, in plain types."""
    import spacy

    asked: Any = spacy.blank("en").tokenizer
    searched = {"prefix": asked.prefix_search, "suffix": asked.suffix_search, "infix": asked.infix_finditer}
    searched["url"] = asked.url_match
    assert asked.token_match is None
    from spacy.attrs import ORTH

    return {
        "expressions": {name: method.__self__.pattern for name, method in searched.items()},
        "special": {word: tuple(piece[ORTH] for piece in pieces) for word, pieces in asked.rules.items()},
    }
