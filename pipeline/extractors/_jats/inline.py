"""The running text of one paragraph: raised characters, reference marks, formulas; floats are handed back."""

import re
from functools import lru_cache
from pathlib import Path

from pipeline.extractors._jats.formulas import formula_text
from pipeline.extractors._jats.parsing import Element, descendants, entity_text, local_name, plain_text
from pipeline.extractors._manuscript import Passage
from pipeline.extractors._repair import characters, superscripts
from pipeline.toml import read_toml

FLOATS = frozenset({"fig", "fig-group", "table-wrap", "table-wrap-group", "boxed-text", "supplementary-material"})
BLOCKS = frozenset({"list", "def-list", "disp-quote", "p", "verse-group", "statement", "speech", "array", "fn"})
_SKIPPED = frozenset(
    {"graphic", "inline-graphic", "media", "object-id", "alt-text", "long-desc", "email", "label-alternatives"}
    | {"processing-meta", "index-term", "target", "fn-group", "private-char", "permissions"}
)
_FORMULAS = frozenset({"inline-formula", "disp-formula", "disp-formula-group", "math", "tex-math", "chem-struct"})
_MARK_TYPES = frozenset({"bibr", "fn", "table-fn", "aff", "corresp", "author-notes"})
_NOTE_SIGN = re.compile(r"[*†‡§¶#‖|,\s]+\Z|[a-l]\Z|[a-l](?:\s*,\s*[a-l])+\Z")
_NUMBERS = re.compile(r"\d{1,3}(?:\s*[,;–—\-−]\s*\d{1,3})*[,;]?\Z")
_BETWEEN_MARKS = re.compile(r"[\s,;–—\-]{1,3}\Z")
_BRACKETED = re.compile(r"\[[\d,;\s–—\-]+\]|\([\d,;\s–—\-]+\)")
_WHITE = re.compile(r"\s+")
_LAST_WORD = re.compile(r"([^\W\d_]+)\.?\s?\Z")
_LAST_NUMBER = re.compile(r"(?<![\d.,])(\d+)\Z")
_BEFORE_MARK = frozenset('.,;:)]%”"’')
_NO_SPACE_BEFORE = frozenset(".,;:)]")


@lru_cache(maxsize=1)
def _before_named_reference() -> frozenset[str]:
    return frozenset(read_toml(Path(__file__).with_name("marks.toml"))["before_named_reference"])


