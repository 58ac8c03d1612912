"""Lines -> the text of a block: spaces, line ends, exponents, reference marks."""

from collections.abc import Container
from dataclasses import dataclass, replace
from operator import attrgetter

from pipeline.datamodel.document import RepairKind
from pipeline.extractors._manuscript import Mend, Passage
from pipeline.extractors._pdf.lines import Line
from pipeline.extractors._pdf.pieces import Piece
from pipeline.extractors._pdf.runs import Run, shorten
from pipeline.extractors._repair.hyphens import Words, ends_broken, keeps_hyphen
from pipeline.extractors._repair.superscripts import lowered, meaning, raised

_GLUED = attrgetter("glued")


@dataclass(slots=True)
class Setter:
    """Writes the text of one block, piece after piece.

    ``runs`` tell where its words stand.
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
            if line.raised:
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
        following = line.words()[0]
        for piece in line.own[1:] if line.own else ():
            if not piece.glued:
                break
            following += piece.text
        if keeps_hyphen(last, following, self.words, self.own):
            return True
        self.text = self.text[:-1]
        shorten(self.runs)
        at = len(self.text)
        self.mends.append(Mend(start=at - 1, end=at, kind="hyphen", original=self.text[-1:] + "-\n"))
        return True

    def _plain(self, line: Line, joined: bool) -> None:
        sheet = line.sheet
        if sheet and line.own is None:
            words = slice(line.first, line.last)
            texts, x0, x1 = sheet.texts[words], sheet.x0[words], sheet.x1[words]
        else:
            pieces = _unglued(line.pieces) if any(map(_GLUED, line.pieces)) else line.pieces
            texts, x0, x1 = [p.text for p in pieces], [p.x0 for p in pieces], [p.x1 for p in pieces]
        if self.text and not joined:
            self.text += " "
        height = line.base - 0.75 * line.size, line.base + 0.22 * line.size
        self.runs.append(Run(len(self.text), texts, x0, x1, (line.page, line.layer), height))
        self.text += " ".join(texts)

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
        height = base - 0.75 * size, base + 0.22 * size
        self.runs.append(Run(start, [word], [x0], [x1], (line.page, line.layer), height))
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
