"""hOCR -> lines of words with their places in the picture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from lxml import etree

from pipeline.errors import DocumentError

_BOX = re.compile(r"\bbbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_SIZE = re.compile(r"\bx_size (\d+(?:\.\d+)?)")
_BASELINE = re.compile(r"\bbaseline (-?\d+(?:\.\d+)?) (-?\d+(?:\.\d+)?)")
_TURNED = re.compile(r"\btextangle (-?\d+(?:\.\d+)?)")
_ALIKE = 0.72  # how far the measured size of a line may be from that of its paragraph
_SURE = re.compile(r"\bx_wconf (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word with its left and right edge in pixels and how sure the reader is of it, 0 to 100."""

    text: str
    x0: float
    x1: float
    sure: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """A line of words from left to right; ``base`` and ``size`` (height of a row of type) in pixels.

    ``turn`` is by how many degrees the line is turned against the picture.
    """

    words: tuple[Word, ...]
    base: float
    size: float
    turn: int = 0

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(word.text for word in self.words)

    @property
    def sure(self) -> float:
        """How sure the reader is of the line's letters, 0 to 100."""
        letters = sum(len(word.text) for word in self.words)
        return sum(word.sure * len(word.text) for word in self.words) / letters


def read_lines(hocr: bytes) -> list[PrintedLine]:
    """The lines of a page as the reader orders them.

    Raises:
        DocumentError: ``ocr_failed`` where it is no hOCR.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    root = etree.fromstring(hocr, parser)
    if root is None:
        raise DocumentError("ocr_failed", "tesseract gives no hOCR; see casebook doctor")
    return [line for paragraph in root.iter("{*}p") for line in _paragraph(paragraph)]


def _paragraph(element: etree._Element) -> list[PrintedLine]:
    """Its lines; they are set in one size, which is measured a little wrong on each."""
    lines = [line for inner in element.iter("{*}span") for line in _line(inner)]
    usual = median(line.size for line in lines) if lines else 0.0
    return [replace(line, size=usual) if _ALIKE < line.size / usual < 1 / _ALIKE else line for line in lines]


def _line(element: etree._Element) -> Iterator[PrintedLine]:
    title = element.get("title", "")
    box, size = _BOX.search(title), _SIZE.search(title)
    if not size or not box:
        return
    words = [word for inner in element.iter("{*}span") for word in _word(inner)]
    if not words:
        return
    x0, _, x1, bottom = map(float, box.groups())
    leaning = _BASELINE.search(title)
    slope, offset = (float(leaning[1]), float(leaning[2])) if leaning else (0.0, 0.0)
    turned = _TURNED.search(title)
    yield PrintedLine(
        words=tuple(_apart(words)),
        base=bottom + offset + slope * (x1 - x0) / 2,
        size=float(size[1]),
        turn=round(float(turned[1])) if turned else 0,
    )


def _word(element: etree._Element) -> Iterator[Word]:
    title = element.get("title", "")
    box, sure = _BOX.search(title), _SURE.search(title)
    text = "".join("".join(map(str, element.itertext())).split())
    if box and sure and text and float(box[3]) > float(box[1]):
        yield Word(text=text, x0=float(box[1]), x1=float(box[3]), sure=int(sure[1]))


def _apart(words: list[Word]) -> list[Word]:
    """The words in order, none reaching into the next."""
    ordered = sorted(words, key=lambda word: word.x0)
    ends = [min(word.x1, max(after.x0, word.x0 + 1)) for word, after in pairwise(ordered)]
    ends.append(ordered[-1].x1)
    return [Word(text=w.text, x0=w.x0, x1=end, sure=w.sure) for w, end in zip(ordered, ends, strict=True)]
