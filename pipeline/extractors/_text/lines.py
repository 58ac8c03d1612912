"""The lines of a text: their words, and whether line ends are a page's or the author's."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extractors._repair.characters import is_odd
from pipeline.extractors._repair.torn import TornWords
from pipeline.extractors._repair.vocabulary import load_vocabulary
from pipeline.extractors._text.pieces import Piece, closed, piece

_LINE_END = re.compile("[\n\x0b\x85\u2028\u2029]")
_WORD_AND_SPACE = re.compile(r"(\S+)(\s*)")
_ENDS = re.compile(r"[.!?:;][)\]\"”’']*\Z")
_BROKEN = re.compile(r"[a-z][-\u2010\xad\ufffe\x02]\Z")
_LEAST_BROKEN = 2
_BROKEN_SHARE = 0.15
_LONGEST_WRAPPED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that holds words.

    Attributes:
        number: 0-based line of the file.
        page: 1-based page, counted by form feeds.
        after_blank: an empty line or the page's edge stands before it.
        indented: white space stands before its first word.
        indent: that white space.
    """

    pieces: tuple[Piece, ...]
    number: int
    page: int
    after_blank: bool
    indented: bool
    indent: str = ""

    @property
    def text(self) -> str:
        """The line's words."""
        return "".join(word.text + word.space for word in self.pieces).rstrip()


def read_lines(text: str, *, keep_space: bool) -> list[Line]:
    """All lines that hold words; with ``keep_space`` the white space between words stays as it is.

    Then a line whose words need not be told apart is one piece.
    """
    lines: list[Line] = []
    number = 0
    for page, sheet in enumerate(text.split("\f"), 1):
        after_blank = True
        for raw in _LINE_END.split(sheet):
            pieces = _whole(raw) if keep_space and not _is_parted(raw) else _pieces(raw, keep_space)
            if pieces:
                indent = raw[: len(raw) - len(raw.lstrip())]
                lines.append(
                    Line(
                        pieces=pieces,
                        number=number,
                        page=page,
                        after_blank=after_blank,
                        indented=bool(indent),
                        indent=indent,
                    )
                )
            after_blank = not pieces
            number += 1
    return lines


def _is_parted(raw: str) -> bool:
    """The line's words are told apart: to mend them, to take a Markdown heading's sign away, or as a table's cells."""
    return is_odd(raw) or "\t" in raw or raw.lstrip().startswith("#")


def _whole(raw: str) -> tuple[Piece, ...]:
    text = raw.strip()
    return (Piece(text=text, space=""),) if text else ()


def _pieces(raw: str, keep_space: bool) -> tuple[Piece, ...]:
    found = _WORD_AND_SPACE.findall(raw)
    words = [piece(word, space if keep_space else " ") for word, space in found[:-1]]
    words += [piece(word, space if keep_space else " ", at_end=not keep_space) for word, space in found[-1:]]
    return tuple(word for word in words if word is not None)


def is_wrapped(lines: Sequence[Line]) -> bool:
    """True where many lines end in the middle of a sentence, as on a page."""
    texts = [" ".join(line.text.split()) for line in lines]
    if not texts or statistics.median(map(len, texts)) > _LONGEST_WRAPPED:
        return False
    pairs = [(a, texts[n]) for n, a in enumerate(texts[:-1], 1) if not lines[n].after_blank]
    broken = sum(1 for a, b in pairs if _BROKEN.search(a) or (b[0].islower() and not _ENDS.search(a)))
    return broken >= _LEAST_BROKEN and broken >= _BROKEN_SHARE * len(pairs)


def mend_torn_words(lines: Sequence[Line]) -> list[Line]:
    """The lines with the gaps inside words closed, where the text is torn in many places."""
    texts = [line.text for line in lines]
    torn = TornWords(load_vocabulary(), texts)
    if not torn.is_torn:
        return list(lines)
    return [_closed_line(line, torn.gaps(text)) for line, text in zip(lines, texts, strict=True)]


def _closed_line(line: Line, gaps: frozenset[int]) -> Line:
    if not gaps:
        return line
    pieces = [line.pieces[0]]
    at = len(line.pieces[0].text)
    for word in line.pieces[1:]:
        if at in gaps:
            pieces[-1] = closed(pieces[-1], word, pieces[-1].text + word.text, "joined", " ")
        else:
            pieces.append(word)
        at += 1 + len(word.text)
    return Line(
        pieces=tuple(pieces),
        number=line.number,
        page=line.page,
        after_blank=line.after_blank,
        indented=line.indented,
    )
