"""A reference list entry, kept short: first authors, title, source, year."""

from collections.abc import Iterator

from pipeline.extractors._jats.parsing import Element, child, descendants, local_name, plain_text

_LONGEST = 240
_AUTHORS = 3
_NAME_PARTS = frozenset({"surname", "given-names", "name", "string-name", "collab"})
_PARTS = (
    "article-title",
    "chapter-title",
    "data-title",
    "part-title",
    "source",
    "year",
    "volume",
    "fpage",
    "elocation-id",
)


def reference_text(reference: Element) -> str:
    """One line for a ``<ref>``; empty where it holds nothing."""
    lines = [text for citation in reference if (text := _citation(citation) if local_name(citation) != "label" else "")]
    label = child(reference, "label")
    number = plain_text(label) if label is not None else ""
    return _short(" ".join([number, *lines]).strip())


def _citation(citation: Element) -> str:
    for alternative in descendants(citation, "mixed-citation", "element-citation", "citation", "nlm-citation"):
        citation = alternative
        break
    if (citation.text or "").strip() or any((part.tail or "").strip() for part in citation):
        return " ".join("".join(_spaced(citation)).split())
    return _compose(citation)


def _spaced(element: Element) -> Iterator[str]:
    """The element's text, with the space that name markup leaves out: ``<surname>Roe</surname><given-names>J``."""
    yield element.text or ""
    for part in element:
        yield from _spaced(part)
        tail = part.tail or ""
        glued = not tail and local_name(part) in _NAME_PARTS
        yield " " if glued and part.getnext() is not None else tail


def _compose(citation: Element) -> str:
    names = [
        " ".join(plain_text(part) for part in name if local_name(part) in ("surname", "given-names"))
        for name in descendants(citation, "name", "string-name")
    ]
    names += [plain_text(group) for group in descendants(citation, "collab")]
    authors = ", ".join(names[:_AUTHORS]) + (" et al." if len(names) > _AUTHORS else "")
    fields = [authors]
    for name in _PARTS:
        fields.extend(plain_text(part) for part in citation if local_name(part) == name)
    return ". ".join(field.rstrip(".") for field in fields if field)


def _short(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0]
