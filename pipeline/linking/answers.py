"""Which regimen a response or an event answers to."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.datamodel import Mention, Regimen, Span
from pipeline.datamodel.values import TherapyName
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_BEHIND = ("prophylaxis", "premedication", "concomitant", "supportive", "culprit")
_REACH_BACK = 12  # sentences back in which the therapy that a response answers to was last named


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The regimen's number within its case, the therapies it holds, and whether another one was as near."""

    group: int | None = None
    therapies: tuple[str, ...] = ()
    sure: bool = True
    rule: str = "link:none"


def names_of(mention: Mention) -> tuple[str, ...]:
    """Preferred names of a therapy mention: its components' where it is a combination."""
    if not isinstance(mention.value, TherapyName):
        return ()
    return tuple(c.name for c in mention.value.components) or (mention.value.name,)


def answer_by_names(regimens: Sequence[Regimen], names: Sequence[str], at: Span, rule: str) -> Answer:
    """The regimen of one patient that holds one of ``names``, told nearest before ``at``."""
    holding = [r for r in regimens if r.therapy in names]
    if not holding:
        return Answer(therapies=tuple(dict.fromkeys(names)), rule=rule)
    before = [r for r in holding if r.start <= at.start]
    nearest = max(before, key=lambda r: r.start) if before else min(holding, key=lambda r: r.start)
    partners = [r.therapy for r in regimens if r.group == nearest.group and r.therapy in names]
    return Answer(group=nearest.group, therapies=tuple(dict.fromkeys(partners or [nearest.therapy])), rule=rule)


def answer_by_place(scene: Scene, regimens: Sequence[Regimen], at: Span) -> Answer:
    """The regimen last told before ``at`` in the same story, given against the disease, not beside it."""
    here = scene.sentence_index(at)
    told: list[tuple[int, Regimen]] = []
    for mention in scene.labelled("DRUG", "THERAPY"):
        index = scene.sentence_index(mention)
        if (mention.start >= at.start and index != here) or not here - _REACH_BACK <= index <= here:
            continue
        if mention.assertion == "affirmed" and scene.attribution_of(mention).kind == "patient":
            names = names_of(mention)
            told.extend((mention.start, r) for r in regimens if r.therapy in names)
    relieves = load_cues("role")["usual_supportive"]
    main = [
        (start, r)
        for start, r in told
        if r.role not in _BEHIND and r.therapy_type != "transfusion" and not relieves.search(r.therapy)
    ]
    chosen = max(main or told, key=lambda entry: entry[0], default=None)
    if chosen is None:
        return Answer()
    group = chosen[1].group
    alone = len({r.group for _, r in main or told}) == 1
    therapies = tuple(dict.fromkeys(r.therapy for r in regimens if r.group == group and r.role not in _BEHIND))
    return Answer(group=group, therapies=therapies or (chosen[1].therapy,), sure=alone, rule="link:last_told")
