"""Blame: which conditions the text ties to a therapy as its adverse events, and by which words.

Ways to an event: words of cause between a therapy and a condition, the reason (or the trigger) of a stop or of a
smaller dose, what came up at a stated time of the treatment, and what by its nature is a treatment's effect. The
disease that is treated is never an event of its treatment.
Source: ICH E2B(R3), the suspected reaction; the wording of CARE item 10d.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.datamodel import Mention, Span
from pipeline.datamodel.values import ConditionName, TherapyName
from pipeline.lexicon import Lexicons
from pipeline.linking._toxicities.bleedings import by_bleeding
from pipeline.linking._toxicities.changes import changes
from pipeline.linking._toxicities.dechallenge import by_dechallenge, by_rechallenge
from pipeline.linking._toxicities.onsets import by_time
from pipeline.linking._toxicities.procedures import by_complication
from pipeline.linking._toxicities.reasons import by_next_stop, by_stop
from pipeline.linking._toxicities.remedies import is_answered_with, is_background, is_given_for
from pipeline.linking._toxicities.sequences import by_sequence
from pipeline.linking._toxicities.suspicion import (
    Event,
    blamed_names,
    conditions,
    explicit_causes,
    has_another_cause,
    is_harmless,
    named_by_general,
    siblings,
)
from pipeline.linking.answers import names_of, names_of_condition
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene, place

__all__ = ["COMPOUND", "Event", "denials", "events"]

COMPOUND = "compound"
"""The cue of an event whose name begins with its therapy: ``methotrexate pneumonitis``."""

_REACH = 110  # characters between a therapy and the event it is blamed for
_AROUND = 25  # characters before and behind the two in which the blaming word may stand
_ADJACENT = 1  # characters between the parts of a compound noun
_LISTED = (
    "link:by_nature",
    "link:cause_words",
    "link:stopped_for",
    "link:sequence",
    "link:complication",
)  # rules whose event speaks for its whole list
_PROVED = ("link:dechallenge", "link:rechallenge", "link:sequence", "link:complication")
_SURE = 0.93  # confidence of a relation that needs no blaming word


def events(scene: Scene, treated: Sequence[str], lexicons: Lexicons) -> tuple[Event, ...]:
    """All events of the document in text order, one a mention.

    Args:
        scene: the document.
        treated: names of the diseases that the document's patients are treated for (lower case).
        lexicons: for the events that laboratory values tell.
    """
    shifted = changes(scene, lexicons)
    told = [event for way in _ways(scene, shifted) for event in way]
    blamed = [*told, *(also for event in told if event.rule in _LISTED for also in siblings(scene, event))]
    # A disease that a drug is said to have caused can be what the report is about: then it is an event wherever told.
    confirmed = {name for event in blamed if _names_its_cause(event) for name in _names(event)}
    kept = frozenset(name.casefold() for name in treated) - confirmed
    found: dict[Span, Event] = {}
    for event in blamed:
        if _is_event(scene, event, frozenset() if _is_new(scene, event) else kept):
            found.setdefault(place(event.mention), replace(event, mention=_judged(event)))
    return tuple(sorted(found.values(), key=lambda e: (e.mention.start, e.mention.end)))


def _is_new(scene: Scene, event: Event) -> bool:
    """What went with a drug, came again with it or after it, and what its story first names as it came up under one."""
    if event.rule in _PROVED:
        return True
    if event.rule != "link:onset" or not event.therapies:
        return False
    here = scene.sentence_index(event.mention)
    section, names = scene.sentence(here).section, _names(event)
    return not any(
        scene.sentence(scene.sentence_index(m)).section == section
        and scene.sentence_index(m) < here
        and names & names_of_condition(m)
        for m in scene.labelled("CONDITION", "TOXICITY")
        if m.start < event.mention.start and m.assertion == "affirmed"
    )


def _ways(scene: Scene, shifted: Mapping[int, Sequence[Mention]]) -> tuple[Iterator[Event], ...]:
    """The ways to an event, the surest wording first."""
    return (
        explicit_causes(scene, shifted),
        _by_cause(scene),
        by_stop(scene, shifted),
        named_by_general(scene),
        by_dechallenge(scene),
        by_rechallenge(scene),
        by_next_stop(scene),
        by_bleeding(scene),
        by_time(scene),
        by_complication(scene),
        by_sequence(scene),
        _by_nature(scene),
    )


def _names(event: Event) -> set[str]:
    return {event.condition.name, event.condition.ctcae_term, event.mention.text.casefold()} - {""}


def denials(scene: Scene) -> tuple[Event, ...]:
    """``No side effects were observed``: events that the report says did not occur."""
    general = load_cues("blame")["general"]
    return tuple(
        Event(mention=m, condition=m.value, therapies=(), rule="link:denied", cue=m.cue)
        for m in scene.labelled("CONDITION", "TOXICITY")
        if isinstance(m.value, ConditionName) and m.assertion == "negated" and general.search(m.text)
    )


def _is_event(scene: Scene, event: Event, treated: frozenset[str]) -> bool:
    mention, index = event.mention, scene.sentence_index(event.mention)
    if mention.status in ("family", "conditional", "historical") or mention.assertion == "negated":
        return False
    cues = load_cues("blame")
    if scene.sentence(index).block == "heading" or cues["differential"].search(scene.words(index)):
        return False
    if cues["name_goes_on"].search(scene.document.text[mention.end : mention.end + _AROUND]):
        return False
    if cues["intended"].search(scene.document.text[max(mention.start - _AROUND, 0) : mention.end]):
        return False
    if _names_its_cause(event):  # a disease that a drug caused can be what the report is about
        return True
    names = _names(event)
    return not names & treated and not any(cues["disease"].search(name) for name in (*names, mention.text))


def _names_its_cause(event: Event) -> bool:
    cues = load_cues("blame")
    return bool(
        cues["named_cause"].search(event.cue) or (event.rule == "link:cause_words" and cues["due_to"].search(event.cue))
    )


def _by_cause(scene: Scene) -> Iterator[Event]:
    """A therapy and a condition that the relation model ties, with a word of blame between or just around them."""
    for relation in scene.relations:
        if relation.label != "CAUSES" or not isinstance(relation.tail.value, ConditionName):
            continue
        first, second = sorted((relation.head, relation.tail), key=lambda m: m.start)
        if second.start - first.end > _REACH or _is_refuted(scene, relation.head, relation.tail):
            continue
        sentence = scene.sentence(scene.sentence_index(relation.tail))
        start, end = max(sentence.start, first.start - _AROUND), min(sentence.end, second.end + _AROUND)
        words = scene.document.text[start:end]
        trigger = load_cues("blame")["trigger"].search(words)
        beside = first is relation.head and second.start - first.end <= _ADJACENT  # ``methotrexate pneumonitis``
        if trigger or beside or relation.confidence >= _SURE:
            yield Event(
                mention=relation.tail,
                condition=relation.tail.value,
                therapies=blamed_names(scene, relation.tail),
                rule=relation.rule,
                cue=COMPOUND if beside else trigger.group(0).strip() if trigger else "",
                words=words,
            )


def _is_refuted(scene: Scene, therapy: Mention, condition: Mention) -> bool:
    """Words that tell another story of the two than that the one brought about the other."""
    if therapy.assertion == "negated" or is_harmless(scene, therapy) or _causes_another(scene, condition, therapy):
        return True
    if has_another_cause(scene, condition, therapy):
        return True
    cues, text = load_cues("blame"), scene.document.text
    first, second = sorted((therapy, condition), key=lambda m: m.start)
    between = text[first.end : second.start]
    if any(cues[name].search(between) for name in ("replaced", "was_in_vain", "known_for")):
        return True
    if first is condition:  # ``heart disease with lisinopril-induced angioedema``: what it induced stands behind it
        induces = cues["induces"].search(text[therapy.end : therapy.end + _AROUND])
        return bool(induces) or is_answered_with(scene, condition, therapy) or is_background(scene, condition, therapy)
    return is_given_for(scene, therapy, condition)


def _judged(event: Event) -> Mention:
    """``Suspected drug-induced rash``: the cause is uncertain; ``concern that …``: the event itself is."""
    mention, cues = event.mention, load_cues("blame")
    if cues["feared"].search(event.words):
        return replace(mention, assertion="uncertain")
    if mention.assertion == "uncertain" and cues["hedged_cause"].search(event.words):
        return replace(mention, assertion="affirmed")
    return mention


def _causes_another(scene: Scene, condition: Mention, therapy: Mention) -> bool:
    """``The drug was given for pain caused by stones``: the stones are the cause of the pain, not the drug's effect."""
    if therapy.start > condition.start:
        return False
    before = load_cues("blame")["cause_before"].search(scene.document.text[therapy.end : condition.start])
    if before is None:
        return False
    start = therapy.end + before.start()
    index = scene.sentence_index(condition)
    return any(m is not condition and therapy.end <= m.start < start for m in conditions(scene, index))


