"""What became of a course: its status, why it ended, and when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Period, TherapyName, TimePoint
from pipeline.datamodel.vocabulary import RegimenStatus, StopReason
from pipeline.linking._regimens.course import Course
from pipeline.linking.clauses import clause_at
from pipeline.linking.cues import Cue, load_cues
from pipeline.linking.scene import Scene
from pipeline.linking.umbrellas import can_be, refers_back

# "The treatment", "therapy", "the drug", "it": a therapy named by a word that stands for it, in the next sentence.
_STANDS_FOR = re.compile(
    r"\b(?:(?:the|this|his|her|all)\s+(?:treatment|therapy|drug|medication)s?|treatment|therapy|it|both)\b", re.I
)
_STATUSES: dict[str, RegimenStatus] = {
    "not_given": "not_given",
    "dose_reduced": "dose_reduced",
    "stopped": "stopped",
    "completed": "completed",
    "ongoing": "ongoing",
}
_AHEAD_CLASS = 12  # sentences in which a class that refers back still ends its members
_AHEAD = 5  # sentences in which a change of treatment still ends the therapy told last
_REACH = 90  # characters between a therapy and the verb that tells its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Status of a course with the reason and date of its end, as far as told."""

    status: RegimenStatus = "unknown"
    reason: StopReason | None = None
    date: str = ""
    duration_days: float | None = None


def ending_of(scene: Scene, course: Course, tellings: Sequence[Course]) -> Ending:
    """The last thing that the tellings of a course say of its end; of two, a stop outweighs the rest."""
    found = [ending for telling in tellings if (ending := _told(scene, telling)) is not None]
    stopped = [ending for ending in found if ending.status == "stopped"]
    told_why = [ending for ending in stopped if ending.reason is not None]
    chosen = (told_why or stopped or found or [Ending()])[-1]
    if chosen.status == "unknown" and any(t.mention.status == "stopped" for t in tellings):
        return Ending(status="stopped")
    return chosen


def was_in_vain(scene: Scene, tellings: Sequence[Course]) -> bool:
    """Does a clause that tells of the therapy say that it did not help?"""
    cue = load_cues("status")["in_vain"]
    return any(
        cue.search(clause_at(scene.document, scene.sentence(telling.sentence), telling.mention)) for telling in tellings
    )


def _told(scene: Scene, telling: Course) -> Ending | None:
    """From the telling's own sentence, else from the next one where that speaks of ``the treatment``."""
    own = _ending(scene, telling.sentence, telling.mention) or _switched(scene, telling) or _displaced(scene, telling)
    if own is not None and own.status != "ongoing":
        return own
    if (ended := _ended_by_class(scene, telling)) or own is not None:
        return ended or own
    following = telling.sentence + 1
    if following < len(scene.attributed) and _speaks_of_it(scene, following):
        return _ending(scene, following, None) or _superseded(scene, telling)
    return _superseded(scene, telling)


def _ended_by_class(scene: Scene, telling: Course) -> Ending | None:
    """``… with A and B. … The antibiotics were stopped``: a class that refers back ends its members."""
    section = scene.sentence(telling.sentence).section
    for index in range(telling.sentence, min(telling.sentence + _AHEAD_CLASS, len(scene.attributed))):
        sentence = scene.sentence(index)
        if sentence.section != section:
            return None
        for mention in scene.within(index, "DRUG", "THERAPY"):
            value = mention.value
            if mention.start <= telling.mention.start or not isinstance(value, TherapyName) or not value.is_class:
                continue
            ahead, behind = (
                scene.document.text[sentence.start : mention.start],
                scene.document.text[mention.end :][:_REACH],
            )
            if mention not in scene.made_plain and refers_back(ahead, behind) and can_be(value, telling.therapy):
                return _ending(scene, index, mention)
    return None


def _superseded(scene: Scene, telling: Course) -> Ending | None:
    """``… received A. She did not improve. We changed the regimen to B.``: A, told last, has ended."""
    within = scene.within(telling.sentence, "DRUG", "THERAPY")
    behind = [m for m in within if m.start > telling.mention.end]
    if any(not _coordinated(scene, within, telling.mention, m) for m in behind):
        return None
    for index in range(telling.sentence + 1, min(telling.sentence + _AHEAD, len(scene.attributed))):
        if scene.sentence(index).section != scene.sentence(telling.sentence).section:
            return None
        change = load_cues("status")["superseded"].search(scene.words(index))
        place = scene.sentence(index).start + change.start() if change else 0
        named = scene.within(index, "DRUG", "THERAPY")
        if any(isinstance(m.value, TherapyName) and m.value.name == telling.therapy.name for m in named):
            return None
        if change and not any(m.end <= place for m in named):
            return _as_ending(scene, index, "stopped", change.start())
        if named:
            return None
    return None


def _switched(scene: Scene, telling: Course) -> Ending | None:
    """``switched from A to B``, ``A was replaced by B``: A has ended."""
    cues, mention, text = load_cues("status"), telling.mention, scene.document.text
    sentence = scene.sentence(telling.sentence)
    ahead = text[sentence.start : mention.start]
    left = cues["switched_from"].search(ahead) or cues["replaced"].search(ahead)
    if left or cues["switched_to"].search(text[mention.end : sentence.end]):
        return _as_ending(scene, telling.sentence, "stopped", mention.start - sentence.start)
    changed = cues["treatment_changed"].regex.search(text[mention.end : sentence.end])
    place = mention.end + changed.start() if changed else 0
    if changed and not any(mention.end <= m.start < place for m in scene.within(telling.sentence, "DRUG", "THERAPY")):
        return _as_ending(scene, telling.sentence, "stopped", place - sentence.start)
    return None


