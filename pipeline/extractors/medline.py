"""MEDLINE records as PubMed saves them (``PMID- ``, ``TI  - ``, ``AB  - ``): titles and abstracts."""

import re
from collections.abc import Iterator

from pipeline.datamodel import Document, Metadata, Source
from pipeline.errors import DocumentError
from pipeline.settings import ReadingSettings

FORMAT = "MEDLINE text"
SUFFIXES = (".medline", ".nbib", ".txt")
MEDIA_TYPE = "application/nbib"
RANK = 70

_START = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*PMID- ?\d+\s*[\r\n]+[A-Z]{2,4} *- ")
_FIELD = re.compile(r"([A-Z]{2,4}) {0,2}- (.*)")
_LABEL = re.compile(r"(?:(?<=\s)|\A)([A-Z][A-Z ,/&'()-]{3,60}):\s")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
Record = dict[str, list[str]]


def sniff(head: bytes) -> bool:
    """True where the file begins with a PubMed identifier and another field."""
    return bool(_START.match(head))


def extract(source: Source, content: bytes, settings: ReadingSettings) -> Document:
    """Titles and abstracts of all records; the metadata are the first one's.

    Raises:
        DocumentError: ``encoding``, ``binary``, or ``no_text`` where no record has a title or an abstract.
    """
    from pipeline.extractors._manuscript import Manuscript
    from pipeline.extractors._repair.characters import plain
    from pipeline.extractors._text.decoding import decode

    records = list(_records(plain(decode(content))))
    manuscript = Manuscript()
    for record in records:
        manuscript.add(_first(record, "TI", "BTI"), "title", "title")
        for name, words in _parts(_first(record, "AB")):
            manuscript.add(name, "heading", "abstract", level=1)
            manuscript.add(words, "paragraph", "abstract", separator=" " if name else "\n\n")
        for tag in ("FAU", "AD", "MH", "OT"):
            manuscript.put_aside("other", "; ".join(record.get(tag, [])))
    if not manuscript.blocks:
        raise DocumentError("no_text", "MEDLINE records without title or abstract; get the full text")
    return manuscript.document(source, _metadata(records[0]), ((), None))


def _records(text: str) -> Iterator[Record]:
    """Fields by tag; a field goes on over indented lines, a record begins at its PMID."""
    record: Record = {}
    lines: list[str] = []
    for line in text.split("\n"):
        field = _FIELD.match(line)
        if field:
            if field.group(1) == "PMID" and record:
                yield record
                record = {}
            record.setdefault(field.group(1), []).append(field.group(2).strip())
            lines = record[field.group(1)]
        elif line[:1].isspace() and lines and line.strip():
            lines[-1] = f"{lines[-1]} {line.strip()}"
    if record:
        yield record


def _first(record: Record, *tags: str) -> str:
    return next((record[tag][0] for tag in tags if record.get(tag)), "")


def _parts(abstract: str) -> Iterator[tuple[str, str]]:
    """A structured abstract's parts with their labels: ``CASE PRESENTATION: A man ...``."""
    labels = list(_LABEL.finditer(abstract))
    if not labels or labels[0].start() > 0:
        yield "", abstract
        return
    ends = [label.start() for label in labels[1:]] + [len(abstract)]
    for label, end in zip(labels, ends, strict=True):
        yield f"{label.group(1)}:", abstract[label.end() : end].strip()


def _metadata(record: Record) -> Metadata:
    dois = [value.split(" ")[0] for tag in ("LID", "AID") for value in record.get(tag, []) if value.endswith("[doi]")]
    year = _YEAR.search(_first(record, "DP"))
    return Metadata(
        title=_first(record, "TI", "BTI"),
        doi=dois[0] if dois else "",
        pmid=_first(record, "PMID"),
        pmcid=_first(record, "PMC"),
        journal=_first(record, "JT", "TA"),
        year=int(year.group()) if year else None,
        language={"eng": "en"}.get(_first(record, "LA"), _first(record, "LA")),
        article_type=_first(record, "PT").lower(),
    )
