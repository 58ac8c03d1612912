"""Sections: does each word of the body stand in the same kind of section?

The body's words (paragraphs and lists of JATS ``<body>``, without floats, headings and reference marks) are aligned
with those of the text read from the PDF and of the text read from the XML; each word counts its characters. Both
readers are compared with one another, and the PDF's with what the markup says itself: the kind of the innermost
``<sec>`` whose ``sec-type`` or title names one. So an error that both readers make shows too.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from benchmarks.structure.pairs import words
from benchmarks.structure.tally import Tally
from pipeline.datamodel import Document
from pipeline.datamodel.vocabulary import SectionKind
from pipeline.extractors._jats.article import section_kind
from pipeline.extractors._jats.parsing import Element, child, descendants, local_name, parse, plain_text
from pipeline.segmentation.sections import named

_FLOATS = frozenset(
    {"fig", "fig-group", "table-wrap", "table-wrap-group", "boxed-text", "disp-formula", "inline-formula"}
)
_FLOATS |= {"supplementary-material", "media", "fn", "fn-group", "ref-list", "glossary", "title", "label", "caption"}
_MARKS = frozenset({"bibr", "fn", "table-fn"})
_SHORTEST = 3  # words in a row that are the same in both texts, so that they count as the same place

Kind = SectionKind | None


@dataclass(slots=True, kw_only=True)
class Agreement(Tally):
    """Characters of the body's words.

    Attributes:
        body: all of them.
        found: in the PDF's text at the same place.
        alike: in the same kind of section in both readers' texts (of ``found``).
        marked: whose kind of section the markup names (of ``found``).
        true: of those, in that kind of section in the PDF's text.
        unlike: (kind in the PDF's text, true kind) -> characters; the XML reader's kind has ``XML: `` before it.
    """

    body: int = 0
    found: int = 0
    alike: int = 0
    marked: int = 0
    true: int = 0
    unlike: Counter[tuple[str, str]] = field(default_factory=Counter)


def share(part: int, whole: int) -> str:
    """A share for people; a dash of nothing."""
    return f"{part / whole:.4f}" if whole else "-"


def agreement(printed: Document, marked_up: Document, xml: Path) -> Agreement:
    """Compare the sections of one article.

    Args:
        printed: as read from the PDF.
        marked_up: as read from the XML.
        xml: the XML itself.
    """
    body = list(body_words(parse(xml.read_bytes())))
    told = Agreement(body=sum(len(word) for word, _ in body))
    in_pdf, in_xml = (_kinds([word for word, _ in body], document) for document in (printed, marked_up))
    for (word, true), read, read_xml in zip(body, in_pdf, in_xml, strict=True):
        if read == "":
            continue
        told.found += len(word)
        if read_xml in (read, ""):
            told.alike += len(word)
        else:
            told.unlike[read or "-", f"XML: {read_xml or '-'}"] += len(word)
        if true is not None:
            told.marked += len(word)
            told.true += len(word) * (read == true)
            told.unlike[read or "-", true] += len(word) * (read != true)
    return told


def body_words(root: Element) -> Iterator[tuple[str, Kind]]:
    """The words of the body, each with the kind of section that the markup around it names."""
    for article in descendants(root, "article"):
        for part in article:
            if local_name(part) == "body":
                for text, kind in _passages(part, None, False):
                    for word, _ in words(text):
                        yield word, kind
        return


def _passages(element: Element, kind: Kind, running: bool) -> Iterator[tuple[str, Kind]]:
    """Texts within paragraphs, in order, with the kind of their section; a declaration's are left out."""
    if local_name(element) == "sec":
        title = child(element, "title")
        name = named(plain_text(title)) if title is not None else None
        if name is not None and name.drop:
            return
        by_name = name.kind if name is not None and name.strong and not (name.narrow and kind) else None
        typed = section_kind(element.get("sec-type", ""), None) is not None and by_name != "case"
        kind = section_kind(element.get("sec-type", ""), kind) if typed else by_name or kind
    running = running or local_name(element) == "p"
    if running and element.text:
        yield element.text, kind
    for part in element:
        mark = local_name(part) == "xref" and part.get("ref-type") in _MARKS
        if local_name(part) and local_name(part) not in _FLOATS and not mark:
            yield from _passages(part, kind, running)
        if running and part.tail:
            yield part.tail, kind


def _kinds(body: Sequence[str], document: Document) -> list[Kind | str]:
    """Of each word of the body the kind of section it has in a document; empty where it was not found there."""
    told = list(words(document.text))
    matcher = SequenceMatcher(None, body, [word for word, _ in told])
    kinds: list[Kind | str] = [""] * len(body)
    starts = [section.start for section in document.sections]
    for run in matcher.get_matching_blocks():
        for step in range(run.size if run.size >= _SHORTEST else 0):
            offset = told[run.b + step][1]
            at = bisect_right(starts, offset) - 1
            inside = at >= 0 and offset < document.sections[at].end
            kinds[run.a + step] = document.sections[at].kind if inside else None
    return kinds
