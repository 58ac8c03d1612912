"""Short invented reports, written as JATS and led through the whole corridor."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from pipeline import segmentation
from pipeline.datamodel import Document, DocumentResult, Source
from pipeline.extractors import jats
from pipeline.linking import link, relate
from pipeline.linking.dates import with_years
from pipeline.linking.scene import Scene
from pipeline.process import Corridor

OPENING = "A 57-year-old woman was diagnosed with mycosis fungoides."
TITLE = "An unusual course of mycosis fungoides: a case report"
# Opens a report of two patients; their stories follow.
OF_TWO = {
    "title": "Dapsone for urticarial vasculitis: report of two cases",
    "opening": (
        "We treated two patients. Both patients were women, aged 48 and 50 years, respectively. "
        "Patient 1 received dapsone 100 mg daily. Patient 2 received colchicine 1 mg daily."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Table:
    """A laboratory table: the first row is the header."""

    rows: Sequence[Sequence[str]]
    caption: str = "Laboratory findings"

    def xml(self) -> str:
        head, *body = ("".join(f"<{{0}}>{escape(cell)}</{{0}}>" for cell in row) for row in self.rows)
        rows = "".join(f"<tr>{row.format('td')}</tr>" for row in body)
        return (
            f"<table-wrap><caption><p>{escape(self.caption)}</p></caption>"
            f"<table><thead><tr>{head.format('th')}</tr></thead><tbody>{rows}</tbody></table></table-wrap>"
        )


@dataclass(frozen=True, kw_only=True)
class Report:
    """An invented report; each part is plain text, an empty one is left out.

    ``sections`` are further ``(heading, text)`` behind the case; ``opening`` presents the patient.
    """

    case: str = ""
    title: str = TITLE
    abstract: str = ""
    discussion: str = ""
    opening: str = OPENING
    heading: str = "Case report"
    sections: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()

    def xml(self) -> bytes:
        abstract = f"<abstract><p>{escape(self.abstract)}</p></abstract>" if self.abstract else ""
        parts = [(self.heading, f"{self.opening} {self.case}"), *self.sections, ("Discussion", self.discussion)]
        body = [f"<sec><title>{escape(heading)}</title><p>{escape(text)}</p>" for heading, text in parts if text]
        body[0] += "".join(table.xml() for table in self.tables)
        return (
            f'<article article-type="case-report"><front><article-meta><title-group><article-title>'
            f"{escape(self.title)}</article-title></title-group>{abstract}</article-meta></front>"
            f"<body>{'</sec>'.join(body)}</sec></body></article>"
        ).encode()


@dataclass(frozen=True)
class Reading:
    """What the corridor makes of a report."""

    corridor: Corridor
    report: Report

    @cached_property
    def document(self) -> Document:
        source = Source(doc_id="invented", path="invented.xml")
        return segmentation.segment(jats.extract(source, self.report.xml(), self.corridor.settings.reading))

    @cached_property
    def result(self) -> DocumentResult:
        found = self.corridor.mentions(self.document)
        return link(self.document, found, self.corridor.settings.evidence, self.corridor.lexicons)

    @cached_property
    def scene(self) -> Scene:
        return Scene.of(self.document, *relate(self.document, with_years(self.corridor.mentions(self.document))))

    def given(self, *slots: str, case: int | None = 1) -> list[tuple[object, ...]]:
        """The therapies of a patient, sorted, each with the slots asked for."""
        rows = [r for r in self.result.regimens if r.case == case and r.assertion == "affirmed"]
        return sorted(((r.therapy, *(getattr(r, slot) for slot in slots)) for r in rows), key=str)

    def slot(self, therapy: str, slot: str) -> object:
        """One slot of the only row of a therapy."""
        (row,) = (r for r in self.result.regimens if r.therapy == therapy)
        return getattr(row, slot)
