"""Responses: what a therapy did to the disease, in this patient or in a cohort."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.datamodel import Mention, Regimen, Response
from pipeline.datamodel.values import Period, ResponseValue, TimePoint
from pipeline.datamodel.vocabulary import Compartment
from pipeline.linking._responses.subject import is_first_finding, is_told_of_the_disease
from pipeline.linking.answers import (
    Answer,
    answer_behind,
    answer_by_names,
    answer_by_place,
    is_named_only,
    specific_names,
)
from pipeline.linking.clauses import clause_at
from pipeline.linking.cohorts import cohort_responses
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene
from pipeline.linking.timeline import Moment, Timeline, since_therapy

_COMPARTMENTS: dict[str, Compartment] = {
    "overall": "overall",
    "skin": "skin",
    "marrow": "marrow",
    "molecular": "molecular",
    "imaging": "imaging",
    "nodes": "nodes",
    "blood": "blood",
    "symptom": "symptom",
}

_LASTING = ("no_evidence", "free_of")  # what has not come back for that long


def build_responses(scene: Scene, regimens: Sequence[Regimen], timeline: Timeline) -> tuple[Response, ...]:
    """All response rows of the document in the order of their quotes, one a telling (merged later)."""
    return tuple(
        sorted(
            [*_of_patients(scene, regimens, timeline), *cohort_responses(scene)],
            key=lambda r: (r.start, r.end, r.case or 0),
        )
    )


def _of_patients(scene: Scene, regimens: Sequence[Regimen], timeline: Timeline) -> Iterator[Response]:
    by_case: dict[int | None, list[Regimen]] = defaultdict(list)
    for regimen in regimens:
        by_case[regimen.case].append(regimen)
    for mention in scene.labelled("RESPONSE"):
        attributed = scene.attribution_of(mention)
        if not isinstance(mention.value, ResponseValue) or attributed.kind != "patient":
            continue
        if not is_told_of_the_disease(scene, mention, mention.value):
            continue
        for case in scene.cases_of(mention):
            mine = by_case[case]
            if is_first_finding(scene, mine, mention, mention.value):
                continue
            told = (case, _answer(scene, mine, mention), timeline.moment(scene, case, mention))
            for value in _by_compartment(mention.text, mention.value):
                yield _response(scene, mention, value, told)


def _by_compartment(words: str, value: ResponseValue) -> list[ResponseValue]:
    """``complete haematologic and radiologic response`` is one in each of the compartments that it names."""
    named = [c for name, cue in load_cues("compartment").items() if cue.search(words) and (c := _COMPARTMENTS[name])]
    return [replace(value, compartment=c) for c in named] if len(named) > 1 and " and " in words else [value]


def _answer(scene: Scene, regimens: Sequence[Regimen], mention: Mention) -> Answer:
    led_to = _led_to(scene, mention)
    if led_to is not None:
        return answer_by_place(scene, regimens, led_to)
    tails = [_meant(scene, tail, mention) for tail in scene.tails_of(mention, "RESPONSE_TO")]
    tied = [
        name
        for tail in tails
        if not is_named_only(scene, tail)
        for name in specific_names(scene, regimens, tail, mention)
    ]
    if tied:
        return answer_by_names(regimens, tied, mention, "link:response_to")
    return answer_by_place(scene, regimens, mention, well=_is_well(mention)) or answer_behind(scene, regimens, mention)


def _led_to(scene: Scene, mention: Mention) -> Mention | None:
    """``Radiotherapy was given for recurrence``: the therapy that the turn led to; what it answers to came before."""
    if not isinstance(mention.value, ResponseValue) or mention.value.category not in ("relapse", "PD", "NR"):
        return None
    text = scene.document.text
    before = [m for m in scene.within(scene.sentence_index(mention), "DRUG", "THERAPY") if m.end <= mention.start]
    if not before or not load_cues("answers")["for_a_turn"].search(text[before[-1].end : mention.start]):
        return None
    first = before[-1]
    for other in reversed(before[:-1]):
        if not load_cues("answers")["listed"].search(text[other.end : first.start]):
            break
        first = other
    return first


def _meant(scene: Scene, therapy: Mention, mention: Mention) -> Mention:
    """``It resolved after changing natamycin to micafungin``: what another gave way to is meant, not the other."""
    text, cues = scene.document.text, load_cues("answers")
    sentence = scene.sentence(scene.sentence_index(therapy))
    others = [m for m in scene.within(scene.sentence_index(therapy), "DRUG", "THERAPY") if m.start >= therapy.end]
    if not others or not _is_well(mention):
        return therapy
    before, behind = text[sentence.start : therapy.start], text[therapy.end : sentence.end]
    gave_way = cues["gives_way"].search(behind) or (cues["changing"].search(before) and cues["into"].search(behind))
    return others[0] if gave_way else therapy


def _is_stable(mention: Mention) -> bool:
    return isinstance(mention.value, ResponseValue) and mention.value.category == "SD"


def _is_well(mention: Mention) -> bool:
    return isinstance(mention.value, ResponseValue) and mention.value.category in ("improved", "resolved", "CR")


def _response(scene: Scene, mention: Mention, value: ResponseValue, told: tuple[int, Answer, Moment]) -> Response:
    case, answer, moment = told
    attributed = scene.attribution_of(mention)
    index = scene.sentence_index(mention)
    clause = clause_at(scene.document, scene.sentence(index), mention)
    duration, ongoing = _lasting(scene, mention, clause)
    onset = _onset(value, moment)
    since = since_therapy(scene, mention, answer.therapies) if onset is None else None
    if mention.rule.endswith(_LASTING):
        duration = since if duration is None else duration
    elif value.category != "death":
        onset = since if onset is None else onset
    return Response(
        start=mention.start,
        end=mention.end,
        quote=mention.text,
        section=scene.sentence(index).section,
        case=case,
        attribution="patient",
        assertion=mention.assertion,
        cue=attributed.cue,
        rules=(mention.rule, answer.rule),
        flags=() if answer.sure or not answer.therapies else ("ambiguous_link",),
        group=answer.group,
        therapies=answer.therapies,
        category=value.category,
        category_text=mention.text,
        criteria=_criteria(clause),
        compartment=value.compartment or compartment_near(clause, mention.text),
        value_low=value.low,
        value_high=value.high,
        unit="%" if value.low is not None else "",
        onset_days=onset,
        duration_days=duration,
        ongoing=ongoing,
    )


def _onset(value: ResponseValue, moment: Moment) -> float | None:
    """Days to the response; the time of a follow-up visit says how long it lasted, not when it came."""
    told = moment.days is not None and moment.days >= 0 and value.category != "death"
    return moment.days if told and not load_cues("phase")["follow_up"].search(moment.text) else None


def compartment_near(clause: str, words: str) -> Compartment:
    """The compartment that the clause names nearest to the response's words; ``overall`` where it names none."""
    place = max(clause.find(words), 0)
    found = [
        (max(match.start() - place - len(words), place - match.end(), 0), order, name)
        for order, (name, cue) in enumerate(load_cues("compartment").items())
        for match in cue.finditer(clause)
    ]
    return _COMPARTMENTS[min(found)[2]] if found else "overall"


def _criteria(clause: str) -> str:
    found = load_cues("criteria")["criteria"].search(clause)
    return found.group(0) if found else ""


def _lasting(scene: Scene, mention: Mention, clause: str) -> tuple[float | None, bool | None]:
    cues, index = load_cues("lasting"), scene.sentence_index(mention)
    if not cues["lasting"].search(clause):
        return None, None
    periods = [
        m.value
        for m in scene.within(index, "DURATION")
        if m.text in clause
        and isinstance(m.value, Period)
        and (m.start >= mention.end or _is_stable(mention) or not scene.tails_of(m, "DURATION_OF"))
    ]
    ongoing = True if cues["ongoing"].search(clause) else None
    watched = [
        m.value.days
        for m in scene.within(index, "TIME")
        if m.text in clause and isinstance(m.value, TimePoint) and m.value.days and cues["watched"].search(m.text)
    ]
    return (periods[0].high if periods else watched[0] if watched else None), ongoing
