"""Dechallenge: what went when a therapy was taken away is blamed on it (``resolved after withdrawal of the drug``).

Source: ICH E2B(R3), the outcome of withdrawal.
"""

from collections.abc import Iterator

from pipeline.datamodel import Mention
from pipeline.datamodel.values import ConditionName
from pipeline.linking.answers import names_of
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene
from pipeline.linking.suspicion import Event, conditions

_BEFORE = 60  # characters before a therapy in which its end is told, and before ``developed`` its subject


def by_dechallenge(scene: Scene) -> Iterator[Event]:
    """The conditions of a sentence that tells them gone with a therapy, or those that ``these symptoms`` means."""
    cues = load_cues("blame")
    for index in range(len(scene.attributed)):
        if scene.attributed[index].kind != "patient":
            continue
        words = scene.words(index)
        if not cues["went_away"].search(words) or cues["despite"].search(words) or cues["seen_on"].search(words):
            continue
        for therapy in _taken_away(scene, index):
            for mention in _gone(scene, index):
                if isinstance(mention.value, ConditionName):
                    yield Event(
                        mention=mention,
                        condition=mention.value,
                        therapies=names_of(therapy),
                        rule="link:dechallenge",
                        cue=words,
                        words=words,
                    )


def _taken_away(scene: Scene, index: int) -> list[Mention]:
    start = scene.sentence(index).start
    return [
        m
        for m in scene.within(index, "DRUG")
        if load_cues("blame")["taken_away"].search(scene.document.text[max(start, m.start - _BEFORE) : m.start])
    ]


def _gone(scene: Scene, index: int) -> list[Mention]:
    """The sentence's own conditions; else those that came up in the sentence before, where it points back to them."""
    own = [m for m in conditions(scene, index) if m.assertion == "affirmed"]
    if own or index == 0 or not load_cues("blame")["these"].search(scene.words(index)):
        return own
    appeared = load_cues("blame")["appeared"].search(scene.words(index - 1))
    if appeared is None:
        return []
    start = scene.sentence(index - 1).start + appeared.start() - _BEFORE
    return [m for m in conditions(scene, index - 1) if m.start >= start and m.assertion == "affirmed"]
