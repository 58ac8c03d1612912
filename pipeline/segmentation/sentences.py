"""Sentence borders: exact offsets, never across a block; a table's rows stand for sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.datamodel import Block, Document, Table
from pipeline.datamodel.document import BlockKind
from pipeline.segmentation.cues import rules

_LEFT_OUT = frozenset[BlockKind]({"reference", "front", "footnote"})
# A stop with its closing brackets and quotes, and citation numbers that hang on to it ("remission.3,4 The").
_STOP = (
    r"""[.!?…]+(?:["'”’)\]]+)?(?:\s?\[\d[\d\s,–-]*\])?(?:(?<=[^\d\s]{2})\d{1,3}(?:[,–-]\d{1,3})*)?(?=\s|$)"""
    r"""|(?<=[a-z]{3}[.])(?=[A-Z][a-z]+\s)"""
    r"""|(?:\r?\n[^\S\n]*){2,}|\r?\n(?=[^\S\n]*[•▪●◦‣·∙]\s)"""
)
_TOKEN = re.compile(r"[^\s(\[“\"'/–—-]*$")
_NEXT = re.compile(r"\s*[\"'“‘(\[]*([^\W_]+(?:-[^\W_]+)*|\S)?")
_INITIAL = re.compile(r"(?:[A-Za-z]\.)*[A-Z]$")
_ENUMERATOR = re.compile(r"\W*(?:\d{1,2}(?:\.\d{1,2})*|[ivxIVX]{1,4}|[a-zA-Z])\W*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence before it knows its section: offsets, block kind and, of a table's row, its 0-based number."""

    start: int
    end: int
    block: BlockKind
    row: int | None = None
    first: bool = False  # of its block


@cache
def _stops() -> re.Pattern[str]:
    """Where a sentence may end; a section's name on its own line, or before a colon, ends what stands before it."""
    name = rf"(?:\d{{1,2}}\.\s*)?(?=[A-Z])(?i:{rules('sections')['run_in']['pattern']})"
    return re.compile(rf"{_STOP}|\r?\n(?=[^\S\n]*(?:(?P<line>{name})[^\S\n]*\r?\n|{name}:\s))")


@cache
def _first_line() -> re.Pattern[str]:
    return re.compile(rf"\s*(?=[A-Z])(?i:{rules('sections')['run_in']['pattern']})[^\S\n]*(?=\r?\n)")


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    table = rules("sentences")
    never = {w for group in table["abbreviations"] if not group["ends"] for w in group["words"]}
    seldom = {w for group in table["abbreviations"] if group["ends"] for w in group["words"]}
    return frozenset(never), frozenset(seldom), frozenset(table["openers"]["words"])


def _ends_sentence(text: str, begin: int, stop: int, after: str) -> bool:
    """Does the stop at ``text[stop]`` end the sentence that began at ``begin``, with ``after`` as the next word?"""
    if not after:
        return True
    if text[stop] != ".":
        return not after[0].islower()
    never, seldom, openers = _words()
    found = _TOKEN.search(text, max(begin, stop - 24), stop)
    token = found.group() if found else ""
    if after[0].islower() or _ENUMERATOR.fullmatch(text, begin, stop):
        return False
    folded = token.casefold()
    if folded in never:
        return False
    if folded in seldom or _INITIAL.fullmatch(token):
        return after.casefold() in openers
    return not (after[0].isdigit() and token[-1:].isdigit() and len(token) < 4)


def _borders(text: str, start: int, end: int) -> Iterator[int]:
    begin = start
    opening = _first_line().match(text, start, end)
    if opening:
        yield opening.end()
        begin = opening.end()
    for mark in _stops().finditer(text, start, end):
        stop = mark.start()
        if mark.end() > stop and text[stop] in "\r\n":
            yield stop
            begin = mark.end()
            if mark["line"]:
                begin = mark.end("line")
                yield begin
            continue
        if mark.end() == stop:
            yield stop
            begin = stop
            continue
        following = _NEXT.match(text, mark.end(), end)
        after = (following.group(1) or "") if following else ""
        if _ends_sentence(text, begin, stop, after):
            yield mark.end()
            begin = mark.end()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of ``text[start:end]``, trimmed, in order, never empty."""
    begin = start
    for border in (*_borders(text, start, end), end):
        first, last = _trimmed(text, begin, border)
        if first < last:
            yield first, last
        begin = border


def _rows(table: Table) -> Iterator[tuple[int, int, int]]:
    spans: dict[int, tuple[int, int]] = {}
    for cell in table.cells:
        low, high = spans.get(cell.row, (cell.start, cell.end))
        spans[cell.row] = min(low, cell.start), max(high, cell.end)
    last = -1
    for row, (low, high) in sorted(spans.items(), key=lambda entry: entry[1]):
        if low >= last:  # cells out of reading order would make rows overlap
            yield low, high, row
            last = high


def _block_pieces(document: Document, block: Block, tables: dict[int, Table]) -> Iterator[Piece]:
    table = (
        next((t for s, t in tables.items() if block.start <= s < block.end), None) if block.kind == "table" else None
    )
    first = True
    if table is not None:
        for low, high, row in _rows(table):
            yield Piece(low, high, "table", row, first)
            first = False
        return
    whole = block.kind in ("heading", "title")
    spans = [_trimmed(document.text, block.start, block.end)] if whole else split(document.text, block.start, block.end)
    for low, high in spans:
        if low < high:
            yield Piece(low, high, block.kind, None, first)
            first = False


def pieces(document: Document) -> list[Piece]:
    """All sentences of the blocks that may carry facts; references, footnotes and front matter yield none."""
    tables = {table.start: table for table in document.tables}
    kept = (block for block in document.blocks if block.kind not in _LEFT_OUT)
    return [piece for block in kept for piece in _block_pieces(document, block, tables)]
