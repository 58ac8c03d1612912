"""Sequences: what came up soon after a therapy was begun or a procedure was done, told in the order of the story."""

import re
from collections.abc import Iterator

from pipeline.datamodel import Mention
from pipeline.datamodel.values import ConditionName
from pipeline.linking._toxicities.onsets import is_procedure
from pipeline.linking._toxicities.procedures import is_new_in_story
from pipeline.linking._toxicities.suspicion import Event, conditions, is_against_germs
from pipeline.linking.answers import is_named_only, names_of
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene
from pipeline.linking.shares import number_of

_STORY = ("abstract", "case", "results")
_TOLD = 90  # characters from the time to the event that came then
_BEGUN = 80  # characters before a therapy, and behind it, in which its beginning is told
_DAYS = {"minute": 0.0, "hour": 0.05, "day": 1.0, "week": 7.0, "month": 30.4}
_VAGUE = {"a": 1, "an": 1, "few": 3, "several": 3}
_SOON = {"drug": 200.0, "procedure": 30.0}  # days in which what comes up is its effect


def by_sequence(scene: Scene) -> Iterator[Event]:
    """``She was started on itraconazole. One month later she presented with ankle edema.``"""
    for index in range(len(scene.attributed)):
        if scene.attributed[index].kind != "patient" or scene.sentence(index).section not in _STORY:
            continue
        time = load_cues("blame")["then_came"].search(scene.words(index))
        if time is None:
            continue
        begun = _begun(scene, index, time)
        came = _came(scene, index, time) if begun else None
        if came is None or not isinstance(came.value, ConditionName) or not _can_follow(scene, came, begun):
            continue
        if _days(time.group(0)) <= _SOON["procedure" if is_procedure(begun[0]) else "drug"]:
            yield Event(
                mention=came,
                condition=came.value,
                therapies=tuple(dict.fromkeys(n for m in begun for n in names_of(m))),
                rule="link:sequence",
                cue="",
                words="",
            )


def _begun(scene: Scene, index: int, time: "re.Match[str]") -> list[Mention]:
    """The therapy that the sentence up to the time, or else the sentence before, tells the beginning of."""
    start = scene.sentence(index).start
    own = [m for m in scene.within(index, "DRUG", "THERAPY") if m.end <= start + time.start()]
    same_story = index > 0 and scene.sentence(index - 1).section == scene.sentence(index).section
    if not own and same_story and scene.attributed[index - 1].kind == "patient":
        own = list(scene.within(index - 1, "DRUG", "THERAPY"))
    own = [m for m in own if m.assertion == "affirmed" and m.status != "stopped" and not is_named_only(scene, m)]
    if not own or not _is_begun(scene, own[-1]):
        return []
    text, listed = scene.document.text, load_cues("blame")["listed"]
    group = [own[-1]]
    for earlier in reversed(own[:-1]):
        if not listed.search(text[earlier.end : group[0].start]):
            break
        group.insert(0, earlier)
    return group if is_procedure(group[0]) == is_procedure(group[-1]) else group[-1:]


def _is_begun(scene: Scene, therapy: Mention) -> bool:
    cues, text = load_cues("blame"), scene.document.text
    sentence = scene.sentence(scene.sentence_index(therapy))
    before = text[max(therapy.start - _BEGUN, sentence.start) : therapy.start]
    behind = text[therapy.end : min(therapy.end + _BEGUN, sentence.end)]
    return bool(cues["begins"].search(before) or cues["was_begun"].search(behind))


def _came(scene: Scene, index: int, time: "re.Match[str]") -> Mention | None:
    """The first condition behind the time, where the words say that it came up and not that it went on."""
    start = scene.sentence(index).start
    found = [m for m in conditions(scene, index) if m.start >= start + time.end() and m.assertion == "affirmed"]
    if not found or found[0].start - start - time.end() > _TOLD:
        return None
    between = scene.document.text[start + time.end() : found[0].start]
    behind = scene.document.text[found[0].end : found[0].end + _TOLD]
    came = load_cues("blame")["then_had"].search(between) or load_cues("blame")["then_arose"].search(behind)
    return found[0] if came else None


def _can_follow(scene: Scene, came: Mention, begun: list[Mention]) -> bool:
    """It is new in the story, and no mark of a disease that the therapy was given for and did not hold."""
    if not is_new_in_story(scene, came):
        return False
    cues = load_cues("blame")
    if is_procedure(begun[0]):
        return True
    germs = any(is_against_germs(m) for m in begun) and cues["germs"].search(came.text)
    return not germs and not cues["course_of_disease"].search(came.text)


def _days(words: str) -> float:
    """The time in days, as far as its words count it; a few and several are three."""
    counted = load_cues("blame")["counted"].search(words)
    if counted is None:
        return 0.0
    number = counted.group(1).casefold()
    count = _VAGUE.get(number) or number_of(number)
    return count * _DAYS[counted.group(2).casefold()]
