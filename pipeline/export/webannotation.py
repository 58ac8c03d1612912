"""W3C Web Annotations (JSON-LD), one collection a document.

The selectors are a position (code points, as the recommendation asks) and the quote with the words around it.
Source: https://www.w3.org/TR/annotation-model/
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent_encoded
from urllib.parse import unquote

from pipeline.export.annotations import Annotation, by_document
from pipeline.export.run_tables import RunTables
from pipeline.files import write_atomically
from pipeline.ledger import CuratedRow

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters before and after the quote
_NAMESPACE = "urn:casebook:"


def write_web_annotations(run: RunTables, rows: Iterable[CuratedRow], folder: Path) -> list[Path]:
    """Write one ``<doc_id>.json`` a document that was read; their paths."""
    written = []
    for doc_id, text, marks in by_document(run, rows):
        written.append(folder / f"{doc_id}.json")
        write_atomically(written[-1], to_web_annotations(doc_id, text, marks).encode())
    return written


def to_web_annotations(doc_id: str, text: str, annotations: Sequence[Annotation]) -> str:
    """The document's annotations as one page of a collection."""
    page = {
        "@context": _CONTEXT,
        "id": f"{_NAMESPACE}document:{percent_encoded(doc_id, safe='')}",
        "type": "AnnotationPage",
        "items": [_annotation(doc_id, text, one) for one in annotations],
    }
    return json.dumps(page, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def from_web_annotations(text: str, told: str) -> list[Annotation]:
    """The annotations that :func:`to_web_annotations` wrote, or a tool that kept their form.

    Raises:
        ValueError: a quote is not what the text says there.
    """
    return [_read(text, each) for each in json.loads(told)["items"]]


def _annotation(doc_id: str, text: str, one: Annotation) -> dict[str, Any]:
    about = {"type": "TextualBody", "purpose": "describing", "format": "application/json"}
    cells = json.dumps(dict(one.cells), ensure_ascii=False, sort_keys=True)
    made = {"created": one.decided_at} if one.decided_at else {}
    by = {"creator": {"type": "Person", "name": one.curator}} if one.curator else {}
    return {
        "id": f"{_NAMESPACE}evidence:{percent_encoded(one.key, safe='')}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": one.label},
            {**about, "value": cells},
        ],
        "target": {
            "source": f"text/{percent_encoded(doc_id, safe='')}.txt",
            "selector": [
                {"type": "TextPositionSelector", "start": one.start, "end": one.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[one.start : one.end],
                    "prefix": text[max(0, one.start - _AROUND) : one.start],
                    "suffix": text[one.end : one.end + _AROUND],
                },
            ],
        },
        **made,
        **by,
    }


def _read(text: str, each: dict[str, Any]) -> Annotation:
    selectors = {selector["type"]: selector for selector in each["target"]["selector"]}
    bodies = {body["purpose"]: body["value"] for body in each["body"]}
    start, end = (int(selectors["TextPositionSelector"][name]) for name in ("start", "end"))
    exact = selectors["TextQuoteSelector"]["exact"]
    if text[start:end] != exact:
        raise ValueError(f"the words at {start} to {end} are not {exact!r}")
    return Annotation(
        key=unquote(each["id"].removeprefix(f"{_NAMESPACE}evidence:")),
        label=bodies["classifying"],
        start=start,
        end=end,
        cells=json.loads(bodies["describing"]),
        curator=each.get("creator", {}).get("name", ""),
        decided_at=each.get("created", ""),
    )
