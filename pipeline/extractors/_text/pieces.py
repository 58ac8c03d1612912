"""Words of a line with what was mended in them, and how words become a passage."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.datamodel.document import RepairKind
from pipeline.extractors._manuscript import Mend, Passage
from pipeline.extractors._repair import characters
from pipeline.extractors._repair.exponents import flat_exponents
from pipeline.extractors._repair.hyphens import join_lines
from pipeline.extractors._repair.vocabulary import load_vocabulary
from pipeline.extractors._text.marks import bracketed_marks, fallen_marks

# What PDF readers and word processors leave at the end of a line that was broken within a word.
LINE_END_HYPHENS = "\u00ad\ufffe\x02"
_BROKEN_WITHIN = re.compile(r"(?<=\w)[\ufffe\x02](?=\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A word as it is written into the text.

    Attributes:
        space: the white space that follows it.
        original: the word as the file has it, where it was mended.
        kind: what was mended; None for a word that stands as it was.
    """

    text: str
    space: str = " "
    original: str = ""
    kind: RepairKind | None = None


def piece(word: str, space: str = " ", *, at_end: bool = False) -> Piece | None:
    """The word with odd characters made plain; None where nothing is left of it.

    ``at_end`` of a line a character that prints as a hyphen only there is kept, for the lines to be joined by it.
    """
    if at_end and len(word) > 1 and word[-1] in LINE_END_HYPHENS:
        first = piece(word[:-1], space)
        return None if first is None else replace(first, text=first.text + word[-1])
    if _BROKEN_WITHIN.search(word):
        whole = characters.plain(_unbroken(word))
        return Piece(text=whole, space=space, original=word, kind="hyphen")
    if not characters.is_odd(word):
        return Piece(text=word, space=space)
    plain = characters.plain(word)
    kind: RepairKind = "ligature" if characters.has_ligature(word) else "character"
    return Piece(text=plain, space=space, original=word, kind=kind) if plain else None


def _unbroken(word: str) -> str:
    """PDF readers that put the line's end away leave its hyphen's sign: ``eco\\ufffenomic``, ``CD4\\ufffepositive``."""
    whole, *rest = _BROKEN_WITHIN.split(word)
    for part in rest:
        whole = join_lines(f"{whole}\ufffe", part, load_vocabulary())
    return whole


def closed(first: Piece, second: Piece, text: str, kind: RepairKind, between: str) -> Piece:
    """Two pieces as one, written ``text``; ``between`` is what the file has between them."""
    original = f"{first.original or first.text}{between}{second.original or second.text}"
    return Piece(text=text, space=second.space, original=original, kind=kind)


def compose(pieces: Sequence[Piece]) -> Passage:
    """The pieces as one passage, flattened powers of ten raised."""
    parts: list[str] = []
    mends: list[Mend] = []
    length = 0
    for number, word in enumerate(pieces):
        if word.kind is not None:
            mends.append(Mend(start=length, end=length + len(word.text), kind=word.kind, original=word.original))
        space = word.space if number + 1 < len(pieces) else ""
        parts.append(word.text + space)
        length += len(word.text) + len(space)
    return _edited(Passage(text="".join(parts), mends=tuple(mends)))


def _edited(passage: Passage) -> Passage:
    """The passage with flattened powers raised, fallen reference marks left out, bracketed ones noted."""
    text = passage.text
    edits = [(start, end, raised) for start, end, raised in flat_exponents(text)]
    edits += [(start, end, "") for start, end in fallen_marks(text)]
    moved = _Moves(edits)
    mends = [replace(mend, start=moved(mend.start), end=moved(mend.end)) for mend in passage.mends]
    marks = [(moved(start), moved(end), text[start:end]) for start, end in bracketed_marks(text)]
    for start, end, put in edits:
        if put:
            mends.append(Mend(start=moved(start), end=moved(end), kind="exponent", original=text[start:end]))
        else:
            marks.append((moved(start), moved(start), text[start:end]))
    return Passage(
        text=moved.apply(text),
        marks=tuple(sorted(marks)),
        mends=tuple(sorted(mends, key=lambda mend: (mend.start, mend.end))),
    )


class _Moves:
    """Where offsets come to stand after edits ``(start, end, replacement)``."""

    def __init__(self, edits: list[tuple[int, int, str]]) -> None:
        self._edits = sorted(edits)
        self._ends = [end for _, end, _ in self._edits]
        self._shifts = [0]
        for start, end, put in self._edits:
            self._shifts.append(self._shifts[-1] + len(put) - (end - start))

    def __call__(self, offset: int) -> int:
        return offset + self._shifts[bisect_right(self._ends, offset)]

    def apply(self, text: str) -> str:
        parts, at = [], 0
        for start, end, put in self._edits:
            parts += [text[at:start], put]
            at = end
        return "".join([*parts, text[at:]])
