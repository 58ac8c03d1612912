"""Suspicion: an event, and the wordings that blame a therapy for it without doubt about who did what."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.datamodel import Mention
from pipeline.datamodel.values import ConditionName
from pipeline.linking.answers import names_of
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_BEHIND = 25  # characters behind a therapy's name that go on with it
_GAP = 110  # characters between a therapy and the event in an explicit wording of cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A condition that is blamed on therapies.

    Attributes:
        therapies: preferred names; empty where the sentence names none (``treatment was withdrawn due to rash``).
        rule: how the blame was found.
        cue: the words that blame.
        words: the words from the therapy to the event and just around them, which tell how sure the blame is.
    """

    mention: Mention
    condition: ConditionName
    therapies: tuple[str, ...]
    rule: str
    cue: str
    words: str = ""


def conditions(scene: Scene, index: int, shifted: Mapping[int, Sequence[Mention]] | None = None) -> list[Mention]:
    """The named conditions of a sentence and the changes of laboratory values in it, in text order."""
    named = [m for m in scene.within(index, "CONDITION", "TOXICITY") if isinstance(m.value, ConditionName)]
    changed = (shifted or {}).get(index, ())
    told = [m for m in changed if not any(m.overlaps(n) for n in named)]
    return sorted([*named, *told], key=lambda m: m.start)


def blamed_names(scene: Scene, event: Mention) -> tuple[str, ...]:
    """Preferred names of the therapies that the relations blame for the event, where they are sure enough."""
    given, text = load_cues("blame")["then_given"], scene.document.text
    heads = [
        head
        for head in scene.heads_of(event, "CAUSES")
        if head.start < event.start or not given.search(text[head.end : head.end + _GAP])
    ]
    return tuple(dict.fromkeys(name for head in heads for name in names_of(head)))


def is_harmless(scene: Scene, therapy: Mention) -> bool:
    """``A macrolide-resistant strain``, ``selenium deficiency``: named, and not what brought something about."""
    behind = scene.document.text[therapy.end : therapy.end + _BEHIND]
    before = scene.document.text[max(therapy.start - _BEHIND, 0) : therapy.start]
    cues = load_cues("not_therapy")
    return bool(cues["harmless"].search(behind) or cues["lacking"].search(before))


def has_another_cause(scene: Scene, condition: Mention, therapy: Mention) -> bool:
    """``Temozolomide was given, but he died of sepsis``, ``pain caused by metastases``: what a disease did."""
    cues, text = load_cues("blame"), scene.document.text
    index = scene.sentence_index(condition)
    cause = cues["caused_by_next"].search(text[condition.end : scene.sentence(index).end])
    if cause:
        at = condition.end + cause.end()
        named = scene.within(index, "CONDITION", "TOXICITY", "DRUG", "THERAPY")
        other = next((m for m in named if m.start <= at < m.end), None)
        if other:
            behind = text[other.end : other.end + _BEHIND]
            effect = cues["drugs_effect"].search(other.text) or cues["induces"].search(behind)
            return other.label in ("CONDITION", "TOXICITY") and not effect
    return therapy.end <= condition.start and bool(cues["died_of_it"].search(text[therapy.end : condition.start]))


def is_against_germs(drug: Mention) -> bool:
    """An antibiotic, an antiviral or an antifungal drug, or the name of such a class."""
    cues = load_cues("umbrellas")
    against = ("antibiotics", "antivirals", "antifungals")
    return any(n == name or cues[f"members.{name}"].search(n) for n in names_of(drug) for name in against)


def explicit_causes(scene: Scene, shifted: Mapping[int, Sequence[Mention]]) -> Iterator[Event]:
    """``anemia and pancytopenia attributed to chemotherapy``; ``both drugs caused her leg swelling``."""
    for index in range(len(scene.attributed)):
        named = scene.within(index, "DRUG", "THERAPY")
        therapies = [m for m in named if m.assertion != "negated" and not is_harmless(scene, m)]
        if therapies and scene.attributed[index].kind in ("patient", "cohort"):
            found = conditions(scene, index, shifted)
            yield from _before(scene, found, therapies)
            yield from _behind(scene, found, therapies)


def _before(scene: Scene, found: Sequence[Mention], therapies: Sequence[Mention]) -> Iterator[Event]:
    """Events first, then the words of blame, then the therapy."""
    for i, event in enumerate(found):
        therapy = next((t for t in therapies if t.start >= event.end), None)
        if therapy is None or therapy.start - event.end > _GAP:
            continue
        between = scene.document.text[event.end : therapy.start]
        cue = load_cues("blame")["blamed_on"].search(between) or _named_cause(scene, event, between)
        if cue and not any(event.end <= m.start < therapy.start for m in found):
            for member in (event, *_listed_before(scene, found[:i], event)):
                yield _event(scene, member, _group(scene, therapy, therapies), cue.group(0))


