"""Deaths of somebody else: of a fetus, a newborn, a relative or a donor, told in the story of a patient who lives."""

from collections.abc import Sequence

from pipeline.datamodel import Document, Mention, Span
from pipeline.datamodel.values import AgeValue
from pipeline.linking.cues import load_cues

_GROWN = 14.0  # years from which a patient is no newborn, baby or child that a report can tell of beside


def is_of_another(sentence: str, words: tuple[int, int], *, grown: bool) -> bool:
    """True where the words of a death in a sentence are said of somebody who is not the patient.

    Args:
        sentence: its text.
        words: where in it the words of the death begin and end.
        grown: whether the patient is known to be older than a child.
    """
    cues = load_cues("others")
    before, behind = sentence[: words[0]], sentence[words[1] :]
    if cues["death.before"].search(before) or cues["death.behind"].search(behind):
        return True
    return grown and bool(cues["child.before"].search(before) or cues["child.behind"].search(behind))


def is_grown(document: Document, ages: Sequence[Mention]) -> bool:
    """True where the first age that a report tells is a grown person's, and not a mother's in the story of her baby."""
    first = next((m for m in ages if isinstance(m.value, AgeValue)), None)
    if first is None or not isinstance(first.value, AgeValue) or first.value.years < _GROWN:
        return False
    return not load_cues("others")["child"].search(_sentence_of(document, first))


def _sentence_of(document: Document, place: Span) -> str:
    return next((document.slice(s) for s in document.sentences if s.start <= place.start < s.end), "")
