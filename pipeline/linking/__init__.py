"""From mentions to facts: who it is about, what belongs to what, and which rows a document yields."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.datamodel import Document, DocumentResult, Fact, Mention
from pipeline.lexicon import Lexicons
from pipeline.linking.account import reading_of
from pipeline.linking.cases import build_cases
from pipeline.linking.confidence import confidence_of, slot_confidence_of
from pipeline.linking.conflicts import conflicts, rehomed
from pipeline.linking.dates import with_years
from pipeline.linking.flagging import flagged
from pipeline.linking.grades import Grading
from pipeline.linking.measurements import build_measurements
from pipeline.linking.merging import merge, same_measurement, same_response, same_toxicity
from pipeline.linking.outcomes import as_retold, withdrawn, without_outcomes
from pipeline.linking.regimens import build_regimens
from pipeline.linking.relations import relate
from pipeline.linking.responses import build_responses
from pipeline.linking.scene import Scene
from pipeline.linking.timeline import Timeline
from pipeline.linking.toxicities import Frame, build_toxicities
from pipeline.settings import EvidenceSettings

__all__ = ["link", "relate"]

F = TypeVar("F", bound=Fact)


def link(
    document: Document, mentions: Sequence[Mention], settings: EvidenceSettings, lexicons: Lexicons
) -> DocumentResult:
    """The rows of a segmented document.

    Args:
        document: with sections, sentences and patients.
        mentions: normalized, in text order.
        settings: thresholds and the CTCAE version.
        lexicons: for grades of laboratory values and usual doses.
    """
    scene = Scene.of(document, *relate(document, with_years(mentions)))
    cases = build_cases(document, scene.mentions, scene.attributed)
    regimens = build_regimens(scene)
    timeline = Timeline.of(scene, regimens)
    frame = Frame(
        timeline=timeline,
        treated=tuple(case.diagnosis for case in cases if case.diagnosis),
        grading=Grading(lexicons=lexicons, version=settings.ctcae_version),
    )

    toxicities = merge(build_toxicities(scene, regimens, frame), same_toxicity)
    regimens = withdrawn(regimens, toxicities)
    tellings = without_outcomes(scene, build_responses(scene, regimens, timeline), toxicities)
    responses = merge(as_retold(tellings), same_response)
    measurements = merge(build_measurements(scene, timeline), same_measurement)
    contradicted = conflicts(scene, (*regimens, *tellings, *toxicities, *measurements))
    against = rehomed(contradicted, tellings, responses)

    def finished(rows: Sequence[F]) -> tuple[F, ...]:
        return tuple(_graded(document, row, settings) for row in flagged(scene, rows, against, lexicons))

    return DocumentResult(
        source=document.source,
        text=document.text,
        metadata=document.metadata,
        doc_type=document.doc_type,
        reading=reading_of(document),
        cases=cases,
        regimens=finished(regimens),
        responses=finished(responses),
        toxicities=finished(toxicities),
        measurements=finished(measurements),
    )


def _graded(document: Document, row: F, settings: EvidenceSettings) -> F:
    """The row with its place on the page and its confidence."""
    confidence = confidence_of(row)
    low = confidence < settings.low_confidence
    return replace(
        row,
        page=document.page_of(row),
        boxes=document.layout.boxes_of(row) if document.layout else (),
        confidence=confidence,
        slot_confidence=slot_confidence_of(row),
        flags=(*row.flags, "low_confidence") if low else row.flags,
    )
