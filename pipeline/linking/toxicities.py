"""Toxicities: adverse events that the text ties to a therapy; complications of the disease are none."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.datamodel import Mention, Regimen, Toxicity
from pipeline.datamodel.values import Count, TherapyName
from pipeline.datamodel.vocabulary import Causality, Challenge
from pipeline.lexicon import Lexicons
from pipeline.linking._toxicities.aftermath import Aftermath
from pipeline.linking._toxicities.blame import COMPOUND, Event, denials, events
from pipeline.linking._toxicities.incidences import cohort_toxicities
from pipeline.linking.answers import Answer, answer_by_names, answer_by_place
from pipeline.linking.clauses import clause_at
from pipeline.linking.cues import load_cues
from pipeline.linking.grades import Grading
from pipeline.linking.scene import Scene
from pipeline.linking.timeline import Timeline, since_therapy

_CAUSALITIES: dict[str, Causality] = {"unrelated": "unrelated", "suspected": "suspected", "related": "related"}
# Ways to an event that are no more than a place in the story: without a therapy they say nothing.
_LOOSE = ("link:last_told", "link:culprit", "link:none")
_BY_PLACE = ("link:by_nature", "link:onset")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the rows of a document are built with.

    Attributes:
        treated: names of the diseases under treatment (lower case); they are no events of it.
        grading: grades by laboratory values.
    """

    timeline: Timeline
    treated: tuple[str, ...]
    grading: Grading

    @property
    def lexicons(self) -> Lexicons:
        """The lexicons that the grading uses."""
        return self.grading.lexicons


def build_toxicities(scene: Scene, regimens: Sequence[Regimen], frame: Frame) -> tuple[Toxicity, ...]:
    """All toxicity rows in the order of their quotes, one a telling (merged later).

    Args:
        scene: the document.
        regimens: its regimen rows, which the events answer to.
        frame: what else the rows are built with.
    """
    found = events(scene, frame.treated, frame.lexicons)
    rows = [
        row
        for event in found
        for case in scene.cases_of(event.mention)
        if (row := _of_patient(scene, event, (case, [r for r in regimens if r.case == case]), frame)) is not None
    ]
    rows = _agreed(rows)
    rows.extend(
        _denied(scene, event, case, regimens) for event in denials(scene) for case in scene.cases_of(event.mention)
    )
    rows.extend(cohort_toxicities(scene, found))
    return tuple(sorted(_specific(rows), key=lambda r: (r.start, r.end, r.case or 0)))


def _agreed(rows: Sequence[Toxicity]) -> list[Toxicity]:
    """All tellings of one event of one patient with the therapies that are blamed for it most often.

    A telling that blames a therapy in so many words counts more than one that blames it by its place.
    """
    votes: dict[tuple[int | None, str], Counter[tuple[int | None, tuple[str, ...]]]] = defaultdict(Counter)
    for row in rows:
        if row.therapies:
            votes[row.case, row.term][row.group, row.therapies] += 1 if row.rules[-1] in _LOOSE else 3
    agreed = {key: max(found.items(), key=lambda vote: vote[1])[0] for key, found in votes.items()}
    settled = []
    for row in rows:
        group, therapies = agreed.get((row.case, row.term), (row.group, row.therapies))
        settled.append(replace(row, group=group, therapies=therapies))
    return settled


def _specific(rows: Sequence[Toxicity]) -> Iterator[Toxicity]:
    """``Adverse effects`` say nothing beside the effects that are named of the same patient."""
    general = load_cues("blame")["general"]
    named = {r.case for r in rows if r.assertion != "negated" and not general.regex.fullmatch(r.term_text)}
    for row in rows:
        if (
            row.attribution != "patient"
            or row.assertion == "negated"
            or row.case not in named
            or not general.regex.fullmatch(row.term_text)
        ):
            yield row


def _of_patient(scene: Scene, event: Event, told: tuple[int, list[Regimen]], frame: Frame) -> Toxicity | None:
    case, regimens = told
    mention, index = event.mention, scene.sentence_index(event.mention)
    answer = _answer(scene, event, regimens)
    if event.rule in _BY_PLACE and not answer.therapies:
        return None
    term = event.condition.ctcae_term or event.condition.name
    grade = frame.grading.of(scene, mention, term)
    after = Aftermath.of(scene, event, answer.therapies, frame.grading.analytes(term))
    action, outcome = after.action(regimens) or "not_stated", after.outcome() or "unknown"
    return replace(
        _bare(scene, event, case, answer),
        assertion=mention.assertion,
        flags=(*(() if answer.sure else ("ambiguous_link",)), *(("grade_conflict",) if grade.conflict else ())),
        notes=(f"grade_conflict: {grade.conflict}",) if grade.conflict else (),
        grade=grade.grade,
        grade_source=grade.source,
        causality=_causality(event),
        onset_days=_onset(scene, event, case, (regimens, answer, frame.timeline)),
        serious=True if outcome == "fatal" else after.serious(),
        action_taken=action,
        treatment=after.treatment(),
        outcome=outcome,
        dechallenge=_dechallenge(action, outcome),
        rechallenge=after.rechallenge(),
        section=scene.sentence(index).section,
    )


