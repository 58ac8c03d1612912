"""Which regimen a response or an event answers to."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.datamodel import Mention, Regimen, Span
from pipeline.datamodel.values import ConditionName, TherapyName
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_BEHIND = ("prophylaxis", "premedication", "concomitant", "supportive", "culprit")
_PREVENTS = ("prophylaxis", "premedication")
_JUST_TOLD = 2  # sentences back in which what followed on a withdrawn therapy is told
_AROUND = 60  # characters around a drug in which words tell that it was not given
_STORIES = ("title", "abstract", "introduction", "case", "methods", "results", "discussion", "conclusion", "other")
_TOGETHER = 3  # sentences before a turn in which what was begun is answered together
_REACH_BACK = 12  # sentences back in which the therapy that a response answers to was last named


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The regimen's number within its case, the therapies it holds, and whether another one was as near."""

    group: int | None = None
    therapies: tuple[str, ...] = ()
    sure: bool = True
    rule: str = "link:none"

    def __bool__(self) -> bool:
        return bool(self.therapies)


def names_of(mention: Mention) -> tuple[str, ...]:
    """Preferred names of a therapy mention: its components' where it is a combination."""
    if not isinstance(mention.value, TherapyName):
        return ()
    return tuple(c.name for c in mention.value.components) or (mention.value.name,)


def names_of_condition(mention: Mention) -> set[str]:
    """By which names a condition is the same again: its own, its CTCAE term's and its words; none of other mentions."""
    if not isinstance(mention.value, ConditionName):
        return set()
    return {mention.value.name, mention.value.ctcae_term, mention.text.casefold()} - {""}


def answer_by_names(regimens: Sequence[Regimen], names: Sequence[str], at: Span, rule: str) -> Answer:
    """The regimen of one patient that holds one of ``names``, told nearest before ``at``."""
    holding = [r for r in regimens if r.therapy in names]
    if not holding:
        return Answer(therapies=tuple(dict.fromkeys(names)), rule=rule)
    before = [r for r in holding if r.start <= at.start]
    nearest = max(before, key=lambda r: r.start) if before else min(holding, key=lambda r: r.start)
    partners = [name for name in names if any(r.therapy == name for r in holding)]
    return Answer(group=nearest.group, therapies=tuple(dict.fromkeys(partners)), rule=rule)


def answer_by_place(scene: Scene, regimens: Sequence[Regimen], at: Span, well: bool = False) -> Answer:
    """The regimen last told before ``at`` in the same story, given against the disease, not beside it.

    One that is told behind ``at`` in the same sentence came after it: ``the fever persisted and vancomycin was added``.

    Args:
        scene: the document.
        regimens: of one patient.
        at: what answers to it.
        well: the patient got well: then not by a therapy that its harm put an end to, where one is told behind that.
    """
    here = scene.sentence_index(at)
    told = _told(scene, regimens, scene.sentence(max(here - _REACH_BACK, 0)).start, at)
    main = [entry for entry in told if is_against_the_disease(entry[1])]
    if told and not main:
        story = next((s.start for s in scene.document.sections if s.covers(at)), 0)
        main = [entry for entry in _told(scene, regimens, story, at) if is_against_the_disease(entry[1])]
    chosen = max(_specific(main) or told, key=lambda entry: entry[0], default=None)
    if chosen is None:
        return Answer()
    if well and _is_taken_away(chosen[1]):
        near = max(chosen[0], scene.sentence(max(here - _JUST_TOLD, 0)).start)
        behind = [entry for entry in told if entry[0] > near and not _is_meant_for_others(entry[1])]
        if behind:
            then = max(behind, key=lambda entry: entry[0])[1]
            return Answer(group=then.group, therapies=(then.therapy,), rule="link:last_told")
    group = chosen[1].group
    alone = len({r.group for _, r in main or told}) == 1
    beside = {group} | (_begun_with(scene, main, chosen, at) if well else set())
    therapies = tuple(dict.fromkeys(r.therapy for r in regimens if r.group in beside and r.role not in _BEHIND))
    return Answer(group=group, therapies=therapies or (chosen[1].therapy,), sure=alone, rule="link:last_told")


def _begun_with(
    scene: Scene, told: Sequence[tuple[int, Regimen]], chosen: tuple[int, Regimen], at: Span
) -> set[int | None]:
    """The regimens of one kind and role told close to the one told last and since the last turn: answered together."""
    turns = [m for m in scene.labelled("RESPONSE") if m.end <= chosen[0] and m.assertion == "affirmed"]
    since = max(turns[-1].end if turns else 0, scene.sentence(max(scene.sentence_index(at) - _TOGETHER, 0)).start)
    like = (chosen[1].therapy_type, chosen[1].role)
    return {
        r.group
        for place, r in told
        if place > since and (r.therapy_type, r.role) == like and r.status not in ("stopped", "completed")
    }


