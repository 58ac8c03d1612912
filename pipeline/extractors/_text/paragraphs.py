"""Lines of a page put together again: paragraphs, headings, captions, lists, references."""

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pipeline.datamodel.document import BlockKind, RepairKind, SetAsideReason
from pipeline.extractors._repair.hyphens import ends_broken, join_lines, unbroken
from pipeline.extractors._repair.vocabulary import load_vocabulary
from pipeline.extractors._text import names
from pipeline.extractors._text.lines import Line
from pipeline.extractors._text.pieces import LINE_END_HYPHENS, Piece, closed

_SENTENCE_END = re.compile(r"[.!?](?:[\d,–-]{1,8}|\s?\[[\d,–\s-]+\])?[)\]\"”’'*]*\Z|[:;]\Z")
_WINDOW = 8
_SHORT = 0.75
_OVERLONG = 2.0
_LONGEST_CAPTION = 15
_LONGEST_WORD = 60


@dataclass(slots=True)
class Stretch:
    """Lines that belong together, as one block of the text to be."""

    kind: BlockKind
    lines: list[Line] = field(default_factory=list)
    level: int = 0
    run_in: bool = False

    @property
    def last(self) -> str:
        """Its last line's words."""
        return self.lines[-1].text


@dataclass(slots=True)
class _Page:
    """What has been put together so far; ``body`` may still go on after a caption."""

    done: list[Stretch] = field(default_factory=list)
    aside: list[tuple[SetAsideReason, str]] = field(default_factory=list)
    body: Stretch | None = None
    float_: Stretch | None = None
    in_references: bool = False
    abstract_sign: str | None = None  # what follows the abstract's name, while we are in it

    def open(self, kind: BlockKind, line: Line) -> Stretch:
        stretch = Stretch(kind, [line])
        self.done.append(stretch)
        return stretch


class Assembler:
    """Puts the lines of one wrapped text together."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = _split_run_in(lines)
        self._texts = [line.text for line in self._lines]
        self._widths = _widths(self._texts)
        self._page = _Page()

    def stretches(self) -> tuple[list[Stretch], list[tuple[SetAsideReason, str]]]:
        """The blocks in reading order, and what was put aside."""
        for index, line in enumerate(self._lines):
            self._take(index, line, self._texts[index])
        return self._page.done, self._page.aside

    def _take(self, index: int, line: Line, text: str) -> None:
        page = self._page
        reason = self._reason_aside(index, text)
        if reason:
            page.aside.append((reason, text))
        elif self._is_heading(index, line, text):
            page.in_references = names.is_references_heading(text)
            page.body = page.float_ = None
            heading = page.open("heading", line)
            heading.run_in = bool(names.run_in_heading(text))
            heading.level = self._level(text, heading.run_in)
        elif self._starts_caption(index, line, text):
            page.float_ = page.open("caption", line)
        elif page.float_ is not None and self._continues_caption(line, text):
            page.float_.lines.append(line)
        else:
            self._take_body(index, line, text)

    def _level(self, text: str, run_in: bool) -> int:
        """Labels with a colon under an abstract that is named otherwise are its parts; all else is a section."""
        page, sign = self._page, text[-1] if run_in else ""
        if page.abstract_sign is not None and sign == ":" != page.abstract_sign:
            return 2
        page.abstract_sign = sign if names.is_abstract_heading(text) else None
        return 1

    def _take_body(self, index: int, line: Line, text: str) -> None:
        page = self._page
        interrupted = line.after_blank or page.float_ is not None
        page.float_ = None
        if page.in_references:
            if page.body is None or names.starts_reference(text):
                page.body = page.open("reference", line)
            else:
                page.body.lines.append(line)
        elif names.bullet(text) and (page.body is None or interrupted or self._ends_item(page.body)):
            page.body = page.open("list", line)
        elif page.body is not None and self._goes_on(page.body, index, line, interrupted):
            page.body.lines.append(line)
        else:
            page.body = page.open("paragraph", line)

    @staticmethod
    def _ends_item(body: Stretch) -> bool:
        return body.kind == "list" or bool(_SENTENCE_END.search(body.last))

    def _goes_on(self, body: Stretch, index: int, line: Line, interrupted: bool) -> bool:
        last, text = body.last, self._texts[index]
        ended = bool(_SENTENCE_END.search(last))
        if interrupted:
            if ends_broken(last) and text[0].islower():
                return True
            return not ended and (text[0].islower() or text[0] in "([%" or names.is_unfinished(last))
        width = self._widths[index - 1]
        if len(last) > _OVERLONG * width and ended:
            return False
        if line.indented and body.lines[0].indented and text[0].isupper():
            return False
        starts_anew = text[0].isupper() or text[0].isdigit() or not text[0].isalnum()
        return not (ended and starts_anew and (len(last) < _SHORT * width or line.indented))

    def _reason_aside(self, index: int, text: str) -> SetAsideReason | None:
        if names.is_lone_bullet(text):
            return "markup"
        if names.is_stray_mark(text) and not self._among_numbers(index):
            return "reference_mark"
        if names.is_panel_labels(text) and self._stands_alone(index):
            return "figure_text"
        return None

    def _among_numbers(self, index: int) -> bool:
        around = [self._texts[n] for n in (index - 1, index + 1) if 0 <= n < len(self._texts)]
        return not around or any(sum(map(str.isalpha, text)) < 3 for text in around)

    def _stands_alone(self, index: int) -> bool:
        following = index + 1 == len(self._lines) or self._lines[index + 1].after_blank
        return self._lines[index].after_blank and following

    def _is_heading(self, index: int, line: Line, text: str) -> bool:
        body = self._page.body
        fresh = line.after_blank or line.indented or body is None or bool(_SENTENCE_END.search(body.last))
        if names.run_in_heading(text) == len(text) and fresh:
            return True
        if names.is_named_heading(text) and fresh and text[:1].isupper():
            return True
        if not (line.after_blank and (body is None or _SENTENCE_END.search(body.last) or body.kind == "list")):
            return False
        if names.caption_start(text) or self._page.in_references:
            return False
        following = self._texts[index + 1][0] if index + 1 < len(self._texts) else "a"
        if names.is_capitals(text):
            return True
        return self._stands_alone(index) and names.looks_like_heading(text) and not following.islower() and index > 0

    def _starts_caption(self, index: int, line: Line, text: str) -> bool:
        if not names.caption_start(text) or self._page.in_references:
            return False
        if line.after_blank or index == 0:
            return True
        before = self._texts[index - 1]
        if _SENTENCE_END.search(before) or self._page.float_ is not None:
            return True
        signed = names.signed_caption(text)
        return (line.indented and signed) if names.points_at_figure(before) else (line.indented or signed)

    def _continues_caption(self, line: Line, text: str) -> bool:
        caption, body = self._page.float_, self._page.body
        if caption is None or line.after_blank or len(caption.lines) >= _LONGEST_CAPTION:
            return False
        ended = caption.last.endswith((".", ")")) and not names.signed_caption(caption.last)
        if not ended:
            return True
        waits = body is not None and not _SENTENCE_END.search(body.last)
        return not line.indented and not (waits and text[0].islower())


def joined(stretch: Stretch, own: frozenset[str]) -> list[Piece]:
    """The words of a stretch on one line, hyphens at line ends undone or kept."""
    pieces: list[Piece] = []
    for line in stretch.lines:
        words = list(line.pieces)
        if pieces and _is_broken(pieces[-1].text) and words[0].text[0].isalnum():
            left, right = pieces[-1].text, words[0].text
            text = join_lines(left, right, load_vocabulary(), own)
            kind: RepairKind = "hyphen" if len(text) < len(left + right) else "line_break"
            pieces[-1] = closed(pieces[-1], words.pop(0), text, kind, "\n")
        elif pieces:
            pieces[-1] = _printed(pieces[-1])
        pieces.extend(words)
    return [*pieces[:-1], _printed(pieces[-1])]


def _printed(word: Piece) -> Piece:
    """A word that goes on nowhere, without the character that would print as a hyphen only at a line's end."""
    bare = word.text.rstrip(LINE_END_HYPHENS)
    if bare == word.text or not bare:
        return word
    return replace(word, text=bare, original=word.original or word.text, kind=word.kind or "character")