def _bare(scene: Scene, event: Event, case: int, answer: Answer) -> Toxicity:
    """The row with its event and its suspected therapies alone."""
    return Toxicity(
        start=event.mention.start,
        end=event.mention.end,
        quote=event.mention.text,
        section=scene.sentence(scene.sentence_index(event.mention)).section,
        case=case,
        cue=scene.attribution_of(event.mention).cue,
        rules=(event.mention.rule, event.rule, answer.rule),
        group=answer.group,
        therapies=answer.therapies,
        term=event.condition.ctcae_term or event.condition.name,
        term_text=event.mention.text,
        term_code=event.condition.code,
        soc=event.condition.soc,
    )


def _denied(scene: Scene, event: Event, case: int, regimens: Sequence[Regimen]) -> Toxicity:
    answer = answer_by_place(scene, [r for r in regimens if r.case == case], event.mention)
    return replace(_bare(scene, event, case, answer), assertion="negated")


def _answer(scene: Scene, event: Event, regimens: Sequence[Regimen]) -> Answer:
    """The named therapies; else the culprit of the report, or the therapy that was told last."""
    classes = _classes(scene, scene.sentence_index(event.mention))
    if event.therapies and not (classes and all(n in classes for n in event.therapies)):
        return answer_by_names(regimens, event.therapies, event.mention, event.rule)
    culprits = tuple(dict.fromkeys(r.therapy for r in regimens if r.role == "culprit"))
    if culprits:
        return answer_by_names(regimens, culprits, event.mention, "link:culprit")
    placed = answer_by_place(scene, regimens, event.mention)
    held = {r.therapy for r in regimens}
    drugs = {r.therapy for r in regimens if r.therapy_type == "drug"}
    blamed = event.therapies and not _are_of(placed.therapies, event.therapies)
    if blamed or (event.therapies and (not drugs & set(placed.therapies) or held & set(event.therapies))):
        return answer_by_names(regimens, event.therapies, event.mention, event.rule)
    return placed


def _are_of(names: Sequence[str], classes: Sequence[str]) -> bool:
    """Whether one of the names is a member of a class, as far as the members are known."""
    cues = load_cues("umbrellas")
    known = [cues[f"members.{name}"] for name in classes if f"members.{name}" in cues]
    return not known or any(cue.search(name) for cue in known for name in names)


def _classes(scene: Scene, index: int) -> set[str]:
    """The names in a sentence that mean a class of drugs (``antibiotics``), not one drug."""
    return {m.value.name for m in scene.within(index, "DRUG") if isinstance(m.value, TherapyName) and m.value.is_class}


def _causality(event: Event) -> Causality:
    """How sure the text is of the cause, by the words between the therapy and the event and just around them."""
    cues = load_cues("toxicity")
    if event.cue == COMPOUND:  # ``methotrexate pneumonitis`` bears its cause in its name
        return "suspected" if cues["suspected"].search(event.words) else "related"
    return next((told for name, told in _CAUSALITIES.items() if cues[name].search(event.words)), "not_stated")


def _onset(scene: Scene, event: Event, case: int, told: tuple[Sequence[Regimen], Answer, Timeline]) -> float | None:
    """Days from the start of treatment to the event, as far as its sentence tells."""
    regimens, answer, timeline = told
    mention = event.mention
    moment = timeline.moment(scene, case, mention)
    if moment.days is not None and moment.days >= 0 and not load_cues("phase")["follow_up"].search(moment.text):
        return moment.days
    clause = clause_at(scene.document, scene.sentence(scene.sentence_index(mention)), mention)
    if event.rule != "link:stopped_for" and load_cues("toxicity")["soon_after"].search(clause):
        return 0.0
    doses = _after_doses(scene, mention, [r for r in regimens if r.therapy in answer.therapies])
    return since_therapy(scene, mention, answer.therapies) if doses is None else doses


def _after_doses(scene: Scene, mention: Mention, regimens: Sequence[Regimen]) -> float | None:
    """``after two doses``: not before the last of them was given, at the interval that is told of the therapy."""
    interval = next((7 / r.per_week for r in regimens if r.per_week), None)
    for count in scene.within(scene.sentence_index(mention), "CYCLES"):
        before = scene.document.text[max(count.start - 12, 0) : count.start]
        if isinstance(count.value, Count) and interval and load_cues("toxicity")["after"].search(before):
            return round((count.value.low - 1) * interval, 2)
    return None


def _dechallenge(action: str, outcome: str) -> Challenge | None:
    """Whether the event went when the therapy was taken away."""
    if action not in ("withdrawn", "interrupted"):
        return None
    if outcome in ("recovered", "recovering"):
        return "positive"
    return "negative" if outcome == "not_recovered" else None
