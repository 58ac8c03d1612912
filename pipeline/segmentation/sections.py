"""What part of the report a sentence stands in: from headings, the input's own markup, or wording."""

import re
from dataclasses import dataclass, replace
from functools import cache

from pipeline.datamodel import Document, Section
from pipeline.datamodel.vocabulary import SectionKind
from pipeline.segmentation.abstracts import before_methods, without_body
from pipeline.segmentation.cues import rules
from pipeline.segmentation.sentences import Piece
from pipeline.segmentation.wording import Place, by_wording, preamble_as_abstract, tail_as_discussion, without_headings

_NUMBERING = re.compile(
    r"^(?:section\s+)?(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-Z])[.):]?\s+(?:\|\s+)?|\d{1,2}(?:\.\d{1,2})*[.)]\s*|[■●•▪*|]+\s*)",
    re.I,
)
_DOTTED = re.compile(r"\s*(?P<above>\d{1,2}(?:\.\d{1,2})*)\.\d{1,2}[.):]?\s")
_NUMBERED = re.compile(r"\s*(?P<number>\d{1,2}(?:\.\d{1,2})*)[.):]?\s")
_CLOSING = re.compile(r"[\s.:;,–—|*]+$")


@dataclass(frozen=True, slots=True)
class Name:
    """What a heading's name says: its kind, whether it holds anywhere, and whether its text is kept out."""

    kind: SectionKind
    strong: bool
    drop: bool = False
    narrow: bool = False


@dataclass(slots=True)
class _State:
    """What the headings so far say of the next paragraph."""

    kind: SectionKind = "other"
    known: bool = False
    drop: bool = False
    heading: str = ""
    section: int = 0
    abstract_level: int = 0  # 0 outside of an abstract
    labels: frozenset[str] = frozenset()
    label_mark: str = ""  # what stands after the labels of this abstract: a colon or a full stop
    sentences: int = 0  # of the section so far


@cache
def _names() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None, Name], ...]:
    return tuple(
        (
            re.compile(rule["pattern"]),
            re.compile(rule["unless"]) if "unless" in rule else None,
            Name(rule["kind"], rule["strong"], rule.get("drop", False), rule.get("narrow", False)),
        )
        for rule in rules("sections")["name"]
    )


@cache
def _run_ins() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = rules("sections")
    names = f"{table['run_in']['pattern']}|{table['abstract_label']['pattern']}"
    opening = rf"(?:\d{{1,2}}\.\s*)?({names})\s*(?P<mark>:|[.]?\s*[–—]|\.|\Z)"
    return re.compile(opening, re.IGNORECASE), re.compile(table["abstract_label"]["pattern"])


def bare(heading: str) -> str:
    """A heading without its number and closing punctuation, in lower case."""
    folded = " ".join(heading.replace("’", "'").split())
    return _CLOSING.sub("", _NUMBERING.sub("", folded)).casefold() or folded.casefold()


@cache
def named(heading: str) -> Name | None:
    """What a heading's name says; None where it says nothing."""
    name = bare(heading)
    for pattern, unless, verdict in _names():
        if pattern.fullmatch(name) and not (unless and unless.fullmatch(name)):
            return verdict
    return None


_BODY = frozenset[SectionKind](
    {"abstract", "introduction", "case", "methods", "results", "discussion", "conclusion", "other"}
)
_TOP = 2500  # characters from the start among which a heading can be the article's category ("Case Report")


