"""Bleedings: a drug against clotting that is stopped behind a bleeding is blamed for it, without more words."""

from collections.abc import Iterator

from pipeline.datamodel import Mention
from pipeline.datamodel.values import ConditionName
from pipeline.linking._toxicities.suspicion import Event, conditions
from pipeline.linking.answers import names_of
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_BACK = 6  # sentences back in which the bleeding is told
_NEAR = 60  # characters between the drug and the words of its end


def by_bleeding(scene: Scene) -> Iterator[Event]:
    """``A massive hematoma was seen. … Anticoagulation was discontinued.``"""
    for index in range(len(scene.attributed)):
        for drug in _stopped(scene, index):
            bled = _bled_before(scene, index, drug)
            if bled is not None and isinstance(bled.value, ConditionName) and _was_given_before(scene, drug, bled):
                yield Event(
                    mention=bled,
                    condition=bled.value,
                    therapies=names_of(drug),
                    rule="link:stopped_for",
                    cue="",
                    words="",
                )


def _thins_blood(mention: Mention) -> bool:
    cue = load_cues("blame")["thins_blood"]
    return any(cue.search(name) for name in (*names_of(mention), mention.text.casefold()))


def _stopped(scene: Scene, index: int) -> list[Mention]:
    """The drugs against clotting that a sentence tells the end of, for no other reason."""
    if scene.attributed[index].kind != "patient":
        return []
    words, start = scene.words(index), scene.sentence(index).start
    ends = [
        m for room, name in (("status", "stopped"), ("blame", "paused")) for m in load_cues(room)[name].finditer(words)
    ]
    reasons = load_cues("stop_reason")
    if not ends or any(reasons[name].search(words) for name in ("no_response", "patient_choice", "completed")):
        return []
    drugs = [m for m in scene.within(index, "DRUG", "THERAPY") if m.assertion != "negated" and _thins_blood(m)]
    return [m for m in drugs if any(_apart(m, start + e.start(), start + e.end()) <= _NEAR for e in ends)]


def _apart(mention: Mention, start: int, end: int) -> int:
    return max(mention.start - end, start - mention.end)


def _bled_before(scene: Scene, index: int, drug: Mention) -> Mention | None:
    """The last bleeding that came before the end, in the same section."""
    bleeding, section = load_cues("blame")["bleeding"], scene.sentence(index).section
    for at in range(index, max(index - _BACK, -1), -1):
        if scene.attributed[at].kind != "patient" or scene.sentence(at).section != section:
            return None
        bled = [
            m
            for m in conditions(scene, at)
            if m.start < drug.start and m.assertion == "affirmed" and not m.status and bleeding.search(m.text)
        ]
        if bled:
            return bled[-1]
    return None


def _was_given_before(scene: Scene, drug: Mention, bled: Mention) -> bool:
    """It, or another drug against clotting, is told before the bleeding or in its sentence."""
    here = scene.sentence_index(bled)
    return any(
        _thins_blood(m)
        for m in scene.labelled("DRUG", "THERAPY")
        if m.start < drug.start and scene.sentence_index(m) <= here and m.assertion == "affirmed"
    )