def _by_nature(scene: Scene) -> Iterator[Event]:
    """``She developed febrile neutropenia``: what is a treatment's effect by its nature, told as having come up."""
    cues = load_cues("blame")
    for mention in scene.labelled("CONDITION", "TOXICITY"):
        if not isinstance(mention.value, ConditionName) or mention.assertion != "affirmed":
            continue
        index = scene.sentence_index(mention)
        words = scene.words(index)
        came_up = _graded(scene, mention) or cues["came_up"].search(words)
        if (
            came_up
            and scene.sentence(index).section in ("abstract", "case", "results", "table")
            and (_is_by_nature(scene, mention) or _is_suffered(scene, mention))
        ):
            yield Event(
                mention=mention,
                condition=mention.value,
                therapies=blamed_names(scene, mention) or _radiated(scene, mention) or _told_before(scene, mention),
                rule="link:by_nature",
                cue=_treatments_effect(scene, mention) or came_up.group(0),
                words=words,
            )


def _is_by_nature(scene: Scene, mention: Mention) -> bool:
    assert isinstance(mention.value, ConditionName)
    cue = load_cues("blame")["by_nature"]
    return bool(cue.search(mention.text) or cue.search(mention.value.name) or _graded(scene, mention))


def _graded(scene: Scene, mention: Mention) -> "re.Match[str] | None":
    """``A grade 3 diarrhea``: what systemic treatments are graded for, with its grade before it."""
    before = scene.document.text[max(mention.start - _AROUND, 0) : mention.start]
    graded = load_cues("blame")["graded"].search(mention.text)
    return load_cues("blame")["grade_before"].search(before) if graded else None


