"""Word files (``.docx``): paragraphs, headings by their style, lists, tables, raised characters."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.datamodel import Document, Metadata, Source
from pipeline.errors import DocumentError
from pipeline.settings import ReadingSettings

if TYPE_CHECKING:
    from pipeline.extractors._jats.flow import Flow
    from pipeline.extractors._jats.parsing import Element

FORMAT = "Word document (.docx)"
SUFFIXES = (".docx",)
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RANK = 45

_PARTS = (b"word/", b"[Content_Types].xml", b"_rels/.rels", b"docProps/")
_LARGEST_PART = 100_000_000
_HEADING = re.compile(r"(?:heading|berschrift|titre) ?([1-6])\Z", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titel|titre)\Z", re.IGNORECASE)
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def sniff(head: bytes) -> bool:
    """True for a zip archive that begins with the parts of an office file."""
    return head.startswith(b"PK\x03\x04") and any(part in head for part in _PARTS)


def extract(source: Source, content: bytes, settings: ReadingSettings) -> Document:
    """The text of the document's body; deleted text is left out, inserted text is read.

    Raises:
        DocumentError: ``malformed_docx``, ``unsafe_xml``, ``no_text``.
    """
    from pipeline.extractors._jats.flow import Flow
    from pipeline.extractors._jats.parsing import child, parse

    body = child(parse(_part(content, "word/document.xml")), "body")
    flow = Flow()
    for element in body if body is not None else ():
        _write(flow, element)
    if not flow.manuscript.blocks:
        raise DocumentError("no_text", "a Word document without text; get it again")
    written = flow.manuscript.document(source, Metadata(), ((), None))
    title = next((written.slice(block) for block in written.blocks if block.kind == "title"), "")
    return replace(written, metadata=Metadata(title=title))


def _part(content: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(name).file_size > _LARGEST_PART:
                raise DocumentError("too_large", "a Word document that unpacks to more than 100 MB; it was not read")
            return archive.read(name)
    except KeyError as error:
        raise DocumentError("wrong_ending", "an office file, but no Word document; save it as .docx or PDF") from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, OSError, RuntimeError, ValueError) as error:
        raise DocumentError("malformed_docx", f"a damaged or locked Word document ({error}); get it again") from error


def _write(flow: "Flow", element: "Element") -> None:
    from pipeline.extractors._jats.parsing import child, local_name

    name = local_name(element)
    if name == "p":
        _write_paragraph(flow, element)
    elif name == "tbl":
        flow.table(_table(element))
    elif name in ("sdt", "ins", "customXml"):
        inside = child(element, "sdtContent") if name == "sdt" else element
        for part in inside if inside is not None else ():
            _write(flow, part)


def _write_paragraph(flow: "Flow", paragraph: "Element") -> None:
    from pipeline.extractors._jats.parsing import child

    properties = child(paragraph, "pPr")
    style = _value(child(properties, "pStyle"))
    heading = _HEADING.search(style)
    running = _running(paragraph)
    if heading:
        flow.heading(running, int(heading.group(1)))
    elif _TITLE.match(style):
        flow.block([running], "title", "title")
    elif child(properties, "numPr") is not None:
        flow.block([running], "list")
    else:
        flow.block([running], "paragraph")


def _value(element: "Element | None") -> str:
    return "" if element is None else element.get(f"{_WORD}val", "")


def _running(paragraph: "Element") -> "Element":
    """A paragraph in the names of JATS: plain runs, ``sup`` and ``sub``."""
    from lxml import etree

    from pipeline.extractors._jats.parsing import child, descendants

    running = etree.Element("span")
    for run in descendants(paragraph, "r"):
        raised = _value(child(child(run, "rPr"), "vertAlign"))
        part = etree.SubElement(running, {"superscript": "sup", "subscript": "sub"}.get(raised, "span"))
        part.text = "".join(_characters(run))
        before = part.getprevious()
        if before is not None and before.tag == part.tag == "sup":
            # One raised number is often several runs.
            before.text = f"{before.text}{part.text}"
            running.remove(part)
    return running


def _characters(run: "Element") -> Iterator[str]:
    from pipeline.extractors._jats.parsing import local_name

    for part in run:
        name = local_name(part)
        if name == "t":
            yield part.text or ""
        elif name in ("tab", "br", "cr"):
            yield " "
        elif name == "noBreakHyphen":
            yield "-"


def _table(table: "Element") -> "Element":
    """A table in the names of XHTML; of vertically merged cells the first one spans."""
    from lxml import etree

    from pipeline.extractors._jats.parsing import child, children

    written = etree.Element("table")
    open_cells: dict[int, Element] = {}
    for row in children(table, "tr"):
        line = etree.SubElement(written, "tr")
        column = 0
        for cell in children(row, "tc"):
            properties = child(cell, "tcPr")
            span = _value(child(properties, "gridSpan"))
            width = int(span) if span.isdecimal() else 1
            merged = child(properties, "vMerge")
            if merged is not None and _value(merged) != "restart" and column in open_cells:
                above = open_cells[column]
                above.set("rowspan", str(int(above.get("rowspan", "1")) + 1))
            else:
                place = etree.SubElement(line, "td", colspan=str(width))
                for paragraph in children(cell, "p"):
                    place.append(_running(paragraph))
                    etree.SubElement(place, "break")
                open_cells[column] = place
            column += width
    return written
