"""Procedures: what an operation or another procedure is told to have been complicated by, and what came up after it."""

import re
from collections.abc import Iterator

from pipeline.datamodel import Mention
from pipeline.datamodel.values import ConditionName
from pipeline.linking._toxicities.onsets import is_procedure, procedure_before
from pipeline.linking._toxicities.suspicion import Event, conditions
from pipeline.linking.answers import names_of, names_of_condition
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_STORY = ("abstract", "case", "results")
_NEAR = 60  # characters from the words that tell of a complication to its name
_SUBJECT = 60  # characters before ``was complicated by`` in which stands what was


def by_complication(scene: Scene) -> Iterator[Event]:
    """``Her postoperative course was complicated by peritonitis``; ``postoperatively, she developed dyspnea``."""
    for index in range(len(scene.attributed)):
        if scene.attributed[index].kind != "patient" or scene.sentence(index).section not in _STORY:
            continue
        yield from _complicated(scene, index)
        yield from _afterwards(scene, index)


def _complicated(scene: Scene, index: int) -> Iterator[Event]:
    cues, words, start = load_cues("blame"), scene.words(index), scene.sentence(index).start
    told = cues["complicated"].search(words)
    if told is None:
        return
    subject = words[max(told.start() - _SUBJECT, 0) : told.start()]
    near = [m for m in scene.within(index, "THERAPY") if is_procedure(m) and m.end <= start + told.start()]
    if near and cues["itself"].search(words[near[-1].end - start : told.start()]):
        therapies: tuple[str, ...] | None = names_of(near[-1])
    elif cues["course_of_procedure"].search(subject):
        therapies = procedure_before(scene, index, start + told.start())
    else:
        return
    for mention in _first(scene, index, told.end()) if therapies else ():
        yield _event(mention, therapies or (), told.group(0))


def _afterwards(scene: Scene, index: int) -> Iterator[Event]:
    """``On the third postoperative day he developed a fever``: new, and not what the operation was done for."""
    cues, words, start = load_cues("blame"), scene.words(index), scene.sentence(index).start
    after = cues["after_operation"].search(words)
    therapies = procedure_before(scene, index, start + after.start()) if after else None
    if after is None or not therapies:
        return
    for mention in _first(scene, index, after.end()):
        between = words[after.end() : mention.start - start]
        came = cues["then_had"].search(between) or cues["then_arose"].search(words[mention.end - start :])
        if came and is_new_in_story(scene, mention):
            yield _event(mention, therapies, after.group(0))


def _first(scene: Scene, index: int, at: int) -> list[Mention]:
    """The first condition behind a place of the sentence, where it stands close enough to it."""
    start = scene.sentence(index).start + at
    found = [m for m in conditions(scene, index) if m.start >= start]
    return [m for m in found[:1] if m.start - start <= _NEAR and m.assertion == "affirmed"]


def _event(mention: Mention, therapies: tuple[str, ...], cue: str) -> Event:
    assert isinstance(mention.value, ConditionName)
    return Event(
        mention=mention,
        condition=mention.value,
        therapies=therapies,
        rule="link:complication",
        cue=re.sub(r"\s+", " ", cue).strip(),
        words="",
    )


def is_new_in_story(scene: Scene, event: Mention) -> bool:
    """No earlier mention names the same condition of the same patient."""
    own, names = set(scene.cases_of(event)), names_of_condition(event)
    return not any(
        names & names_of_condition(m)
        for m in scene.labelled("CONDITION", "TOXICITY")
        if m.start < event.start and own & set(scene.cases_of(m))
    )
