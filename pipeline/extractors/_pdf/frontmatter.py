"""Title, DOI, journal, year and article type, as far as the first pages and the file's own record tell them."""

import ctypes
import re
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from pipeline.datamodel import Metadata
from pipeline.extractors._pdf.drafts import Draft, patterns, patterns_exact

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>|]+", re.I)
_PMC = re.compile(r"\bPMC\d{5,8}\b")
_PMID = re.compile(r"\bPMID:?\s*(\d{6,8})\b", re.I)
_YEAR = re.compile(r"\b(19[89]\d|20[0-4]\d)\b")


def file_record(pdf: Any) -> dict[str, str]:
    """Title, subject and date that the file records about itself."""
    found: dict[str, str] = {}
    for key in ("Title", "Subject", "CreationDate", "doi"):
        size = pdfium.FPDF_GetMetaText(pdf, key.encode(), None, 0)
        if 2 < size < 4096:
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDF_GetMetaText(pdf, key.encode(), buffer, size)
            found[key] = buffer.raw[: size - 2].decode("utf-16-le", "replace").strip()
    return found


def front_matter(drafts: Sequence[Draft], margins: Sequence[str], record: dict[str, str], setter: Any) -> Metadata:
    """Metadata of an article.

    Args:
        drafts: all drafts, in reading order.
        margins: running heads and notes of the first pages.
        record: see :func:`file_record`.
        setter: writes lines as text (for the title).
    """
    titles = [draft for draft in drafts if draft.kind == "title"]
    title = " ".join(setter.passage(draft.lines).text for draft in titles)
    first = min((draft.lines[0].page for draft in titles or drafts), default=1)
    front = [draft.text for draft in drafts if draft.lines[0].page <= first and draft.kind != "reference"]
    heads = "\n".join([*margins, *front])
    doi = _first(_DOI, record.get("doi", ""), record.get("Subject", ""), heads).rstrip(".,;:)]}")
    kind = patterns()["article_type"].search("\n".join(text for text in front if len(text) < 80))
    return Metadata(
        title=title or _own_title(record),
        doi=doi.lower(),
        pmcid=_first(_PMC, heads),
        pmid=_first(_PMID, heads),
        journal=_journal(margins, front),
        year=_year(heads, record),
        article_type=kind.group().lower() if kind else "",
    )


def _first(pattern: re.Pattern[str], *texts: str) -> str:
    for text in texts:
        match = pattern.search(text)
        if match:
            return match.group(match.lastindex or 0)
    return ""


def _own_title(record: dict[str, str]) -> str:
    title = record.get("Title", "")
    return title if len(title.split()) > 3 and "." not in title[-6:] else ""


def _journal(margins: Sequence[str], front: Sequence[str]) -> str:
    for text in (*margins, *(text for text in front if len(text) < 120)):
        match = patterns_exact()["journal"].search(text)
        if match:
            return match.group().strip()
    return ""


def _year(heads: str, record: dict[str, str]) -> int | None:
    found = _first(patterns()["dated"], heads) or _first(_YEAR, record.get("Subject", "")) or _first(_YEAR, heads)
    if not found:
        made = re.match(r"D:(\d{4})", record.get("CreationDate", ""))
        found = made.group(1) if made else ""
    return int(found) if found else None
