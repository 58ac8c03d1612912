"""A report as it was read: frozen text, where each character stood, and how it is laid out.

All offsets are code points of :attr:`Document.text`. Only an extractor writes the text; every later
stage adds layers beside it with :func:`dataclasses.replace`.
"""

from dataclasses import dataclass, field
from typing import Literal

from pipeline.datamodel.layout import Layout
from pipeline.datamodel.span import Box, Span
from pipeline.datamodel.vocabulary import DocType, SectionKind

BlockKind = Literal["title", "front", "heading", "paragraph", "list", "caption", "table", "footnote", "reference"]
RepairKind = Literal["hyphen", "ligature", "exponent", "spacing", "joined", "decimal", "character", "line_break"]
SetAsideReason = Literal[
    "running_head",
    "page_number",
    "side_note",
    "watermark",
    "reference_mark",
    "references",
    "front_matter",
    "figure_text",
    "markup",
    "other",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The input file as the user named it.

    Attributes:
        doc_id: the file name without its ending, made unique within the run.
        path: as given, for messages and ``documents.csv``.
        sha256: hex digest of the bytes.
        media_type: e.g. ``application/pdf``.
    """

    doc_id: str
    path: str
    sha256: str = ""
    media_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Front matter, as far as the document states it; empty string or None where it does not."""

    title: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    journal: str = ""
    year: int | None = None
    language: str = ""
    article_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the input: its number (1-based) and its size in PDF points.

    Attributes:
        n_chars: visible characters (white space left out) that it holds; 0 where the extractor does not count.
        n_lost: those of them that are neither in the text nor set aside.
        unread: it holds a picture of text that was not read.
    """

    number: int
    width: float
    height: float
    n_chars: int = 0
    n_lost: int = 0
    unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Span):
    """A piece of the layout: a heading, a paragraph, a caption … Blocks do not overlap and are in reading order.

    Attributes:
        level: of a heading, 1 for the outermost; 0 for other blocks.
        section: the section kind where the input's own markup states it (JATS ``sec-type``, ``<abstract>``), else None.
    """

    kind: BlockKind
    level: int = 0
    section: SectionKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Span):
    """A table cell that holds text; the span is the cell's own text.

    Attributes:
        row, column: 0-based place in the table; a spanning cell has its first place.
        header: texts of the column's header cells, outermost first.
        label: text of the row's label cell, empty for the label cell itself.
        is_header: the cell belongs to the header rows.
    """

    row: int
    column: int
    header: tuple[str, ...] = ()
    label: str = ""
    is_header: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Span):
    """A table: its span covers all of its cells (caption and notes are blocks of their own)."""

    cells: tuple[Cell, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A reference mark where it stood; one that stayed in the text (``[3]``) has ``end`` > ``offset``."""

    offset: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair(Span):
    """A change that the extractor made to what the file holds: ``original`` became ``text[start:end]``."""

    kind: RepairKind
    original: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """Text of the input that is not in ``Document.text``: running heads, page numbers, side notes …"""

    reason: SetAsideReason
    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Span):
    """A stretch of the body under one heading; sections do not overlap, and may leave gaps (references)."""

    kind: SectionKind
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Span):
    """A sentence, or what stands for one (a heading, a table row); never crosses a block.

    Attributes:
        section: kind of the section it lies in.
        block: kind of the block it lies in.
        patients: 1-based numbers of the patients it can be about by where it stands (``Case 2`` …);
            empty where the document as a whole does not say.
        row: of a table's row, its 0-based number; else None.
    """

    section: SectionKind
    block: BlockKind
    patients: tuple[int, ...] = ()
    row: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A patient that this document reports: 1-based number and the label in the text (``Patient 1``), if any."""

    number: int
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report with its frozen text. An extractor fills the fields down to ``n_lost``, segmentation the rest.

    Attributes:
        n_chars_input: visible characters of the input, markup left out; 0 where the extractor does not count.
        n_lost: those of them that are neither in ``text`` nor set aside.
    """

    source: Source
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    pages: tuple[Page, ...] = ()
    layout: Layout | None = None
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    citations: tuple[Citation, ...] = ()
    repairs: tuple[Repair, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    noisy: tuple[Span, ...] = ()
    n_chars_input: int = 0
    n_lost: int = 0
    doc_type: DocType = "other"
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    patients: tuple[Patient, ...] = ()

    def slice(self, span: Span) -> str:
        """The words that a span names."""
        return self.text[span.start : span.end]

    def page_of(self, span: Span) -> int | None:
        """1-based page on which the span starts; None where the input has no pages."""
        return self.layout.page_at(span.start) if self.layout else None
