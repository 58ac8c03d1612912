"""Outcomes of events: the rash that a drug caused and that cleared is told with the rash, not as a response."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.datamodel import Mention, Regimen, Response, Toxicity
from pipeline.datamodel.values import AnalyteName
from pipeline.linking.answers import names_of_condition
from pipeline.linking.clauses import clause_at
from pipeline.linking.cues import load_cues
from pipeline.linking.merging import NARRATIVE, same_turn
from pipeline.linking.scene import Scene

_ENDS = ("resolved", "improved")
_REACH = 70  # characters between an event and the words that tell how it went


def without_outcomes(
    scene: Scene, responses: Sequence[Response], toxicities: Sequence[Toxicity]
) -> tuple[Response, ...]:
    """The responses that tell of the disease; what became of a patient's adverse events is left out."""
    return tuple(r for r in responses if not _is_outcome(scene, r, toxicities))


def as_retold(responses: Sequence[Response]) -> tuple[Response, ...]:
    """Tellings around the story without a therapy that they only stand near, where the story tells the same turn.

    Which therapy it was, the story knows better than a discussion that compares therapies.
    """
    story = [r for r in responses if r.section in NARRATIVE and r.attribution == "patient"]
    return tuple(
        replace(row, therapies=(), group=None)
        if row.section not in NARRATIVE
        and row.attribution == "patient"
        and row.rules[-1] == "link:last_told"
        and any(r.case == row.case and same_turn(r, row) for r in story)
        else row
        for row in responses
    )


def withdrawn(regimens: Sequence[Regimen], toxicities: Sequence[Toxicity]) -> tuple[Regimen, ...]:
    """The regimens, with those that an event put an end to told as stopped for it.

    ``Dapsone-induced rash was suspected. The drug was withdrawn``: the end is told of the event, not of the regimen.
    """
    ended: set[int] = set()
    for event in toxicities:
        if event.attribution != "patient" or event.assertion != "affirmed" or event.action_taken != "withdrawn":
            continue
        mine = [
            i
            for i, r in enumerate(regimens)
            if r.case == event.case and r.attribution == "patient" and r.therapy in event.therapies
        ]
        ended.update(mine[-1:])
    return tuple(
        replace(r, status="stopped", stop_reason="toxicity")
        if i in ended and r.status in ("unknown", "stopped") and r.stop_reason is None
        else r
        for i, r in enumerate(regimens)
    )


def _is_outcome(scene: Scene, row: Response, toxicities: Sequence[Toxicity]) -> bool:
    if row.attribution != "patient" or row.category not in _ENDS:
        return False
    earlier = [t for t in toxicities if t.case == row.case and t.attribution == "patient" and t.assertion == "affirmed"]
    subject = _subject(scene, row)
    if subject is None or subject.assertion == "negated" or not earlier:
        return False
    names = _names(subject)
    return any(names & {t.term, t.term_text.casefold()} for t in earlier if t.start < row.end)


def _subject(scene: Scene, row: Response) -> Mention | None:
    """What is said to have cleared: the condition told last before the words, or behind ``resolution of``."""
    index = scene.sentence_index(row)
    clause = clause_at(scene.document, scene.sentence(index), row)
    named = [
        m for m in scene.within(index, "CONDITION", "TOXICITY", "ANALYTE") if m.text in clause and not m.overlaps(row)
    ]
    behind = next((m for m in named if m.start >= row.end), None)
    if behind and load_cues("response")["of_what"].regex.fullmatch(scene.document.text[row.end : behind.start]):
        return behind
    before = [m for m in named if m.end <= row.start and row.start - m.end <= _REACH]
    return before[-1] if before else None


def _names(subject: Mention) -> set[str]:
    return {subject.value.name} if isinstance(subject.value, AnalyteName) else names_of_condition(subject)