def _displaced(scene: Scene, telling: Course) -> Ending | None:
    """``… received A. … B was given instead of A``: A, which the later sentence does not give, has ended."""
    section = scene.sentence(telling.sentence).section
    for index in range(telling.sentence + 1, min(telling.sentence + _AHEAD_CLASS, len(scene.attributed))):
        sentence = scene.sentence(index)
        if sentence.section != section:
            return None
        for mention in scene.within(index, "DRUG", "THERAPY"):
            ahead = scene.document.text[sentence.start : mention.start]
            same = isinstance(mention.value, TherapyName) and mention.value.name == telling.therapy.name
            if same and load_cues("status")["replaced"].search(ahead):
                return _as_ending(scene, index, "stopped", mention.start - sentence.start)
    return None


def _speaks_of_it(scene: Scene, index: int) -> bool:
    return not scene.within(index, "DRUG", "THERAPY") and bool(_STANDS_FOR.search(scene.words(index)))


def _ending(scene: Scene, index: int, mention: Mention | None) -> Ending | None:
    words, start = scene.words(index), scene.sentence(index).start
    for name in _STATUSES:
        cue = load_cues("status")[name]
        for match in cue.finditer(words):
            if mention is None or _belongs(scene, index, mention, start + match.start()):
                return _as_ending(scene, index, name, match.start())
    return None


def _belongs(scene: Scene, index: int, mention: Mention, place: int) -> bool:
    """A verb tells of the nearest therapy, before it rather than behind."""
    if abs(mention.start - place) > _REACH + len(mention.text):
        return False
    rivals = scene.within(index, "DRUG", "THERAPY")
    before = [m for m in rivals if m.end <= place]
    behind = [m for m in rivals if m.start >= place]
    nearest = before[-1] if before else behind[0] if behind else None
    if nearest is None:
        return False
    return nearest.start == mention.start or _coordinated(scene, rivals, nearest, mention)


def _coordinated(scene: Scene, rivals: Sequence[Mention], a: Mention, b: Mention) -> bool:
    """Do lists alone part the two (``A, B and C were stopped``)?"""
    first, second = sorted((a, b), key=lambda m: m.start)
    listed = [m for m in rivals if first.start <= m.start <= second.start]
    together = load_cues("together")["together"]
    return all(together.search(scene.document.text[x.end : y.start]) for x, y in pairwise(listed))


def _as_ending(scene: Scene, index: int, status: str, place: int) -> Ending:
    words = scene.words(index)
    reason: StopReason | None = None
    if status in ("stopped", "dose_reduced"):
        reason = _reason(words) or _reason_before(scene, index)
    date = _date_of(scene, index, place)
    ended = status in ("stopped", "completed")
    return Ending(
        status=_STATUSES[status],
        reason=reason,
        date=date if ended else "",
        duration_days=_ran_for(scene, index) if ended else None,
    )


def _date_of(scene: Scene, index: int, place: int) -> str:
    """The date behind the verb, else the one that opens the sentence (``On 21 August, A was stopped``)."""
    start = scene.sentence(index).start
    dates = [
        (m.start - start, m.value.iso)
        for m in scene.within(index, "TIME")
        if isinstance(m.value, TimePoint) and m.value.kind == "date"
    ]
    behind = next((iso for at, iso in dates if at > place), "")
    if behind or len(dates) != 1:
        return behind
    return dates[0][1] if load_cues("dates")["opens"].search(scene.words(index)[: dates[0][0]]) else ""


def _ran_for(scene: Scene, index: int) -> float | None:
    """``withdrawn 4 months after starting``: how long the course ran."""
    if (after := _stopped_after(scene, index)) is not None:
        return after
    times = [m.value for m in scene.within(index, "TIME") if isinstance(m.value, TimePoint)]
    started = [t.days for t in times if t.anchor == "treatment_start" and t.days is not None and t.days > 0]
    return started[0] if len(started) == 1 else None


def _stopped_after(scene: Scene, index: int) -> float | None:
    """``were stopped after 3 days``: the length behind the verb; not ``stopped after 3 days of fever``."""
    words, start = scene.words(index), scene.sentence(index).start
    for match in load_cues("status")["stopped_after"].regex.finditer(words):
        for mention in scene.within(index, "DURATION", "TIME"):
            value, behind = mention.value, words[mention.end - start :]
            if not 0 <= mention.start - start - match.start() <= len(match.group()) or behind.startswith(" of "):
                continue
            if isinstance(value, Period):
                return value.high
            if isinstance(value, TimePoint) and value.kind == "offset":
                return value.days
    return None


def _reason_before(scene: Scene, index: int) -> StopReason | None:
    """The sentence before tells why where it speaks of failure or harm: ``The effect was poor. It was stopped.``"""
    if index == 0 or scene.attributed[index - 1].kind != "patient":
        return None
    reason = _reason(scene.words(index - 1))
    return reason if reason in ("toxicity", "progression", "no_response") else None


def _reason(words: str) -> StopReason | None:
    reasons: dict[str, StopReason] = {
        "toxicity": "toxicity",
        "progression": "progression",
        "no_response": "no_response",
        "patient_choice": "patient_choice",
        "response": "response",
        "completed": "completed",
        "death": "death",
    }
    cues: dict[str, Cue] = load_cues("stop_reason")
    return next((reasons[name] for name, cue in cues.items() if cue.search(words)), None)
