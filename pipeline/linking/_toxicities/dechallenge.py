"""Dechallenge: what went when a therapy was taken away is blamed on it (``resolved after withdrawal of the drug``).

Source: ICH E2B(R3), the outcome of withdrawal.
"""

from collections.abc import Iterator

from pipeline.datamodel import Mention
from pipeline.datamodel.values import ConditionName
from pipeline.linking._toxicities.suspicion import Event, conditions
from pipeline.linking.answers import names_of
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

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
    start, cues, text = scene.sentence(index).start, load_cues("blame"), scene.document.text
    return [
        m
        for m in scene.within(index, "DRUG")
        for before in [text[max(start, m.start - _BEFORE) : m.start]]
        if cues["taken_away"].search(before)
        or (cues["once"].search(before) and cues["was_taken_away"].search(text[m.end : m.end + _BEFORE]))
    ]


def by_rechallenge(scene: Scene) -> Iterator[Event]:
    """``On rechallenge with isoniazid, the hepatitis recurred``: what came again with the therapy."""
    cues = load_cues("toxicity")
    for index in range(len(scene.attributed)):
        words, start = scene.words(index), scene.sentence(index).start
        again = cues["came_again"].search(words) if scene.attributed[index].kind == "patient" else None
        if again is None or cues["no_recurrence"].search(words):
            continue
        near = start + again.start() - _BEFORE, start + again.end() + _BEFORE
        drugs = [m for m in scene.within(index, "DRUG") if near[0] <= m.start <= near[1]]
        for mention in conditions(scene, index) if drugs else ():
            if isinstance(mention.value, ConditionName) and mention.assertion == "affirmed":
                yield Event(
                    mention=mention,
                    condition=mention.value,
                    therapies=names_of(drugs[0]),
                    rule="link:rechallenge",
                    cue=words,
                    words=words,
                )


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
