"""Reasons: what a therapy was stopped, paused or reduced for, or what came up just before it was."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.datamodel import Mention
from pipeline.datamodel.values import ConditionName, TherapyName
from pipeline.linking._toxicities.suspicion import Event, conditions, is_against_germs
from pipeline.linking.answers import names_of
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene
from pipeline.linking.umbrellas import can_be, is_general

_STOPS = (("status", "stopped"), ("toxicity", "dose_reduced"), ("blame", "paused"), ("blame", "replaced"))
_LED_IN = 60  # characters before a therapy that say what it was given for
_BACK = 8  # sentences back to the drug that is replaced
_BEFORE_WORD = 30  # characters before the word of an event in which its subject stands, or a drug at a sentence's start
_APPEARED = 80  # characters between an event and the word that says it came up


def by_stop(scene: Scene, shifted: Mapping[int, Sequence[Mention]]) -> Iterator[Event]:
    """``withdrawn due to severe neutropenia and heart failure``; ``a rash developed and therapy was stopped``."""
    for index in range(len(scene.attributed)):
        if scene.attributed[index].kind not in ("patient", "cohort"):
            continue
        words = scene.words(index)
        stop = _stop(words)
        if stop is None:
            continue
        therapies = _named(scene, index, stop)
        if not therapies and _is_replacement(stop):  # what gave way is named nowhere; what came instead is not to blame
            continue
        because = load_cues("blame")["because"].regex.search(words, stop.end())
        first = load_cues("blame")["because_first"].search(words[: stop.start()])
        for mention in (*conditions(scene, index, shifted), *_unnamed(scene, index)):
            at = mention.start - scene.sentence(index).start
            cue = _reason(words, at, because) or _came_before(words, (at, at + len(mention.text)), stop)
            if first and first.end() <= at < stop.start():
                cue = first.group(0)
            if cue and isinstance(mention.value, ConditionName) and mention.assertion == "affirmed":
                yield Event(
                    mention=mention,
                    condition=mention.value,
                    therapies=therapies,
                    rule="link:stopped_for",
                    cue=cue,
                    words=mention.text,
                )


def by_next_stop(scene: Scene) -> Iterator[Event]:
    """``She developed a rash. Carbamazepine was discontinued.``: it came up, and the drug was ended."""
    cues = load_cues("blame")
    for index in range(1, len(scene.attributed)):
        if any(scene.attributed[i].kind != "patient" for i in (index - 1, index)):
            continue
        stopped = _ended_next(scene, index)
        if stopped is None or scene.sentence(index).section != scene.sentence(index - 1).section:
            continue
        appeared = cues["appeared"].search(scene.words(index - 1))
        start = scene.sentence(index - 1).start + (appeared.start() - _BEFORE_WORD if appeared else 0)
        for mention in conditions(scene, index - 1) if appeared else ():
            if mention.start < start or mention.assertion != "affirmed" or not isinstance(mention.value, ConditionName):
                continue
            if is_against_germs(stopped) and cues["germs"].search(mention.text):
                continue
            if given := _given(scene, stopped, mention):
                yield Event(
                    mention=mention,
                    condition=mention.value,
                    therapies=names_of(given),
                    rule="link:stopped_for",
                    cue=appeared.group(0) if appeared else "",
                    words=mention.text,
                )


def _ended_next(scene: Scene, index: int) -> Mention | None:
    """The drug that the sentence begins with the end of, for no reason that it names."""
    words, start = scene.words(index), scene.sentence(index).start
    reasons = load_cues("stop_reason")
    if any(reasons[name].search(words) for name in ("progression", "no_response", "patient_choice", "completed")):
        return None
    drugs = scene.within(index, "DRUG")
    if not drugs or drugs[0].start - start > _BEFORE_WORD or drugs[0].assertion == "negated":
        return None
    ends = load_cues("blame")["was_taken_away"].search(scene.document.text[drugs[0].end : scene.sentence(index).end])
    return drugs[0] if ends else None


def _given(scene: Scene, stopped: Mention, event: Mention) -> Mention | None:
    """The drug as it is told as given before the event; of ``chemotherapy``, the member that was told last."""
    told = [
        m
        for m in scene.labelled("DRUG")
        if m.end <= event.start and m.assertion == "affirmed" and scene.attribution_of(m).kind == "patient"
    ]
    same = next((m for m in told if set(names_of(m)) & set(names_of(stopped))), None)
    if not isinstance(stopped.value, TherapyName) or not is_general(stopped.value):
        return same
    members = [m for m in told if isinstance(m.value, TherapyName) and not is_general(m.value)]
    return next(
        (m for m in reversed(members) if isinstance(m.value, TherapyName) and can_be(stopped.value, m.value)), same
    )


def _unnamed(scene: Scene, index: int) -> Iterator[Mention]:
    """``acute exacerbation of the underlying disease``: an event that no lexicon names."""
    sentence = scene.sentence(index)
    for match in load_cues("blame")["unnamed"].finditer(scene.words(index)):
        yield Mention(
            start=sentence.start + match.start(),
            end=sentence.start + match.end(),
            label="CONDITION",
            text=match.group(0),
            rule="link:unnamed_event",
            value=ConditionName(name=" ".join(match.group(0).casefold().split())),
        )


def _stop(words: str) -> "re.Match[str] | None":
    """The first word that ends, pauses, reduces or replaces a therapy."""
    found = [match for room, name in _STOPS if (match := load_cues(room)[name].search(words))]
    return min(found, key=lambda m: m.start(), default=None)


def _reason(words: str, at: int, because: "re.Match[str] | None") -> str:
    if because is None or at < because.end():
        return ""
    ended = load_cues("blame")["reason_ends"].regex.search(words, because.end())
    return because.group(0) if ended is None or at < ended.start() else ""


def _came_before(words: str, span: tuple[int, int], stop: "re.Match[str]") -> str:
    """The word that says the event came up before the stop, or that it forced the stop."""
    if span[1] > stop.start():
        return ""
    forced = load_cues("blame")["forced"].search(words[span[1] : stop.end()])
    if forced:
        return forced.group(0)
    if not words[span[1] : stop.start()].strip():  # ``the bleeding stopped`` tells the end of no therapy
        return ""
    around = words[max(span[0] - _APPEARED, 0) : min(span[1] + _APPEARED, stop.start())]
    appeared = load_cues("blame")["appeared"].search(around)
    return appeared.group(0) if appeared else ""


def _told_last(scene: Scene, index: int, new: frozenset[str]) -> tuple[Mention, ...]:
    """The drug told last in the sentences before, which is the one that gives way to those of the names ``new``."""
    for at in range(index - 1, max(index - _BACK, -1), -1):
        given = [m for m in scene.within(at, "DRUG") if m.assertion == "affirmed" and m.status != "stopped"]
        drugs = [m for m in given if new.isdisjoint(names_of(m))]
        if drugs and scene.attributed[at].kind == "patient":
            return (drugs[-1],)
    return ()


def _is_replacement(stop: "re.Match[str]") -> bool:
    return load_cues("blame")["replaced"].search(stop.group(0)) is not None


def _named(scene: Scene, index: int, stop: "re.Match[str]") -> tuple[str, ...]:
    """The therapy of the sentence that is nearest to the words of the stop; of a replacement, the one replaced."""
    at = scene.sentence(index).start + stop.start()
    treats, text = load_cues("blame")["treated_with"], scene.document.text
    within = scene.within(index, "DRUG", "THERAPY")
    named = tuple(m for m in within if not treats.search(text[max(m.start - _LED_IN, 0) : m.start]))
    if _is_replacement(stop):
        new = frozenset(name for m in named if m.start >= at for name in names_of(m))
        first = tuple(m for m in within if m.start < at)
        named = tuple(m for m in first if m in named) or _told_last(scene, index, new) or first
    nearest = min(named, key=lambda m: abs(m.start - at), default=None)
    return names_of(nearest) if nearest else ()