def _named_cause(scene: Scene, event: Mention, between: str) -> "re.Match[str] | None":
    """``The most likely cause of her pancreatitis was azathioprine``."""
    cues = load_cues("blame")
    before = cues["cause_of"].search(scene.document.text[max(event.start - _GAP, 0) : event.start])
    return before if before and cues["was"].search(between) else None


def _listed_before(scene: Scene, earlier: Sequence[Mention], event: Mention) -> Iterator[Mention]:
    for member in reversed(earlier):
        if not load_cues("blame")["listed"].search(scene.document.text[member.end : event.start]):
            return
        yield member
        event = member


def _behind(scene: Scene, found: Sequence[Mention], therapies: Sequence[Mention]) -> Iterator[Event]:
    """The therapy first, then the words of blame, then the events."""
    cues = load_cues("blame")
    for i, event in enumerate(found):
        therapy = next((t for t in reversed(therapies) if t.end <= event.start), None)
        if therapy is None or event.start - therapy.end > _GAP:
            continue
        between = scene.document.text[therapy.end : event.start]
        cue = cues["blames"].search(between)
        if (
            not cue
            or cues["relief"].search(between)
            or cues["known_for"].search(between)
            or any(therapy.end <= m.start < event.start for m in found)
        ):
            continue
        yield _event(scene, event, _group(scene, therapy, therapies), cue.group(0))
        last = event
        for member in found[i + 1 :]:
            if not load_cues("blame")["listed"].search(scene.document.text[last.end : member.start]):
                break
            yield _event(scene, member, _group(scene, therapy, therapies), cue.group(0))
            last = member


def _group(scene: Scene, therapy: Mention, therapies: Sequence[Mention]) -> tuple[str, ...]:
    """The therapy and those that stand in one list with it."""
    names = list(names_of(therapy))
    at = therapies.index(therapy)
    for near, step in ((at - 1, -1), (at + 1, 1)):
        last = therapy
        while 0 <= near < len(therapies):
            first, second = sorted((therapies[near], last), key=lambda m: m.start)
            if second.start < first.end or not load_cues("blame")["listed"].search(
                scene.document.text[first.end : second.start]
            ):
                break
            names.extend(names_of(therapies[near]))
            last, near = therapies[near], near + step
    return tuple(dict.fromkeys(names))


def _event(scene: Scene, mention: Mention, names: tuple[str, ...], cue: str) -> Event:
    assert isinstance(mention.value, ConditionName)
    sentence = scene.sentence(scene.sentence_index(mention))
    start, end = max(sentence.start, mention.start - _GAP), min(sentence.end, mention.end + _GAP)
    return Event(
        mention=mention,
        condition=mention.value,
        therapies=names,
        rule="link:cause_words",
        cue=cue.strip(),
        words=scene.document.text[start:end],
    )


def named_by_general(scene: Scene) -> Iterator[Event]:
    """``Side effects included nausea and rash``: the names that a word for adverse events is followed by."""
    cues = load_cues("blame")
    for index in range(len(scene.attributed)):
        if scene.attributed[index].kind != "patient":
            continue
        sentence, words = scene.sentence(index), scene.words(index)
        ends = [sentence.start + match.end() for match in cues["general"].regex.finditer(words)]
        found = [m for m in conditions(scene, index) if not cues["general"].regex.fullmatch(m.text)] if ends else []
        for end in ends:
            first = next((m for m in found if m.start >= end), None)
            if first is None or not cues["such_as"].search(scene.document.text[end : first.start]):
                continue
            therapies = [m for m in scene.within(index, "DRUG", "THERAPY") if m.start < first.start]
            names = names_of(therapies[-1]) if therapies else ()
            yield _event(scene, first, names, words[: first.start - sentence.start])


def siblings(scene: Scene, event: Event) -> Iterator[Event]:
    """The events that stand in one list behind ``event``: ``febrile neutropenia and a grade 3 rash``."""
    last = event.mention
    for member in conditions(scene, scene.sentence_index(last)):
        if member.start < last.end:
            continue
        if not load_cues("blame")["siblings"].search(scene.document.text[last.end : member.start]):
            return
        if isinstance(member.value, ConditionName):
            yield replace(event, mention=member, condition=member.value)
        last = member
