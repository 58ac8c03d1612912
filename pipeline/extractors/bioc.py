"""BioC JSON, as the PMC and PubMed interfaces give it: passages with their section and kind."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from pipeline.datamodel import Document, Metadata, Source
from pipeline.datamodel.document import BlockKind
from pipeline.datamodel.vocabulary import SectionKind
from pipeline.errors import DocumentError
from pipeline.settings import ReadingSettings
from pipeline.toml import read_toml

FORMAT = "BioC JSON"
# Not every .json of a folder is a report; one that is named itself is known by its content.
SUFFIXES = (".bioc.json", ".bioc")
MEDIA_TYPE = "application/bioc+json"
RANK = 20

_JSON = re.compile(rb"\s*[\[{]")
_HEADING = re.compile(r"(?:abstract_)?title(?:_(\d))?\Z")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


def sniff(head: bytes) -> bool:
    """True for JSON that speaks of BioC or of passages."""
    return bool(_JSON.match(head.removeprefix(b"\xef\xbb\xbf"))) and (b'"passages"' in head or b'"bioctype"' in head)


def extract(source: Source, content: bytes, settings: ReadingSettings) -> Document:
    """The passages of all documents in the file; tables that are given as XML become cells.

    Raises:
        DocumentError: ``encoding``, ``malformed_json``, ``not_bioc``, ``no_text``.
    """
    from pipeline.extractors._jats.flow import Flow
    from pipeline.extractors._text.decoding import decode

    try:
        whole = json.loads(decode(content))
    except (json.JSONDecodeError, RecursionError) as error:
        raise DocumentError("malformed_json", f"malformed JSON ({error}); get the file again") from error
    passages = [passage for document in _documents(whole) for passage in _passages(document)]
    flow = Flow()
    for infons, text in passages:
        _write(flow, infons, text)
    if not any(block.kind in ("paragraph", "list", "table") for block in flow.manuscript.blocks):
        raise DocumentError("no_text", "BioC JSON without passages of text; get the file again")
    document = flow.manuscript.document(source, _metadata([infons for infons, _ in passages]), ((), None))
    title = next((document.slice(block) for block in document.blocks if block.kind == "title"), "")
    return replace(document, metadata=replace(document.metadata, title=title))


@lru_cache(maxsize=1)
def _names() -> dict[str, Any]:
    return read_toml(Path(__file__).with_name("_bioc.toml"))


def _documents(whole: object) -> Iterator[Mapping[str, Any]]:
    for collection in whole if isinstance(whole, list) else [whole]:
        if not isinstance(collection, dict):
            raise DocumentError("not_bioc", "JSON, but no BioC collection; give BioC JSON, JATS XML, PDF or text")
        inside = collection.get("documents", [collection] if "passages" in collection else [])
        yield from (document for document in inside if isinstance(document, dict))


def _passages(document: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, str], str]]:
    for passage in document.get("passages") or []:
        if not isinstance(passage, dict):
            continue
        infons = passage.get("infons") or {}
        text = passage.get("text") or " ".join(str(part.get("text", "")) for part in passage.get("sentences") or [])
        yield {str(key): str(value) for key, value in infons.items()}, str(text)


def _write(flow: "Any", infons: Mapping[str, str], text: str) -> None:
    kind_said = infons.get("type", "").lower()
    section = cast("SectionKind | None", _names()["sections"].get(infons.get("section_type", "").upper()))
    if kind_said in ("abstract", "title") and "section_type" not in infons:
        section = "abstract" if kind_said == "abstract" else "title"
    heading = _HEADING.match(kind_said)
    if kind_said == "table" and infons.get("xml") and _write_table(flow, infons["xml"]):
        return
    if heading and section != "title":
        flow.manuscript.add(" ".join(text.split()), "heading", section, int(heading.group(1) or 1))
        return
    kind: BlockKind = "title" if heading else _names()["blocks"].get(kind_said, "paragraph")
    if infons.get("section_type", "").upper() == "REF" and kind == "paragraph":
        kind = "reference"
    if kind_said == "ref":
        text = " ".join(filter(None, (text, infons.get("source"), infons.get("year"))))
    flow.block([text], kind, "caption" if kind == "caption" else section)


def _write_table(flow: "Any", xml: str) -> bool:
    from pipeline.extractors._jats.parsing import descendants, parse

    try:
        root = parse(xml.encode())
    except DocumentError:
        return False
    tables = list(descendants(root, "table"))
    for table in tables:
        flow.table(table)
    return bool(tables)


def _metadata(passages: list[Mapping[str, str]]) -> Metadata:
    infons = passages[0] if passages else {}
    pmcid = infons.get("article-id_pmc", "")
    year = _YEAR.search(infons.get("year", ""))
    return Metadata(
        doi=infons.get("article-id_doi", ""),
        pmid=infons.get("article-id_pmid", ""),
        pmcid=f"PMC{pmcid}" if pmcid.isdecimal() else pmcid,
        journal=infons.get("journal", ""),
        year=int(year.group()) if year else None,
    )