def _is_broken(word: str) -> bool:
    return len(word) <= _LONGEST_WORD and ends_broken(word)


def own_words(lines: Sequence[Line]) -> frozenset[str]:
    """Words that stand unbroken within the lines."""
    return unbroken([piece.text for line in lines for piece in line.pieces[:-1]])


def _split_run_in(lines: Sequence[Line]) -> list[Line]:
    """``Case Report. A 57-year-old ...``: the name of the section becomes a line of its own."""
    split: list[Line] = []
    for number, line in enumerate(lines):
        fresh = number == 0 or line.after_blank or line.indented or bool(_SENTENCE_END.search(lines[number - 1].text))
        rest: Line | None = line
        while rest is not None:
            line = rest
            words = _run_in_words(line)
            if not words or not (fresh or line.text[: names.run_in_heading(line.text) - 1].isupper()):
                break
            split.append(replace(line, pieces=line.pieces[:words], after_blank=True))
            rest = replace(line, pieces=line.pieces[words:], after_blank=False, indented=False)
        split.append(line)
    return split


def _run_in_words(line: Line) -> int:
    """How many of the line's words are the name of a section that the line goes on after."""
    length = names.run_in_heading(line.text)
    words = len(line.text[:length].split())
    whole = bool(words) and line.text[:length].endswith(line.pieces[words - 1].text)
    return words if whole and words < len(line.pieces) else 0


def _widths(texts: Sequence[str]) -> list[float]:
    """The width of the column around each line, in characters: a high quantile of the lines near it."""
    lengths = [len(text) for text in texts]
    widths = []
    for index in range(len(lengths)):
        near = sorted(lengths[max(0, index - _WINDOW) : index + _WINDOW + 1])
        widths.append(float(near[int(0.8 * (len(near) - 1))]) if near else 0.0)
    return widths or [statistics.fmean(lengths or [0])]