def _is_suffered(scene: Scene, mention: Mention) -> bool:
    """``He experienced toxicities``: an event without a name of its own; ``radiation-induced``: one named after it."""
    before = scene.document.text[max(mention.start - _REACH, 0) : mention.start]
    cues = load_cues("blame")
    if _treatments_effect(scene, mention):
        return True
    return bool(cues["general"].regex.fullmatch(mention.text) and cues["suffered"].search(before))


def _treatments_effect(scene: Scene, mention: Mention) -> str:
    """The words before a name that make it a treatment's effect: ``immune-related ``."""
    before = scene.document.text[max(mention.start - _REACH, 0) : mention.start]
    found = load_cues("blame")["after_treatment"].search(before)
    return found.group(0) if found else ""


def _radiated(scene: Scene, mention: Mention) -> tuple[str, ...]:
    """``Radiation colitis``: the radiotherapy that the report tells of."""
    words = mention.text.casefold() + _treatments_effect(scene, mention).casefold()
    given = [
        m
        for m in scene.labelled("THERAPY")
        if isinstance(m.value, TherapyName) and m.value.therapy_type == "radiotherapy" and m.assertion == "affirmed"
    ]
    return names_of(given[0]) if "radiation" in words and given else ()


def _told_before(scene: Scene, event: Mention) -> tuple[str, ...]:
    """The therapy that the event's sentence names last before it: ``after two rounds of chemotherapy, …``."""
    told = [m for m in scene.within(scene.sentence_index(event), "DRUG", "THERAPY") if m.end <= event.start]
    return names_of(told[-1]) if told else ()
