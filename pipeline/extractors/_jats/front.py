"""An article's front matter: title, identifiers, journal, year."""

import re

from pipeline.datamodel import Metadata
from pipeline.extractors._jats.inline import InlineWriter
from pipeline.extractors._jats.parsing import Element, child, children, descendants, local_name, plain_text, raw_text

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_DATE_KINDS = ("ppub", "collection", "pub", "epub", "epub-ppub", "electronic", "print")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def language_of(element: Element) -> str:
    """The two-letter language that the markup states, or empty."""
    return (element.get(_LANGUAGE) or "").partition("-")[0].lower()


def article_meta(article: Element) -> Element | None:
    """The ``<article-meta>``, or a stub of it."""
    for front in children(article, "front", "front-stub"):
        return child(front, "article-meta") if local_name(front) == "front" else front
    return None


def title_of(article: Element) -> str:
    """The title, with its subtitle after a colon."""
    group = child(article_meta(article), "title-group")
    if group is None:
        return ""
    parts = []
    for part in children(group, "article-title", "subtitle"):
        writer = InlineWriter()
        writer.element(part)
        parts.append(writer.passage().text)
    return ": ".join(part.rstrip(":") for part in parts if part)


def read_metadata(article: Element) -> Metadata:
    """What the front matter states; empty where it does not."""
    meta = article_meta(article)
    if meta is None:
        return Metadata(language=language_of(article), article_type=article.get("article-type", ""))
    identifiers = {found.get("pub-id-type", ""): plain_text(found) for found in reversed(children(meta, "article-id"))}
    pmcid = identifiers.get("pmcid") or identifiers.get("pmc") or ""
    journals = [plain_text(name) for name in _journal_names(article)]
    return Metadata(
        title=title_of(article),
        doi=identifiers.get("doi", ""),
        pmid=identifiers.get("pmid", ""),
        pmcid=f"PMC{pmcid}" if pmcid.isdecimal() else pmcid,
        journal=journals[0] if journals else "",
        year=_year(meta),
        language=language_of(article),
        article_type=article.get("article-type", ""),
    )


def _journal_names(article: Element) -> list[Element]:
    front = child(article, "front")
    journal = child(front, "journal-meta")
    if journal is None:
        return []
    return list(descendants(journal, "journal-title")) or list(descendants(journal, "abbrev-journal-title"))


def _year(meta: Element) -> int | None:
    """The year of the issue, else of the first publication."""
    years: dict[str, int] = {}
    for date in children(meta, "pub-date"):
        written = child(date, "year")
        found = _YEAR.search(raw_text(written)) if written is not None else None
        if found:
            years.setdefault(
                date.get("pub-type") or date.get("date-type") or date.get("publication-format") or "",
                int(found.group()),
            )
    for kind in _DATE_KINDS:
        if kind in years:
            return years[kind]
    return next(iter(years.values()), None)
