"""Rows as marks on their text, the form that both annotation formats are made of and read back into."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.export.run_tables import RunTables
from pipeline.ledger import CuratedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """A row and where its words stand.

    Attributes:
        key: the row's ``evidence_id``.
        label: its kind, ``Regimen`` …
        start, end: code points of the text, end exclusive.
        cells: the row's columns that are not empty.
        curator, decided_at: who decided on it and when; empty where nobody did.
    """

    key: str
    label: str
    start: int
    end: int
    cells: Mapping[str, str] = field(default_factory=dict)
    curator: str = ""
    decided_at: str = ""


def annotations_of(rows: Iterable[CuratedRow]) -> list[Annotation]:
    """The facts among the rows, without the rejected ones, in the order of their words."""
    made = [
        Annotation(
            key=row.key,
            label=row.kind.capitalize(),
            start=int(row.cells["start"]),
            end=int(row.cells["end"]),
            cells={name: cell for name, cell in row.cells.items() if cell},
            curator=row.curator,
            decided_at=row.decided_at,
        )
        for row in rows
        if row.kind != "case" and row.status != "rejected"
    ]
    return sorted(made, key=lambda one: (one.start, one.end, one.key))


def by_document(run: RunTables, rows: Iterable[CuratedRow]) -> Iterator[tuple[str, str, list[Annotation]]]:
    """Of each document that was read: its ``doc_id``, its text, and the marks on it."""
    own: dict[str, list[CuratedRow]] = defaultdict(list)
    for row in rows:
        own[row.cells["doc_id"]].append(row)
    for doc_id, told in run.documents.items():
        if told["status"] == "ok":
            yield doc_id, run.text(doc_id), annotations_of(own[doc_id])
