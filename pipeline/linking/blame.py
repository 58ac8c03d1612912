"""Blame: which conditions the text ties to a therapy as its adverse events, and by which words.

Two ways lead to an event: words of cause between a therapy and a condition, and a sentence that tells why (or upon
what) a therapy was stopped. The disease that is treated is never an event of its treatment.
Source: ICH E2B(R3), the suspected reaction; the wording of CARE item 10d.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.datamodel import Mention, Span
from pipeline.datamodel.values import ConditionName
from pipeline.linking.answers import names_of
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_REACH = 110  # characters between a therapy and the event it is blamed for
_AROUND = 25  # characters before and behind the two in which the blaming word may stand
_SURE = 0.9  # confidence of a relation that needs no blaming word


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A condition that is blamed on therapies.

    Attributes:
        therapies: preferred names; empty where the sentence names none (``treatment was withdrawn due to rash``).
        rule: how the blame was found.
        cue: the words that blame.
    """

    mention: Mention
    condition: ConditionName
    therapies: tuple[str, ...]
    rule: str
    cue: str


def events(scene: Scene, treated: Sequence[str]) -> tuple[Event, ...]:
    """All events of the document in text order, one a mention.

    Args:
        scene: the document.
        treated: names of the diseases that the document's patients are treated for (lower case).
    """
    found: dict[Span, Event] = {}
    for event in (*_by_cause(scene), *_by_stop(scene)):
        if _is_event(scene, event, treated):
            found.setdefault(Span(start=event.mention.start, end=event.mention.end), event)
    return tuple(sorted(found.values(), key=lambda e: (e.mention.start, e.mention.end)))


def _is_event(scene: Scene, event: Event, treated: Sequence[str]) -> bool:
    mention = event.mention
    if mention.status in ("family", "conditional", "historical"):
        return False
    if scene.sentence(scene.sentence_index(mention)).block == "heading":
        return False
    if "induced" in event.cue:  # a drug-induced disease can be what the report is about
        return True
    names = {event.condition.name, event.condition.ctcae_term, mention.text.casefold()} - {""}
    return not names & set(treated) and not load_cues("blame")["disease"].search(mention.text)


def _by_cause(scene: Scene) -> Iterator[Event]:
    for relation in scene.relations:
        if relation.label != "CAUSES" or not isinstance(relation.tail.value, ConditionName):
            continue
        first, second = sorted((relation.head, relation.tail), key=lambda m: m.start)
        if second.start - first.end > _REACH:
            continue
        sentence = scene.sentence(scene.sentence_index(relation.tail))
        start, end = max(sentence.start, first.start - _AROUND), min(sentence.end, second.end + _AROUND)
        trigger = load_cues("blame")["trigger"].search(scene.document.text[start:end])
        if trigger or relation.confidence >= _SURE:
            yield Event(
                mention=relation.tail,
                condition=relation.tail.value,
                therapies=_blamed(scene, relation.tail),
                rule=relation.rule,
                cue=trigger.group(0).strip() if trigger else "",
            )


def _blamed(scene: Scene, event: Mention) -> tuple[str, ...]:
    heads = scene.heads_of(event, "CAUSES")
    return tuple(dict.fromkeys(name for head in heads for name in names_of(head)))


def _by_stop(scene: Scene) -> Iterator[Event]:
    """``withdrawn due to severe neutropenia and heart failure``; ``a rash developed and therapy was stopped``."""
    stopped, cues = load_cues("status")["stopped"], load_cues("blame")
    for index in range(len(scene.attributed)):
        words = scene.words(index)
        stop = stopped.search(words)
        if stop is None:
            continue
        base = scene.sentence(index).start
        because = cues["because"].regex.search(words, stop.end())
        appeared = cues["appeared"].search(words[: stop.start()])
        for mention in scene.within(index, "CONDITION", "TOXICITY"):
            place = mention.start - base
            told = (because and place >= because.end()) or (appeared and place < stop.start())
            if told and isinstance(mention.value, ConditionName) and mention.assertion == "affirmed":
                cue = because or appeared
                yield Event(
                    mention=mention,
                    condition=mention.value,
                    therapies=_named(scene, index, base + stop.start()),
                    rule="link:stopped_for",
                    cue=cue.group(0) if cue else "",
                )


def _named(scene: Scene, index: int, place: int) -> tuple[str, ...]:
    """The therapy of the sentence that is nearest to the words of the stop."""
    nearest = min(scene.within(index, "DRUG", "THERAPY"), key=lambda m: abs(m.start - place), default=None)
    return names_of(nearest) if nearest else ()
