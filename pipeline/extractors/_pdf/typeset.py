"""Lines -> the text of a block: spaces, line ends, exponents, reference marks."""

from collections.abc import Container
from dataclasses import dataclass, replace
from itertools import accumulate
from operator import attrgetter

from pipeline.datamodel.document import RepairKind
from pipeline.extractors._manuscript import Mend, Passage
from pipeline.extractors._pdf.lines import Line
from pipeline.extractors._pdf.pieces import Piece
from pipeline.extractors._repair.hyphens import Words, ends_broken, keeps_hyphen
from pipeline.extractors._repair.superscripts import lowered, meaning, raised

_GLUED = attrgetter("glued")
Run = tuple[int, int, int, int, float, float, float, float]


@dataclass(slots=True)
class Setter:
    """Writes the text of one block, piece after piece.

    ``runs`` are words: start and end in the block, page, layer, x0, top, x1, bottom in the layer's own frame.
    """

    words: Words
    own: Container[str]
    text: str = ""
    labels: bool = False
    runs: list[Run] = None  # type: ignore[assignment]
    marks: list[tuple[int, int, str]] = None  # type: ignore[assignment]
    mends: list[Mend] = None  # type: ignore[assignment]

    def passage(self, lines: list[Line], labels: bool = False) -> Passage:
        """The lines as one passage; with ``labels``, raised letters stay, as they name the notes of a table."""
        self.labels = labels
        self.text, self.runs, self.marks, self.mends = "", [], [], []
        for index, line in enumerate(lines):
            joined = False
            if index:
                joined = self._line_end(line)
            if any(line.shift):
                self._styled(line, joined)
            else:
                self._plain(line, joined)
        self.text = self.text.rstrip()
        return Passage(text=self.text, marks=tuple(self.marks), mends=tuple(self.mends))

    def _line_end(self, line: Line) -> bool:
        """Undo the line end before ``line``; True where its first word goes on in the last one."""
        if not ends_broken(self.text):
            return False
        last = self.text[self.text.rfind(" ") + 1 :]
        following = line.pieces[0].text
        for piece in line.pieces[1:]:
            if not piece.glued:
                break
            following += piece.text
        if keeps_hyphen(last, following, self.words, self.own):
            return True
        self.text = self.text[:-1]
        start, end, *place = self.runs[-1]
        if end - 1 > start:
            self.runs[-1] = (start, end - 1, *place)  # type: ignore[assignment]
        else:
            self.runs.pop()
        at = len(self.text)
        self.mends.append(Mend(start=at - 1, end=at, kind="hyphen", original=self.text[-1:] + "-\n"))
        return True

    def _plain(self, line: Line, joined: bool) -> None:
        top, bottom = line.base - 0.75 * line.size, line.base + 0.22 * line.size
        pieces = line.pieces
        if any(map(_GLUED, pieces)):
            pieces = _unglued(pieces)
        texts = [piece.text for piece in pieces]
        lead = "" if joined or not self.text else " "
        starts = list(accumulate([len(text) + 1 for text in texts], initial=len(self.text) + len(lead)))
        self.runs += [
            (start, start + len(piece.text), line.page, line.layer, piece.x0, top, piece.x1, bottom)
            for start, piece in zip(starts, pieces, strict=False)
        ]
        self.text += lead + " ".join(texts)

    def _styled(self, line: Line, joined: bool) -> None:
        pieces, shift, count = line.pieces, line.shift, len(line.pieces)
        index = 0
        torn = False  # a mark was left out between two words
        while index < count:
            end = index + 1
            while shift[index] and end < count and shift[end] == shift[index] and pieces[end].glued:
                end += 1
            glued = joined if not index else pieces[index].glued and not torn
            word = "".join(piece.text for piece in pieces[index:end])
            box = (pieces[index].x0, pieces[end - 1].x1, pieces[index].base, pieces[index].size)
            if shift[index]:
                after = pieces[end].text if end < count and pieces[end].glued else ""
                marked = len(self.marks)
                self._shifted(word, shift[index], after, (line, glued, box))
                torn = len(self.marks) > marked and not glued
            else:
                torn = False
                self._append(word, glued, (line, box))
            index = end

    def _shifted(self, word: str, shift: int, after: str, where: tuple[Line, bool, tuple[float, ...]]) -> None:
        line, glued, box = where
        if shift < 0:
            shown = lowered(word)
            self._append(shown, glued, (line, box), "exponent" if shown != word else None, word)
            return
        means = meaning(word, self.text if glued else f"{self.text} ", after)
        if means == "mark" and self.labels and word.isalpha():
            self._append(word, False, (line, box))
            self.text += " "
            return
        if means == "mark":
            at = len(self.text)
            self.marks.append((at, at, word))
            return
        shown = raised(word) if means == "exponent" else "°" if means == "degree" else word
        glued = glued or means == "exponent"
        power = means == "exponent" and word[-1:].isdigit() and self.text[-1:].isalnum() and after[:1].isalpha()
        self._append(shown, glued, (line, box), "exponent" if shown != word else None, word)
        if power:  # a narrow space behind a raised piece does not show: "7 × 10⁹ m"
            self.text += " "

    def _append(
        self,
        word: str,
        glued: bool,
        where: tuple[Line, tuple[float, ...]],
        kind: RepairKind | None = None,
        original: str = "",
    ) -> None:
        line, (x0, x1, base, size) = where
        if self.text and not glued and self.text[-1] != " ":
            self.text += " "
        start = len(self.text)
        self.text += word
        self.runs.append((start, len(self.text), line.page, line.layer, x0, base - 0.75 * size, x1, base + 0.22 * size))
        if kind:
            self.mends.append(Mend(start=start, end=len(self.text), kind=kind, original=original))


def _unglued(pieces: list[Piece]) -> list[Piece]:
    """The words of a line, each as one piece."""
    words: list[Piece] = []
    for piece in pieces:
        if piece.glued and words:
            first = words[-1]
            words[-1] = replace(first, text=first.text + piece.text, x1=piece.x1)
        else:
            words.append(piece)
    return words