class InlineWriter:
    """Collects one passage; white space is folded as it comes.

    Attributes:
        floats: elements that stand inside the paragraph but are blocks of their own.
        put_aside: note signs that were left out.
    """

    def __init__(self) -> None:
        self.floats: list[Element] = []
        self.put_aside: list[str] = []
        self._text = ""
        self._marks: list[tuple[int, int, str]] = []
        self._after_mark = False

    def passage(self) -> Passage:
        """What was written, with its reference marks; a bracket of marks is one mark."""
        text = self._text.rstrip()
        marks = [(min(a, len(text)), min(b, len(text)), t) for a, b, t in self._marks]
        for match in _BRACKETED.finditer(text):
            inside = [m for m in marks if match.start() <= m[0] and m[1] <= match.end() and m[0] < m[1]]
            if inside:
                marks = [m for m in marks if m not in inside]
                marks.append((match.start(), match.end(), match.group()))
        return Passage(text=text, marks=tuple(sorted(marks)))

    def element(self, element: Element) -> None:
        """Write the element's content (not its tail)."""
        self.write(element.text)
        for child in element:
            self.child(child)
            self.write(child.tail)

    def write(self, text: str | None) -> None:
        """Append text."""
        if not text:
            return
        folded = _WHITE.sub(" ", characters.plain(text))
        if not folded:
            return
        if not self._text or self._text[-1] == " ":
            folded = folded.lstrip(" ")
        if self._after_mark and folded and folded[0] in _NO_SPACE_BEFORE:
            self._text = self._text.rstrip(" ")
        if folded:
            self._after_mark = False
        self._text += folded

    def child(self, child: Element) -> None:
        """Write an element that stands in running text, by its name (not its tail)."""
        name = local_name(child)
        if not name:
            if child.tag is not None and "Entity" in repr(child.tag):
                self.write(entity_text(child))
        elif name in FLOATS or name in BLOCKS:
            self.floats.append(child)
        elif name in _FORMULAS:
            self.write(formula_text(child))
        elif name == "break":
            self.write(" ")
        elif name == "sup":
            self._raised(child)
        elif name == "xref":
            self._xref(child)
        elif name not in _SKIPPED:
            self.element(child)

    def _raised(self, element: Element) -> None:
        text = plain_text(element)
        kinds = {x.get("ref-type", "") for x in descendants(element, "xref")}
        meaning = superscripts.meaning(text, self._text, _WHITE.split(element.tail or " ")[0])
        if "bibr" in kinds:
            self._leave_out(text)
        elif kinds & _MARK_TYPES:
            self.put_aside.append(text)
        elif self._after_mark and _BETWEEN_MARKS.match(text):
            return
        elif meaning == "degree":
            self.write("°")
        elif meaning == "mark" and _NOTE_SIGN.match(text):
            self.put_aside.append(text)
        elif meaning == "mark" and _NUMBERS.match(text.strip("()[]")) and self._marks_reference(text):
            self._leave_out(text)
        elif meaning == "exponent" or (meaning == "mark" and _NUMBERS.match(text)):
            self.write(superscripts.raised(text))
        else:
            self.element(element)

    def _marks_reference(self, text: str) -> bool:
        """Raised digits that are no power: surely a reference mark, or perhaps an index (``R²``, ``age²``)?"""
        before = self._text.rstrip()
        number = _LAST_NUMBER.search(before)
        if before[-1:].isdigit():
            return number is not None and len(number.group(1)) == 4 and number.group(1)[:2] in ("19", "20")
        return bool(before) and (before[-1] in _BEFORE_MARK or not text.isdecimal())

    def _xref(self, element: Element) -> None:
        kind = element.get("ref-type", "")
        text = plain_text(element)
        if kind not in _MARK_TYPES or not text:
            self.element(element)
        elif kind != "bibr":
            self._note_mark(element, text)
        elif self._is_raised(element) or (_NUMBERS.match(text) and not self._stays()):
            self._leave_out(text)
            self._drop_separator(element)
        else:
            start = len(self._text)
            self.element(element)
            lead = len(self._text[start:]) - len(self._text[start:].lstrip())
            if len(self._text.rstrip()) > start + lead:
                self._marks.append((start + lead, len(self._text.rstrip()), text))

    def _note_mark(self, element: Element, text: str) -> None:
        if len(text) > 3 and not self._is_raised(element):
            self.element(element)
        else:
            self.put_aside.append(text)

    @staticmethod
    def _is_raised(element: Element) -> bool:
        return any(True for _ in descendants(element, "sup"))

    def _stays(self) -> bool:
        """The number is part of the sentence: inside brackets, or named (``reference 12``)."""
        opened = max(self._text.rfind("["), self._text.rfind("("))
        if opened > max(self._text.rfind("]"), self._text.rfind(")")):
            return True
        word = _LAST_WORD.search(self._text)
        return word is not None and self._text[-1:] == " " and word.group(1).lower() in _before_named_reference()

    def _leave_out(self, text: str) -> None:
        at = len(self._text.rstrip(" "))
        self._marks.append((at, at, text))
        self._after_mark = True

    @staticmethod
    def _drop_separator(element: Element) -> None:
        following = element.getnext()
        if following is None or not _BETWEEN_MARKS.match(element.tail or ""):
            return
        if local_name(following) == "xref" and following.get("ref-type") == "bibr":
            element.tail = ""
