"""The types that are handed from room to room: frozen, slotted, keyword-only. No logic of any stage lives here."""

from pipeline.datamodel.document import (
    Block,
    Cell,
    Citation,
    Document,
    Metadata,
    Page,
    Patient,
    Repair,
    Section,
    Sentence,
    SetAside,
    Source,
    Table,
)
from pipeline.datamodel.facts import Case, Fact, Measurement, Regimen, Response, Toxicity
from pipeline.datamodel.layout import Layout
from pipeline.datamodel.mention import Mention, Relation
from pipeline.datamodel.result import DocumentResult, Failure, Reading
from pipeline.datamodel.span import Box, Span

__all__ = [
    "Block",
    "Box",
    "Case",
    "Cell",
    "Citation",
    "Document",
    "DocumentResult",
    "Fact",
    "Failure",
    "Layout",
    "Measurement",
    "Mention",
    "Metadata",
    "Page",
    "Patient",
    "Reading",
    "Regimen",
    "Relation",
    "Repair",
    "Response",
    "Section",
    "Sentence",
    "SetAside",
    "Source",
    "Span",
    "Table",
    "Toxicity",
]
