"""Articles saved as web pages: the article in, the page around it out."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.datamodel import Document, Metadata, Source
from pipeline.errors import DocumentError
from pipeline.settings import ReadingSettings
from pipeline.toml import read_toml

if TYPE_CHECKING:
    from pipeline.extractors._jats.flow import Flow
    from pipeline.extractors._jats.parsing import Element

FORMAT = "HTML"
SUFFIXES = (".html", ".htm", ".xhtml")
MEDIA_TYPE = "text/html"
RANK = 40

_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!DOCTYPE\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_MARK = re.compile(r"[\[(]?\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*[\])]?\Z")
_HEADING = re.compile(r"h([1-6])\Z")
_LEAST_SHARE = 0.5


def sniff(head: bytes) -> bool:
    """True for a web page."""
    return bool(_PAGE.match(head.removeprefix(b"\xef\xbb\xbf")))


def extract(source: Source, content: bytes, settings: ReadingSettings) -> Document:
    """The article of the page.

    Raises:
        DocumentError: ``encoding``, or ``no_text`` where the page holds no article.
    """
    from lxml import html

    from pipeline.extractors._jats.flow import Flow
    from pipeline.extractors._jats.parsing import refuse_depth

    page = html.document_fromstring(_decode(content), parser=html.HTMLParser(remove_comments=True, remove_pis=True))
    refuse_depth(page)
    metadata = _metadata(page)
    flow = Flow()
    root = _article(page)
    _clear(root, flow)
    _rename(root)
    if metadata.title and not any(_text(h) == metadata.title for h in root.iter("h1")):
        flow.manuscript.add(metadata.title, "title", "title")
    _walk(root, flow, metadata.title)
    if not any(block.kind in ("paragraph", "list", "table") for block in flow.manuscript.blocks):
        raise DocumentError(
            "no_text", "a web page without an article's text (made by scripts?); save the article or its PDF"
        )
    return flow.manuscript.document(source, metadata, ((), None))


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return read_toml(Path(__file__).with_name("_html.toml"))


def _decode(content: bytes) -> str:
    """As the page says, else UTF-8; never a guess."""
    from pipeline.extractors._text.decoding import decode

    said = _CHARSET.search(content[:4096])
    if said and not content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        codec = said.group(1).decode("ascii", "replace")
        try:
            # Browsers read what is marked Latin-1 as Windows-1252, and so do those who write it.
            text = content.decode("cp1252" if codec.lower() in ("iso-8859-1", "latin1", "latin-1") else codec)
        except LookupError as error:
            raise DocumentError("encoding", f"a web page in an unknown encoding ({codec}); save it as UTF-8") from error
        except UnicodeDecodeError as error:
            raise DocumentError(
                "encoding", f"marked as {codec} but is not at byte {error.start}; save it as UTF-8"
            ) from error
    else:
        text = decode(content)
    return re.sub(r"\A\s*<\?xml[^>]*>", "", text)


def _article(page: "Element") -> "Element":
    """The smallest named part that holds most of the page's paragraphs."""
    whole = sum(len(_text(p)) for p in page.iter("p"))
    candidates = [*page.iter("article"), *page.iter("main"), *(e for e in page.iter("div") if e.get("role") == "main")]
    holding = [c for c in candidates if sum(len(_text(p)) for p in c.iter("p")) >= _LEAST_SHARE * whole]
    body = page.find("body")
    return min(holding, key=lambda c: len(_text(c)), default=body if body is not None else page)


def _text(element: "Element") -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _clear(root: "Element", flow: "Flow") -> None:
    """Take out what is not the article, and count it."""
    rules = _rules()
    for element in list(root.iter()):
        if element is root or not isinstance(element.tag, str) or element.getparent() is None:
            continue
        names = set(map(str.lower, _WORDS.findall(f"{element.get('class', '')} {element.get('id', '')}")))
        around = (
            names & set(rules["words"])
            and not names & set(rules["keep"])
            and element.tag not in ("p", "sup", "a", "span")
        )
        if element.tag in rules["elements"] or element.get("role") in rules["roles"] or around:
            if element.tag not in ("script", "style"):
                flow.manuscript.put_aside("markup", _text(element))
            element.drop_tree()  # type: ignore[attr-defined]


def _rename(root: "Element") -> None:
    """Bring inline elements to the names of JATS; raised links to numbers are reference marks."""
    names = _rules()["inline_names"]
    for element in root.iter():
        if element.tag in names:
            element.tag = names[element.tag]
        elif element.tag == "a" and _MARK.match(_text(element)):
            raised = any(True for _ in element.iter("sup")) or any(up.tag == "sup" for up in element.iterancestors())
            if raised or (element.get("href") or "").startswith("#"):
                element.tag = "xref"
                element.set("ref-type", "bibr")


def _walk(element: "Element", flow: "Flow", title: str) -> None:
    """Blocks of a container; text that stands loose in it is a paragraph."""
    loose: list[Element | str] = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and _is_block(child):
            flow.block(loose, "paragraph")
            loose = []
            _block(child, flow, title)
        elif isinstance(child.tag, str):
            loose.append(child)
        loose.append(child.tail or "")
    flow.block(loose, "paragraph")


def _is_block(element: "Element") -> bool:
    named = element.tag in ("p", "li", "dt", "dd", "table", "figcaption", "caption", "hr") or _HEADING.match(
        str(element.tag)
    )
    return bool(named) or element.tag in _rules()["containers"] or any(map(_is_block, element))


def _block(element: "Element", flow: "Flow", title: str) -> None:
    heading = _HEADING.match(str(element.tag))
    if heading and title and _text(element) == title:
        flow.block(_content(element), "title", "title")
    elif heading:
        flow.heading(element, int(heading.group(1)))
    elif element.tag == "table":
        captions = [flow.block(_content(caption), "caption", "caption") for caption in element.iter("caption")]
        flow.table(element, captions[0] if captions else "")
    elif element.tag in ("figcaption", "caption"):
        flow.block(_content(element), "caption", "caption")
    elif element.tag in ("li", "dt", "dd") and not any(map(_is_block, element)):
        flow.block(_content(element), "list")
    elif element.tag == "p" and not any(map(_is_block, element)):
        flow.block(_content(element), "paragraph")
    else:
        _walk(element, flow, title)


def _content(element: "Element") -> "Iterator[Element | str]":
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield child
        yield child.tail or ""


def _metadata(page: "Element") -> Metadata:
    said: dict[str, str] = {}
    for meta in page.iter("meta"):
        said.setdefault(
            (meta.get("name") or meta.get("property") or "").lower(), " ".join((meta.get("content") or "").split())
        )
    headings = [_text(heading) for heading in page.iter("h1")]
    year = re.search(
        r"(?:19|20)\d\d",
        said.get("citation_publication_date") or said.get("citation_date") or said.get("dc.date") or "",
    )
    return Metadata(
        title=said.get("citation_title")
        or said.get("dc.title")
        or (headings[0] if len(headings) == 1 else "")
        or said.get("og:title", ""),
        doi=re.sub(
            r"\A(?:doi:|https?://(?:dx\.)?doi\.org/)", "", said.get("citation_doi") or said.get("dc.identifier", "")
        ),
        pmid=said.get("citation_pmid", ""),
        pmcid=said.get("citation_pmcid", ""),
        journal=said.get("citation_journal_title", ""),
        year=int(year.group()) if year else None,
        language=(page.get("lang") or said.get("citation_language", ""))[:2].lower(),
        article_type=said.get("citation_article_type", ""),
    )
