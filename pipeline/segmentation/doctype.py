"""What kind of article a document is."""

from collections import Counter
from functools import cache

from pipeline.datamodel import Document
from pipeline.datamodel.vocabulary import DocType
from pipeline.expressions import Expression, compile_all
from pipeline.segmentation.cues import rules
from pipeline.segmentation.patients import Evidence
from pipeline.segmentation.wording import Place

_LONG = 200  # characters of a block that is no title line
_MOST_ABOVE = 8
_TIES: tuple[str, ...] = ("case", "review", "guideline", "trial", "other")


@cache
def _cues() -> tuple[tuple[str, str, int, Expression], ...]:
    cues = rules("doctype")["cue"]
    compiled = compile_all("doctype", {str(index): cue["pattern"] for index, cue in enumerate(cues)})
    return tuple((cue["type"], cue["where"], cue["points"], compiled[str(index)]) for index, cue in enumerate(cues))


def _title(document: Document) -> str:
    """The title, or else whatever stands above the first paragraph of some length."""
    if document.metadata.title:
        return document.metadata.title
    above = []
    for block in document.blocks:
        if block.kind == "paragraph" and block.end - block.start > _LONG:
            break
        if block.kind in ("title", "heading", "front", "paragraph"):
            above.append(document.slice(block))
    return " ".join(above[:_MOST_ABOVE])


def points(document: Document, places: list[Place], evidence: Evidence) -> Counter[str]:
    """Points of each type (``case`` stands for report and series)."""
    texts = {
        "article_type": document.metadata.article_type,
        "title": _title(document),
        "text": document.text,
    }
    score: Counter[str] = Counter()
    for kind, where, value, pattern in _cues():
        if texts[where] and pattern.search(texts[where]):
            score[kind] += value
    parts = rules("doctype")["sections"]
    kinds = {place.kind for place in places if not place.drop}
    if "case" in kinds and evidence.told > 0 and evidence.persons:
        told = evidence.told >= parts["well_told"] and evidence.persons >= parts["persons"]
        score["case"] += parts["case_named"] + (parts["case_told"] if told else 0)
    if {"methods", "results"} <= kinds and "case" not in kinds:
        for kind, value in parts["methods_and_results"].items():
            score[kind] += value
    if len(evidence.labelled) >= 2 or (evidence.claimed >= 2 and "case" in kinds):
        score["case"] += parts["case_named"]
    return score


def doc_type(document: Document, places: list[Place], evidence: Evidence) -> DocType:
    """The type with most points; a report of one patient is a case report, of several a series."""
    score = points(document, places, evidence)
    if not score:
        return "other"
    best = max(_TIES, key=lambda kind: (score[kind], -_TIES.index(kind)))
    if best == "case" and evidence.number:
        return "case_report" if evidence.number == 1 else "case_series"
    if best == "case":
        return "other"
    kinds: dict[str, DocType] = {"review": "review", "guideline": "guideline", "trial": "trial", "other": "other"}
    return kinds[best]
