"""Writing the blocks of a plain text into a document."""

import re
from array import array
from dataclasses import replace

from pipeline.datamodel import Block, Document, Layout, Metadata, Page, Source
from pipeline.datamodel.document import BlockKind
from pipeline.errors import DocumentError
from pipeline.extractors._manuscript import Manuscript, counted, visible
from pipeline.extractors._repair.characters import is_odd
from pipeline.extractors._text import names
from pipeline.extractors._text.furniture import without_furniture
from pipeline.extractors._text.grids import caption_before, grid, grid_at
from pipeline.extractors._text.lines import Line, is_wrapped, mend_torn_words, read_lines
from pipeline.extractors._text.paragraphs import Assembler, Stretch, joined, own_words
from pipeline.extractors._text.pieces import compose

_FRONT = 1500
_LONGEST_TITLE = 250
_SHORTEST_TITLE = 40  # of a marked first line; a shorter one may be a section's name
_MARKDOWN = re.compile(r"(#{1,6})\s+\S")


def write_document(source: Source, text: str) -> Document:
    """The document that a decoded text is.

    Raises:
        DocumentError: ``no_text``.
    """
    lines = read_lines(text, keep_space=True)
    # Only characters that are taken away tell the one reading from the other.
    folded = read_lines(text, keep_space=False) if is_odd(text) else lines
    if not any(character.isalpha() for line in folded for character in line.text):
        raise DocumentError("no_text", "the file holds no words; get it again")
    writer = _Writer()
    if is_wrapped(folded):
        writer.write_wrapped(mend_torn_words(read_lines(text, keep_space=False)))
    else:
        writer.write_lines(lines)
    return counted(writer.document(source, text.count("\f") + 1), visible(text))


class _Writer:
    """Keeps beside the manuscript on which page each block began."""

    def __init__(self) -> None:
        self.manuscript = Manuscript()
        self._pages: list[int] = []

    def write_wrapped(self, lines: list[Line]) -> None:
        """Paragraphs put together from their lines."""
        lines, furniture = without_furniture(lines)
        own = own_words(lines)
        stretches, aside = Assembler(lines).stretches()
        _name_title(stretches)
        after_run_in = False
        for stretch in stretches:
            separator = " " if after_run_in else "\n" if stretch.kind == "reference" else "\n\n"
            passage = compose(joined(stretch, own))
            self._note_page(stretch.lines[0].page)
            self.manuscript.add(passage, stretch.kind, level=stretch.level, separator=separator)
            after_run_in = stretch.run_in
        for reason, text in (*furniture, *aside):
            self.manuscript.put_aside(reason, text)

    def write_lines(self, lines: list[Line]) -> None:
        """Lines as they are: each is a block."""
        in_references = False
        rows_left = 0
        for index, line in enumerate(lines):
            rows_left = max(rows_left - 1, 0)
            if not rows_left and not in_references and (height := grid_at(lines, index)):
                self._note_page(line.page)
                caption = caption_before(lines[index - 1]) if index else ""
                self.manuscript.add_table(grid(lines[index : index + height]), caption)
                rows_left = height
            if rows_left:
                continue
            text = line.text
            kind, level = _kind_of_line(line, index, len(lines), in_references)
            if kind == "heading":
                in_references = names.is_references_heading(text.lstrip("# "))
            pieces = list(line.pieces)
            if kind in ("heading", "title") and _MARKDOWN.match(text):
                self.manuscript.put_aside("markup", pieces.pop(0).text)
            self._note_page(line.page)
            separator = "\n\n" if line.after_blank else "\n"
            self.manuscript.add(compose(pieces), kind, level=level, separator=separator)

    def document(self, source: Source, n_pages: int) -> Document:
        """The finished document; ``n_pages`` above 1 where form feeds parted the text."""
        made = self.manuscript
        title = next((block for block in made.blocks if block.kind == "title"), None)
        whole = made.document(source, Metadata(), ((), None))
        metadata = Metadata(title=whole.slice(title) if title else "", doi=names.find_doi(whole.text[:_FRONT]))
        if n_pages < 2:
            return replace(whole, metadata=metadata)
        pages = tuple(Page(number=number, width=0, height=0) for number in range(1, n_pages + 1))
        return replace(whole, metadata=metadata, pages=pages, layout=_layout(made.blocks, self._pages))

    def _note_page(self, page: int) -> None:
        self._pages.append(page)


def _layout(blocks: list[Block], pages: list[int]) -> Layout:
    return Layout(
        array("l", [block.start for block in blocks]),
        array("l", [block.end for block in blocks]),
        array("l", pages),
        array("f", [0.0] * 4 * len(blocks)),
    )


def _name_title(stretches: list[Stretch]) -> None:
    """The first words are the title, unless they are a sentence or a section's name."""
    for stretch in stretches:
        text = " ".join(line.text for line in stretch.lines)
        if names.is_rubric(text) and len(stretches) > 1:
            stretch.kind = "front"
            continue
        if stretch.kind == "paragraph" and _could_be_title(text):
            stretch.kind = "title"
        return


def _could_be_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and not text.endswith((".", ",", ";")) and text[:1].isupper()


def _kind_of_line(line: Line, index: int, count: int, in_references: bool) -> tuple[BlockKind, int]:
    text = line.text
    marked = _MARKDOWN.match(text)
    if index == 0 and count > 1 and (marked or _could_be_title(text)) and not names.is_named_heading(text):
        # A heading of one level, above all others: ``# Case Report: Rash after Dapsone`` names no section.
        return ("heading", 1) if marked and len(text) < _SHORTEST_TITLE else ("title", 0)
    if marked:
        return "heading", len(marked.group(1))
    if names.is_named_heading(text):
        return "heading", 1
    if in_references:
        return "reference", 0
    if names.caption_start(text):
        return "caption", 0
    if names.bullet(text):
        return "list", 0
    if names.is_capitals(text) or (line.after_blank and names.looks_like_heading(text)):
        return "heading", 2
    return "paragraph", 0