class _Walk:
    """One pass over the pieces, headings opening sections as they come."""

    def __init__(self, document: Document, pieces: list[Piece], abstracts: bool = True) -> None:
        self.document = document
        self.pieces = pieces
        self.abstracts = abstracts
        self.blocks = {block.start: block for block in document.blocks}
        self.headings = [(b.start, bare(document.slice(b))) for b in document.blocks if b.kind == "heading"]
        self.stack: list[tuple[int, SectionKind, bool, bool]] = []
        self.state = _State()
        self.numbers: dict[str, int] = {}  # the level of each numbered heading
        self.aside: _State | None = None  # what a declaration in a paragraph of its own interrupts
        self.by_markup = False  # the section at hand was opened by the input's markup
        self.tells_case = False  # the heading at hand names the case, whatever the markup around it says
        self.marked = False  # the input's markup tells the section of the block at hand

    def places(self) -> list[Place]:
        return [self._place(piece) for piece in self.pieces]

    def _place(self, piece: Piece) -> Place:
        state, text = self.state, self.document.text[piece.start : piece.end]
        block = self.blocks.get(piece.start)
        if piece.block == "title":
            return Place("title", 0, "", True)
        markup = block.section if block is not None and block.section in _BODY else None
        if block is not None:
            self.marked = markup is not None
            self._close_aside()
        if piece.block == "heading":
            self._heading(piece.start, text, block.level if block else 1, markup)
        elif markup is not None and markup != state.kind and not self.tells_case:
            self._open(markup, text="", known=True, drop=False)
            self.by_markup = True
        elif block is not None and self.by_markup and markup is None and piece.block in ("paragraph", "list"):
            self._open("other", text="", known=False, drop=False)  # a body that begins without a heading
        elif piece.block in ("paragraph", "list") and not self.marked:
            self._run_in(text)
        state.sentences += 1
        floats = piece.block in ("caption", "table")
        return Place(state.kind, state.section, state.heading, state.known, state.drop and not floats)

    def _close_aside(self) -> None:
        """Key words and declarations that open a paragraph with their name end with it; a reference list does not."""
        if self.aside is not None:
            after = self.aside
            if after.kind == "abstract":
                after = _State(heading=after.heading)
            self._open(after.kind, after.heading, after.known, after.drop)
            self.aside = None

    def _open(self, kind: SectionKind, text: str, known: bool, drop: bool) -> None:
        state = self.state
        state.kind, state.known, state.drop, state.heading = kind, known, drop, text
        state.section += 1
        state.sentences = 0
        self.by_markup = False
        if kind != "abstract":
            state.abstract_level, state.labels, state.label_mark = 0, frozenset(), ""

    def _heading(self, start: int, text: str, level: int, markup: SectionKind | None) -> None:
        level = self._level(text, max(level, 1))
        name = named(text)
        # "Case Description" under a section that the markup calls methods or results is the case all the same.
        self.tells_case = markup is not None and name is not None and name.kind == "case" and name.strong
        if markup is not None and not self.tells_case:
            name = Name(markup, True, name is not None and name.drop)
        elif markup is None:
            name = None if self._is_category(text, start) else self._within_abstract(text, level, name, start)
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        kind, known, drop = self._judged(name, self.stack[-1] if self.stack else None)
        self.stack.append((level, kind, known, drop))
        opens = kind == "abstract" and self.state.kind != "abstract"
        self._open(kind, text, known, drop)
        self.by_markup = markup is not None
        if opens:
            self.state.abstract_level = level

    def _level(self, text: str, level: int) -> int:
        """The level that the markup tells, but ``2.1`` lies below the section ``2``."""
        dotted, numbered = _DOTTED.match(text), _NUMBERED.match(text)
        if dotted:
            level = max(level, self.numbers.get(dotted["above"], 0) + 1)
        if numbered:
            self.numbers[numbered["number"]] = level
        return level

    def _is_category(self, text: str, start: int) -> bool:
        """A name near the top that comes again as a heading is the article's category, not a section."""
        name, places = bare(text), [at for at, other in self.headings if other == bare(text)]
        if self.state.abstract_level and _run_ins()[1].fullmatch(name):
            return False
        return len(places) > 1 and start == places[0] < _TOP and not any(c.isdigit() for c in name)

    def _comes_again(self, start: int, name: Name | None) -> bool:
        """Is a label near the top one of an abstract, and the part of the report so named still to come?"""
        later = (named(other) for at, other in self.headings if at > start)
        return name is not None and start < _TOP and any(other and other.kind == name.kind for other in later)

    def _within_abstract(self, text: str, level: int, name: Name | None, start: int) -> Name | None:
        state, label = self.state, bare(text)
        if not state.abstract_level or not _run_ins()[1].fullmatch(label):
            return name
        inside = level > state.abstract_level or text.rstrip().endswith(":") or self._comes_again(start, name)
        if inside and label not in state.labels:
            state.labels |= {label}
            return Name("abstract", True)
        return name

    def _judged(
        self, name: Name | None, parent: tuple[int, SectionKind, bool, bool] | None
    ) -> tuple[SectionKind, bool, bool]:
        if name and name.strong and not (name.narrow and parent and parent[2]):
            return name.kind, True, name.drop
        if parent:
            return parent[1], parent[2], parent[3]
        if name and self.state.kind == "case":
            return "case", True, False
        return "other", False, False

    def _run_in(self, text: str) -> None:
        found = _run_ins()[0].match(text)
        if not found or not text[found.start(1)].isupper():
            return
        label = bare(found.group(1))
        if self._is_abstract_label(label, found["mark"][:1]):
            return
        name = named(found.group(1))
        if self.abstracts and self.state.section == 0 and label != "introduction" and _run_ins()[1].fullmatch(label):
            self._open("abstract", found.group(1), True, False)  # a structured abstract without its heading
            self.state.labels, self.state.label_mark = frozenset({label}), found["mark"][:1]
        elif name is not None and name.strong and not name.narrow:
            if name.drop and not label.startswith("reference"):
                self.aside = replace(self.state)
            self._open(name.kind, found.group(1), True, name.drop)
        if self.state.kind == "abstract":
            self.state.abstract_level = 1

    def _is_abstract_label(self, label: str, mark: str) -> bool:
        """Labels of one abstract are new, look alike, and stand from its beginning on."""
        state = self.state
        if state.kind != "abstract" or label in state.labels or not _run_ins()[1].fullmatch(label):
            return False
        if mark != state.label_mark if state.labels else state.sentences > 1:
            return False
        state.labels, state.label_mark = state.labels | {label}, mark
        return True


def assign(document: Document, pieces: list[Piece]) -> list[Place]:
    """The place of each piece, in the same order."""
    places = without_body(document, pieces, _Walk(document, pieces).places(), _run_ins()[0])
    if all(place.kind in ("abstract", "title") or place.drop for place in places):
        places = _Walk(document, pieces, abstracts=False).places()
    places = preamble_as_abstract(document, pieces, places)
    if any(place.kind == "case" and not place.drop for place in places):
        return tail_as_discussion(document, pieces, by_wording(document, pieces, places))
    return before_methods(without_headings(document, pieces, places))


def spans(pieces: list[Piece], places: list[Place]) -> tuple[Section, ...]:
    """Stretches of pieces with one kind under one heading; what is kept out leaves a gap."""
    found: list[Section] = []
    open_: tuple[int, int, Place] | None = None
    for piece, place in zip(pieces, places, strict=True):
        if open_ and (place.drop or (place.kind, place.section) != (open_[2].kind, open_[2].section)):
            found.append(Section(start=open_[0], end=open_[1], kind=open_[2].kind, heading=open_[2].heading))
            open_ = None
        if not place.drop:
            open_ = (open_[0] if open_ else piece.start, piece.end, place)
    if open_:
        found.append(Section(start=open_[0], end=open_[1], kind=open_[2].kind, heading=open_[2].heading))
    return tuple(found)
