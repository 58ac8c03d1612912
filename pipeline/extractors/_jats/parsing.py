"""XML within bounds: no network, no external entities, no entity that is made of others, no bottomless nesting."""

import html.entities
import re
from collections.abc import Iterator

from lxml import etree

from pipeline.errors import DocumentError

Element = etree._Element

MAX_DEPTH = 200
_BUILT_IN = frozenset({"amp", "lt", "gt", "quot", "apos"})


def local_name(element: Element) -> str:
    """The element's name without its namespace; empty for comments, instructions and entities."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return tag.rpartition("}")[2]


def children(element: Element, *names: str) -> list[Element]:
    """The element's children of these names, in order."""
    return [child for child in element if local_name(child) in names]


def child(element: Element | None, *names: str) -> Element | None:
    """The first child of these names, if any."""
    return None if element is None else next((c for c in element if local_name(c) in names), None)


def descendants(element: Element, *names: str) -> Iterator[Element]:
    """All elements of these names within ``element`` (or itself), in document order."""
    return (found for found in element.iter() if local_name(found) in names)


def raw_text(element: Element) -> str:
    """All text within the element, as it is."""
    return "".join(map(str, element.itertext()))


def plain_text(element: Element) -> str:
    """All text within the element, white space folded."""
    return " ".join(raw_text(element).split())


def parse(content: bytes) -> Element:
    """The root element.

    Raises:
        DocumentError: ``malformed_xml``, ``unsafe_xml``, ``xml_too_deep``.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _syntax_error(error) from error
    _refuse_unsafe_entities(root)
    refuse_depth(root)
    return root


def entity_text(entity: Element) -> str:
    """The character that an entity left in the tree stands for, or the entity as written."""
    name = (entity.text or "").strip("&;")
    return html.entities.html5.get(f"{name};", entity.text or "")


def _syntax_error(error: Exception) -> DocumentError:
    reason = re.sub(r"\s+", " ", str(error)).strip()
    reason = re.sub(r" ?\(<string>, line \d+\)\Z", "", reason)
    if "nodes depth" in reason or "Excessive depth" in reason:
        return DocumentError("xml_too_deep", "XML nested too deeply to be an article; get the file again")
    if "entity" in reason.lower() and ("loop" in reason or "amplification" in reason):
        return DocumentError("unsafe_xml", "XML with entities that expand without end; it was not read")
    return DocumentError("malformed_xml", f"malformed XML ({reason}); get the file again or repair it")


def _refuse_unsafe_entities(root: Element) -> None:
    dtd = root.getroottree().docinfo.internalDTD
    entities = dtd.iterentities() if dtd is not None else ()  # type: ignore[attr-defined]
    for entity in entities:
        if entity.name in _BUILT_IN:
            continue
        raise DocumentError(
            "unsafe_xml",
            f"XML that declares its own entities ({entity.name!r}), which are not read; remove its DOCTYPE",
        )


def refuse_depth(root: Element) -> None:
    """Raise ``xml_too_deep`` for a tree that is nested deeper than any article is."""
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    if deepest > MAX_DEPTH:
        raise DocumentError("xml_too_deep", f"XML nested more than {MAX_DEPTH} deep is no article; get the file again")