def _is_taken_away(regimen: Regimen) -> bool:
    return regimen.status == "stopped" and regimen.stop_reason == "toxicity"


def _is_meant_for_others(regimen: Regimen) -> bool:
    return regimen.role in _PREVENTS or bool(load_cues("role")["usual_supportive"].search(regimen.therapy))


def answer_behind(scene: Scene, regimens: Sequence[Regimen], at: Span) -> Answer:
    """``The symptoms stabilized during treatment with dapsone``: the therapy that the sentence goes on to name."""
    index = scene.sentence_index(at)
    for mention in scene.within(index, "DRUG", "THERAPY"):
        between = scene.document.text[at.end : mention.start] if mention.start >= at.end else ""
        names = [n for n in names_of(mention) if any(r.therapy == n for r in regimens)]
        if names and load_cues("answers")["under"].search(between) and not is_named_only(scene, mention):
            return answer_by_names(regimens, names, mention, "link:told_behind")
    return Answer()


def specific_names(scene: Scene, regimens: Sequence[Regimen], therapy: Mention, at: Span) -> tuple[str, ...]:
    """What ``therapy`` means: of ``surgery`` the operation told before, of ``a JAK inhibitor`` the drug beside it."""
    names, value = names_of(therapy), therapy.value
    held = {r.therapy for r in regimens}
    if not isinstance(value, TherapyName) or (held & set(names) and not _is_umbrella(value.name)):
        return names
    story = next((s.start for s in scene.document.sections if s.covers(at)), 0)
    plain = any(m.end <= at.start and m.value == value for m in scene.made_plain)
    beside = value.therapy_type == "drug" and not plain
    start = scene.sentence(scene.sentence_index(therapy)).start if beside else story
    told = [
        entry
        for entry in _told(scene, regimens, start, at)
        if entry[1].therapy_type == value.therapy_type and is_against_the_disease(entry[1])
    ]
    exact = [entry for entry in told if not _is_umbrella(entry[1].therapy)]
    if not exact or not (_is_umbrella(value.name) or value.is_class):
        return names
    group = max(exact, key=lambda entry: entry[0])[1].group
    return tuple(dict.fromkeys(r.therapy for r in regimens if r.group == group))


def _is_umbrella(name: str) -> bool:
    return load_cues("administration")["umbrella"].regex.fullmatch(name) is not None


def _told(scene: Scene, regimens: Sequence[Regimen], start: int, at: Span) -> list[tuple[int, Regimen]]:
    """The regimens whose therapies are told as given between ``start`` and ``at``, each with its place.

    A figure's caption in between tells of other times than the story that it interrupts.
    """
    if start >= at.start:
        return []
    own = scene.sentence(scene.sentence_index(at)).section
    return [
        (mention.start, regimen)
        for mention in scene.inside(Span(start=start, end=at.start), "DRUG", "THERAPY")
        if mention.assertion == "affirmed"
        and scene.attribution_of(mention).kind == "patient"
        and scene.sentence(scene.sentence_index(mention)).section in (own, *_STORIES)
        and not is_named_only(scene, mention)
        for names in [names_of(mention)]
        for regimen in regimens
        if regimen.therapy in names
    ]


def is_named_only(scene: Scene, mention: Mention) -> bool:
    """``Sensitive to linezolid``, ``insulin levels``: words around a drug that tell of no giving."""
    text, cues = scene.document.text, load_cues("not_therapy")
    before = text[max(mention.start - _AROUND, 0) : mention.start]
    return bool(cues["before"].search(before) or cues["after"].search(text[mention.end : mention.end + _AROUND]))


def is_against_the_disease(regimen: Regimen) -> bool:
    """True for what is given against a disease, not beside it, whatever the disease is."""
    beside = load_cues("role")["usual_supportive"], load_cues("answers")["beside"]
    return (
        regimen.role not in _BEHIND
        and regimen.therapy_type != "transfusion"
        and not beside[0].search(regimen.therapy)
        and (regimen.role == "index" or not beside[1].search(regimen.therapy))
    )


def _specific(told: Sequence[tuple[int, Regimen]]) -> list[tuple[int, Regimen]]:
    """Without the umbrella words (``surgery``, ``chemotherapy``) where a therapy that they can mean is told."""
    kinds = {regimen.therapy_type for _, regimen in told if not _is_umbrella(regimen.therapy)}
    return [entry for entry in told if not _is_umbrella(entry[1].therapy) or entry[1].therapy_type not in kinds]
