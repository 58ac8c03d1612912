"""Toxicities: adverse events that the text ties to a therapy; complications of the disease are none."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from pipeline.datamodel import Mention, Regimen, Span, Toxicity
from pipeline.datamodel.values import GradeValue, Quantity
from pipeline.datamodel.vocabulary import ActionTaken, Causality, Challenge, Outcome
from pipeline.linking.answers import answer_by_names, answer_by_place, names_of
from pipeline.linking.blame import Event, events
from pipeline.linking.clauses import clause_at
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene
from pipeline.linking.timeline import Timeline

T = TypeVar("T")

_OUTCOMES: dict[str, Outcome] = {
    "fatal": "fatal",
    "not_recovered": "not_recovered",
    "sequelae": "sequelae",
    "recovered": "recovered",
    "recovering": "recovering",
}
_ACTIONS: dict[str, ActionTaken] = {
    "withdrawn": "withdrawn",
    "interrupted": "interrupted",
    "dose_reduced": "dose_reduced",
}
_CAUSALITIES: dict[str, Causality] = {"unrelated": "unrelated", "suspected": "suspected", "related": "related"}


def build_toxicities(
    scene: Scene, regimens: Sequence[Regimen], timeline: Timeline, treated: Sequence[str]
) -> tuple[Toxicity, ...]:
    """All toxicity rows in the order of their quotes, one a telling (merged later).

    Args:
        scene: the document.
        regimens: its regimen rows, which the events answer to.
        timeline: the patients' index courses.
        treated: names of the diseases under treatment (lower case); they are no events of it.
    """
    rows: list[Toxicity] = []
    for event in events(scene, treated):
        attributed = scene.attribution_of(event.mention)
        for case in scene.cases_of(event.mention):
            mine = [r for r in regimens if r.case == case]
            rows.append(_of_patient(scene, event, mine, (case, timeline)))
        if attributed.kind == "cohort":
            rows.extend(_of_cohort(scene, event))
    return tuple(rows)


def _of_patient(scene: Scene, event: Event, regimens: Sequence[Regimen], told: tuple[int, Timeline]) -> Toxicity:
    case, timeline = told
    mention, index = event.mention, scene.sentence_index(event.mention)
    if event.therapies:
        answer = answer_by_names(regimens, event.therapies, mention, event.rule)
    else:
        answer = answer_by_place(scene, regimens, mention)
    clause = clause_at(scene.document, scene.sentence(index), mention)
    around = _around(scene, index)
    moment = timeline.moment(scene, case, mention)
    grade = _grade(scene, index, mention)
    return Toxicity(
        start=mention.start,
        end=mention.end,
        quote=mention.text,
        section=scene.sentence(index).section,
        case=case,
        assertion=mention.assertion,
        cue=scene.attribution_of(event.mention).cue,
        rules=(mention.rule, event.rule, answer.rule),
        flags=() if answer.sure else ("ambiguous_link",),
        group=answer.group,
        therapies=answer.therapies,
        term=event.condition.ctcae_term or event.condition.name,
        term_text=mention.text,
        term_code=event.condition.code,
        soc=event.condition.soc,
        grade=grade,
        grade_source="stated" if grade else None,
        causality=_first(_CAUSALITIES, clause) or "not_stated",
        onset_days=moment.days if moment.days is not None and moment.days >= 0 else None,
        serious=True if load_cues("toxicity")["serious"].search(around) else None,
        action_taken=_first(_ACTIONS, around) or "not_stated",
        treatment=_treatment(scene, index, answer.therapies),
        outcome=_first(_OUTCOMES, around) or "unknown",
        dechallenge=_dechallenge(around),
        rechallenge=_rechallenge(around),
    )


def _around(scene: Scene, index: int) -> str:
    """The event's sentence and the next one of the same patient's story."""
    following = index + 1
    if following < len(scene.attributed) and scene.attributed[following].kind == "patient":
        return f"{scene.words(index)} {scene.words(following)}"
    return scene.words(index)


def _first(outcomes: Mapping[str, T], words: str) -> T | None:
    cues = load_cues("toxicity")
    return next((outcome for name, outcome in outcomes.items() if cues[name].search(words)), None)


def _grade(scene: Scene, index: int, mention: Mention) -> int | None:
    """The grade stated next to the event, nearer to it than to any other event of the sentence."""
    events = scene.within(index, "TOXICITY", "CONDITION")
    for grade in scene.within(index, "GRADE"):
        nearest = min(events, key=lambda m: _gap(m, grade), default=None)
        if nearest is not None and nearest.start == mention.start and isinstance(grade.value, GradeValue):
            return grade.value.high
    return None


def _gap(a: Span, b: Span) -> int:
    return max(a.start, b.start) - min(a.end, b.end)


def _treatment(scene: Scene, index: int, suspected: Sequence[str]) -> tuple[str, ...]:
    """Drugs of the sentence or the next that treat the event."""
    found: list[str] = []
    for place in (index, index + 1):
        if place >= len(scene.attributed):
            break
        for relation in scene.relations:
            if relation.label == "TREATS" and scene.sentence_index(relation.head) == place:
                found.extend(n for n in names_of(relation.head) if n not in suspected)
    return tuple(dict.fromkeys(found))


def _dechallenge(around: str) -> Challenge | None:
    cues = load_cues("toxicity")
    if not (cues["withdrawn"].search(around) or cues["interrupted"].search(around)):
        return None
    if cues["not_recovered"].search(around):
        return "negative"
    return "positive" if cues["recovered"].search(around) or cues["recovering"].search(around) else None


def _rechallenge(around: str) -> Challenge | None:
    cues = load_cues("toxicity")
    if not cues["rechallenge"].search(around):
        return None
    return "positive" if cues["recurred"].search(around) else None


def _of_cohort(scene: Scene, event: Event) -> Iterator[Toxicity]:
    """An event of a cohort that comes with its incidence."""
    index = scene.sentence_index(event.mention)
    percents = [m for m in scene.within(index, "VALUE") if isinstance(m.value, Quantity) and m.value.unit == "%"]
    if not percents:
        return
    nearest = min(percents, key=lambda m: _gap(m, event.mention))
    start, end = min(nearest.start, event.mention.start), max(nearest.end, event.mention.end)
    assert isinstance(nearest.value, Quantity)
    yield Toxicity(
        start=start,
        end=end,
        quote=scene.document.text[start:end],
        section=scene.sentence(index).section,
        attribution="cohort",
        cue=scene.attribution_of(event.mention).cue,
        rules=(event.mention.rule, nearest.rule),
        therapies=event.therapies,
        term=event.condition.ctcae_term or event.condition.name,
        term_text=event.mention.text,
        term_code=event.condition.code,
        soc=event.condition.soc,
        incidence_low=nearest.value.low,
        incidence_high=nearest.value.high,
    )
