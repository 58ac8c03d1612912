"""From frozen text to sections, sentences, patients and the type of the report."""

from dataclasses import replace

from pipeline.datamodel import Document, Sentence
from pipeline.datamodel.document import BlockKind
from pipeline.datamodel.vocabulary import SectionKind
from pipeline.segmentation import doctype, language, patients, sections, sentences, wording

_REPORTS = ("case_report", "case_series")
_BY_BLOCK: dict[BlockKind, SectionKind] = {"title": "title", "caption": "caption", "table": "table"}


def segment(document: Document) -> Document:
    """Fill ``sections``, ``sentences``, ``patients``, ``doc_type`` and the language; the text stays as it is.

    References, footnotes, front matter and declarations yield no sentences. A caption or a table's row has the
    section kind ``caption`` or ``table``; :attr:`Document.sections` tells the part of the report it lies in.
    """
    marked = wording.with_marks(document)
    pieces = sentences.pieces(document)
    places = sections.assign(marked, pieces)
    evidence = patients.gather(marked, pieces, places)
    kind = doctype.doc_type(document, places, evidence)
    reported = patients.patients(evidence) if kind in _REPORTS else ()
    scopes = patients.scopes(document, pieces, places, len(reported))
    if not reported:  # a section on the clinical course of a disease is nobody's case
        places = [replace(place, kind="other") if place.kind == "case" else place for place in places]
    found = tuple(
        Sentence(
            start=piece.start,
            end=piece.end,
            section=_BY_BLOCK.get(piece.block, place.kind),
            block=piece.block,
            patients=scope,
            row=piece.row,
        )
        for piece, place, scope in zip(pieces, places, scopes, strict=True)
        if not place.drop
    )
    return replace(
        document,
        metadata=replace(document.metadata, language=language.language(document)),
        sections=sections.spans(pieces, places),
        sentences=found,
        patients=reported,
        doc_type=kind,
    )
