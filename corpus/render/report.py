"""A sample report as its source file tells it, and the inline marks of its text."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

NOTICE = (
    "Sample report written for the casebook project. The patients and all authors, hospitals and sources are invented."
)
JOURNAL = "Journal of Invented Case Reports"

InlineKind = Literal["plain", "sup", "sub", "cite", "italic"]
_INLINE = re.compile(r"\^\{(?P<sup>[^}]*)\}|_\{(?P<sub>[^}]*)\}|\[@(?P<cite>[\d,]+)\]|\*(?P<italic>[^*]+)\*")
_PLACE = re.compile(r"\[\[(table|figure):(\w+)\]\]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph; where ``place`` is set, a table or figure of that id stands here instead of text."""

    text: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """A heading (may be empty) with its paragraphs."""

    heading: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table with its caption and note; ``wide`` spans both columns of a page."""

    id: str
    label: str
    caption: str
    header: list[str]
    rows: list[list[str]]
    note: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A line drawn through ``points`` (x, y)."""

    id: str
    label: str
    caption: str
    x_label: str
    points: list[list[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that a source file holds; the fields are its keys."""

    id: str
    format: Literal["pdf", "text", "xml"]
    marks: Literal["raised", "bracket"]
    article_type: str
    kind: str
    title: str
    authors: str
    affiliation: str
    year: int
    volume: str
    first_page: int
    doi: str
    running_head: str
    keywords: str
    abstract: str
    references: list[str]
    sections: tuple[ReportSection, ...]
    wrap: int = 0
    exponents: Literal["unicode", "caret"] = "unicode"
    tables: tuple[ReportTable, ...] = ()
    figures: tuple[Figure, ...] = field(default=())


def read_report(path: Path) -> Report:
    """The report of a source file."""
    with path.open("rb") as file:
        keys: dict[str, Any] = tomllib.load(file)
    keys["abstract"] = keys["abstract"].strip()
    keys["sections"] = tuple(
        ReportSection(heading=s["heading"], paragraphs=tuple(_paragraphs(s["text"]))) for s in keys["sections"]
    )
    keys["tables"] = tuple(ReportTable(**table) for table in keys.get("tables", []))
    keys["figures"] = tuple(Figure(**figure) for figure in keys.get("figures", []))
    return Report(**keys)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for piece in text.strip().split("\n\n"):
        place = _PLACE.match(piece.strip())
        yield Paragraph(place=place[2]) if place else Paragraph(text=piece.strip())


def inline(text: str) -> Iterator[tuple[InlineKind, str]]:
    """The pieces of a marked text in order: ``^{9}`` raised, ``_{2}`` lowered, ``[@1,2]`` citation, ``*x*`` italic."""
    end = 0
    for match in _INLINE.finditer(text):
        if match.start() > end:
            yield "plain", text[end : match.start()]
        kind = match.lastgroup or "plain"
        yield kind, match[kind]  # type: ignore[misc]
        end = match.end()
    if end < len(text):
        yield "plain", text[end:]
