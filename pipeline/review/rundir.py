"""A run directory as the desk reads it: rows as text, and the texts and files that its documents name."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from pipeline.export.calibrated import calibrated_run
from pipeline.export.run_tables import RunTables
from pipeline.tables import Table, all_tables

Row: TypeAlias = Mapping[str, str]
KINDS: Mapping[str, str] = MappingProxyType(
    {"regimen": "regimens", "response": "responses", "toxicity": "toxicities", "measurement": "measurements"}
)
"""The table of each kind of fact, in the order in which a reader meets them."""

_MOST_BYTES = 200_000_000
_PDF = "application/pdf"


@lru_cache(maxsize=1)
def tables() -> Mapping[str, Table]:
    """The output tables by name."""
    return MappingProxyType({table.name: table for table in all_tables()})


def table_of(kind: str) -> Table:
    """The table in which facts of a kind stand."""
    return tables()[KINDS[kind]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A document of the run.

    Attributes:
        key: short name for addresses, made of ``doc_id``.
        row: its row of ``documents.csv``.
        cases: its rows of ``cases.csv``.
    """

    key: str
    row: Row
    cases: tuple[Row, ...]

    @property
    def doc_id(self) -> str:
        """The document's name in the run."""
        return self.row["doc_id"]

    @property
    def title(self) -> str:
        """Its title, or its name where it has none."""
        return self.row["title"] or self.doc_id

    @property
    def is_pdf(self) -> bool:
        """Whether it has pages that can be drawn."""
        return self.row["media_type"] == _PDF

    @property
    def pages(self) -> int:
        """How many pages can be drawn."""
        return int(self.row["n_pages"] or 0) if self.is_pdf else 0


class RunDirectory:
    """The tables of a run, read once.

    Args:
        folder: the run directory.

    Raises:
        UsageError: it is none.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: RunTables = calibrated_run(folder)
        rows = self.tables.tables
        by_document: dict[str, list[Row]] = {}
        for case in rows["cases"]:
            by_document.setdefault(case["doc_id"], []).append(case)
        found = [
            Report(key=key_of(row["doc_id"]), row=row, cases=tuple(by_document.get(row["doc_id"], ())))
            for row in rows["documents"]
        ]
        self.reports: Mapping[str, Report] = {report.doc_id: report for report in found}
        self.by_key: Mapping[str, Report] = {report.key: report for report in found}
        self.facts: Mapping[str, tuple[str, Row]] = {
            row["evidence_id"]: (kind, row) for kind, name in KINDS.items() for row in rows[name]
        }
        self.summaries: Mapping[str, str] = {row["evidence_id"]: row["summary"] for row in rows["evidence"]}
        self.queue: Mapping[str, Row] = {row["evidence_id"]: row for row in rows["review"]}

    def text(self, report: Report) -> str:
        """The document's canonical text; empty where it was not read."""
        folder = (self.folder / "text").resolve()
        path = (folder / f"{report.doc_id}.txt").resolve()
        if path.parent != folder or not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return ""
        return path.read_bytes().decode("utf-8")

    def content(self, report: Report) -> bytes:
        """The input file's bytes; empty where it has moved or changed since the run."""
        path = Path(report.row["path"])
        try:
            if not path.is_file() or path.stat().st_size > _MOST_BYTES:
                return b""
            content = path.read_bytes()
        except OSError:
            return b""
        return content if hashlib.sha256(content).hexdigest() == report.row["sha256"] else b""


def key_of(doc_id: str) -> str:
    """A document's short name for addresses: its own may hold any character."""
    return hashlib.blake2b(doc_id.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
