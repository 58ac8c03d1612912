"""Where an abstract ends that no heading ends, and which headings are its own."""

import re
from collections.abc import Sequence

from pipeline.datamodel import Document
from pipeline.datamodel.vocabulary import SectionKind
from pipeline.segmentation.cues import rules
from pipeline.segmentation.sentences import Piece
from pipeline.segmentation.wording import MOST_ABSTRACT, Place

_FEWEST_LABELS = 2  # paragraphs that open with a label, so that the abstract is one of such paragraphs


def without_body(
    document: Document, pieces: Sequence[Piece], places: Sequence[Place], label: re.Pattern[str]
) -> list[Place]:
    """Take out of the abstract what follows its last part, where no heading does it.

    Its last part is the paragraph that a label calls the conclusion; in an abstract that is too long to be one, it is
    the last paragraph with a label, or the first paragraph.

    Args:
        document: for its text.
        pieces: of the document.
        places: of the pieces; an abstract that the input's markup tells stays as it is.
        label: what opens a labelled part.
    """
    marked = {block.start for block in document.blocks if block.section is not None}
    inside = [at for at, place in enumerate(places) if place.kind == "abstract"]
    opening = [at for at in inside if pieces[at].first and pieces[at].block == "paragraph"]
    if len(opening) < 2 or any(pieces[at].start in marked for at in opening):
        return list(places)
    last = _last_part(document, [pieces[at] for at in opening], label)
    if last is None or last + 1 == len(opening):
        return list(places)
    result = list(places)
    for at in inside:
        if at >= opening[last + 1]:
            place = places[at]
            result[at] = Place("other", place.section + 1, "", False)
    return result


def _last_part(document: Document, opening: Sequence[Piece], label: re.Pattern[str]) -> int | None:
    """Number of the paragraph that ends the abstract, of those that it seems to have; None where nothing tells it."""
    labels = [label.match(document.text, piece.start) for piece in opening]
    labelled = [at for at, found in enumerate(labels) if found]
    final = labels[labelled[-1]] if len(labelled) >= _FEWEST_LABELS else None
    if final and re.fullmatch(rules("sections")["closing_label"]["pattern"], final.group(1), re.IGNORECASE):
        return labelled[-1]
    if opening[-1].end - opening[0].start > MOST_ABSTRACT:
        return labelled[-1] if final else 0
    return None


def before_methods(places: Sequence[Place]) -> list[Place]:
    """What no heading names before the methods or results of a study is its introduction."""
    named: tuple[SectionKind, ...] = ("methods", "results")
    first = next((at for at, place in enumerate(places) if place.known and place.kind in named and not place.drop), 0)
    return [
        Place("introduction", place.section, place.heading, True)
        if at < first and not place.known and not place.drop and place.kind == "other"
        else place
        for at, place in enumerate(places)
    ]
