"""JATS XML, as PMC and publishers give it: bare articles, article sets, OAI records, with or without namespaces."""

import re
from typing import TYPE_CHECKING

from pipeline.datamodel import Document, Source
from pipeline.errors import DocumentError
from pipeline.settings import ReadingSettings

if TYPE_CHECKING:
    from pipeline.extractors._jats.parsing import Element

FORMAT = "JATS XML"
SUFFIXES = (".xml", ".nxml", ".jats")
MEDIA_TYPE = "application/jats+xml"
RANK = 10

_XML = re.compile(rb"\s*<(?:\?xml|!--|!DOCTYPE|[A-Za-z_])")
_NOT_JATS = re.compile(rb"<(?:!DOCTYPE\s+)?(?:html|collection|!DOCTYPE\s+collection)\b", re.IGNORECASE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def sniff(head: bytes) -> bool:
    """True for XML that is not another member's (HTML, BioC)."""
    if head.startswith(_WIDE_MARKS):
        head = head[2:].replace(b"\x00", b"")
    bare = head.removeprefix(b"\xef\xbb\xbf")
    return bool(_XML.match(bare)) and not _NOT_JATS.search(bare[:2048])


def extract(source: Source, content: bytes, settings: ReadingSettings) -> Document:
    """The text of all articles in the file.

    Raises:
        DocumentError: malformed or unsafe XML, XML that is not JATS, an article without text.
    """
    from pipeline.extractors._jats.article import ArticleWriter
    from pipeline.extractors._jats.front import read_metadata
    from pipeline.extractors._jats.parsing import parse
    from pipeline.extractors._manuscript import Manuscript, counted, visible

    articles = _articles(parse(content))
    manuscript = Manuscript()
    writer = ArticleWriter(manuscript)
    for article in articles:
        writer.write(article)
    if not any(block.kind in ("paragraph", "list", "table") for block in manuscript.blocks):
        raise DocumentError("no_text", "JATS XML with front matter only: neither abstract nor body; get the full text")
    document = manuscript.document(source, read_metadata(articles[0]), ((), None))
    return counted(document, sum(visible("".join(map(str, article.itertext()))) for article in articles))


def _articles(root: "Element") -> "list[Element]":
    from pipeline.extractors._jats.parsing import descendants, local_name, plain_text

    found = [
        article
        for article in descendants(root, "article")
        if any(local_name(part) in ("front", "body", "front-stub") for part in article)
    ]
    if found:
        return found
    name = local_name(root)
    problem = next((plain_text(e) for e in descendants(root, "error", "Error")), "")
    because = f"; it says: {problem[:120]}" if problem else ""
    raise DocumentError(
        "not_jats", f"XML, but no JATS article (its root is <{name}>{because}); give JATS XML, PDF or text"
    )
