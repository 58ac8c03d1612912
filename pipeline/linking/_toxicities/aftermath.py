"""Aftermath: what followed an event, read from the sentences that still speak of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.datamodel import Mention, Regimen, Span
from pipeline.datamodel.values import AnalyteName, ConditionName, TherapyName
from pipeline.datamodel.vocabulary import ActionTaken, Challenge, Outcome
from pipeline.linking._toxicities.suspicion import Event
from pipeline.linking.answers import names_of
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_NEXT = 3  # sentences behind the event's own that may go on about it
_CLOSE = 6  # sentences behind the event in which the end of a suspected therapy is its consequence
_FAR = 200  # sentences behind the event in which it is looked for again
_LATER = 6  # further sentences that name it again
_STORY = ("title", "abstract", "case", "results", "discussion", "table", "conclusion")
_NAMED_BY_STOP = 60  # characters around the words of a stop in which the therapy that ends is named
_OUTCOMES: dict[str, Outcome] = {
    "fatal": "fatal",
    "not_recovered": "not_recovered",
    "sequelae": "sequelae",
    "recovered": "recovered",
    "recovering": "recovering",
}
_ACTIONS: dict[str, ActionTaken] = {
    "interrupted": "interrupted",
    "dose_reduced": "dose_reduced",
    "withdrawn": "withdrawn",
    "none": "none",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """The sentences that speak of one event of one patient, and what is asked of them.

    Attributes:
        indices: sentences in text order, the event's own first.
        therapies: the suspected ones.
        analytes: names of the laboratory tests that show the event.
    """

    scene: Scene
    event: Event
    indices: tuple[int, ...]
    therapies: tuple[str, ...]

    @classmethod
    def of(cls, scene: Scene, event: Event, therapies: Sequence[str], analytes: Sequence[str] = ()) -> "Aftermath":
        """Find the sentences: the own one, those that go straight on about it, and later ones that name it."""
        own = scene.sentence_index(event.mention)
        indices = [own]
        for index in range(own + 1, min(own + 1 + _NEXT, len(scene.attributed))):
            if not _goes_on(scene, index, event, therapies, analytes):
                break
            indices.append(index)
        return cls(
            scene=scene,
            event=event,
            indices=tuple(
                sorted({*indices, *_later(scene, event, indices[-1], analytes), *_ended(scene, own, therapies)})
            ),
            therapies=tuple(therapies),
        )

    def words(self, index: int) -> str:
        """The words of a sentence."""
        return self.scene.words(index)

    def outcome(self) -> Outcome | None:
        """How the event ended: the last sentence that says so decides; death only in the event's own sentence."""
        found: Outcome | None = None
        for place, index in enumerate(self.indices):
            words = self._from_event(index) if place == 0 else self.words(index)
            told = next((o for name, o in _OUTCOMES.items() if load_cues("toxicity")[name].search(words)), None)
            if place == 0 and load_cues("toxicity")["died_of"].search(self._to_event(index)):
                return "fatal"
            if told == "fatal" and place > 0:
                continue
            if told is None and self._is_denied(index):
                told = "recovered"
            found = told if told and (found is None or place > 0) else found
            if found in ("recovered", "fatal"):
                return found
        return found or self._outcome_before()

    def _outcome_before(self) -> Outcome | None:
        cues = load_cues("toxicity")
        words = " ".join(self.words(i) for i in self._ended_before())
        return next((_OUTCOMES[name] for name in ("recovered", "recovering") if cues[name].search(words)), None)

    def _ended_before(self) -> tuple[int, ...]:
        """``All drugs were stopped. She recovered. We concluded that she had valproate-induced …``: told before.

        The sentences from the end of the suspected therapy up to the one that only concludes what the event was.
        """
        own, cues, scene = self.indices[0], load_cues("toxicity"), self.scene
        if not cues["concluded"].search(self.words(own)) or not cues["related"].search(self.words(own)):
            return ()
        for index in range(own - 1, max(own - 1 - _CLOSE, -1), -1):
            alike = scene.sentence(index).section == scene.sentence(own).section
            if not alike or scene.attributed[index].kind != "patient":
                return ()
            named = {n for m in scene.within(index, "DRUG", "THERAPY") for n in names_of(m)}
            all_drugs = cues["all_withdrawn"].search(self.words(index))
            if all_drugs or (named & set(self.therapies) and self._is_about_therapy(index, "withdrawn")):
                return tuple(range(index, own))
        return ()

    def _is_denied(self, index: int) -> bool:
        """``During follow-up, she had no rash``: named again, and said to be gone."""
        same = _same_events(self.scene, index, self.event)
        return bool(same) and all(m.assertion == "negated" for m in same)

    def _from_event(self, index: int) -> str:
        behind = self.words(index)[self.event.mention.end - self.scene.sentence(index).start :]
        own, _, apart = behind.partition("; ")
        return behind if load_cues("toxicity")["speaks_of"].search(apart) else own

    def _to_event(self, index: int) -> str:
        return self.words(index)[: self.event.mention.start - self.scene.sentence(index).start]

    def action(self, regimens: Sequence[Regimen]) -> ActionTaken | None:
        """What was done with the suspected therapy: the first sentence that says so, else its regimen's end."""
        for index in self.indices:
            told = next((a for name, a in _ACTIONS.items() if self._is_about_therapy(index, name)), None)
            if told == "withdrawn" and self._resumed(index):
                return "interrupted"
            if told:
                return told
        if self._ended_before():
            return "withdrawn"
        ended = [r for r in regimens if r.therapy in self.therapies and r.stop_reason == "toxicity"]
        if any(r.status == "stopped" for r in ended):
            return "withdrawn"
        return "dose_reduced" if any(r.status == "dose_reduced" for r in ended) else None

    def _is_about_therapy(self, index: int, name: str) -> bool:
        """The words of the action stand by the suspected therapy, or by no therapy's name at all."""
        sentence, words = self.scene.sentence(index), self.words(index)
        for match in load_cues("toxicity")[name].finditer(words):
            if load_cues("toxicity")["its_treatment"].search(words[: match.start()]):
                return True
            start = max(match.start() - _NAMED_BY_STOP, 0)
            near = Span(
                start=sentence.start + start, end=sentence.start + min(match.end() + _NAMED_BY_STOP, len(words))
            )
            named = [m for m in self.scene.inside(near, "DRUG", "THERAPY") if isinstance(m.value, TherapyName)]
            if not named or any(set(names_of(m)) & set(self.therapies) for m in named):
                return True
            if any(isinstance(m.value, TherapyName) and m.value.is_class for m in named):
                return True
        return False

    def _resumed(self, index: int) -> bool:
        later = " ".join(self.scene.words(i) for i in self.indices if i >= index)
        return bool(load_cues("toxicity")["resumed"].search(later))

    def serious(self) -> bool | None:
        """Death, threat to life, hospital stay: told of the event, or so by its nature."""
        cues = load_cues("toxicity")
        near = " ".join(self.words(i) for i in self.indices[:2])
        if cues["serious"].search(near) or cues["serious_by_nature"].search(self.event.condition.name):
            return True
        return None

    def treatment(self) -> tuple[str, ...]:
        """What the event was treated with, in text order."""
        found: list[str] = []
        for place, index in enumerate(self.indices):
            found.extend(self._related(index))
            start = self.event.mention.end if place == 0 else self.scene.sentence(index).start
            found.extend(self._treated_with(index, start))
        return tuple(n for n in dict.fromkeys(found) if n not in self.therapies)

    def _related(self, index: int) -> list[str]:
        same = _same_events(self.scene, index, self.event)
        return [n for m in same for head in self.scene.heads_of(m, "TREATS") for n in names_of(head)]

    def _treated_with(self, index: int, start: int) -> list[str]:
        sentence = self.scene.sentence(index)
        if start >= sentence.end:
            return []
        words = self.scene.document.text[start : sentence.end]
        cue = load_cues("toxicity")["treated_with"].search(words)
        if cue is None:
            return []
        ended = load_cues("toxicity")["treatment_ends"].regex.search(words, cue.end())
        span = Span(start=start + cue.start(), end=start + (ended.start() if ended else len(words)))
        given = self.scene.inside(span, "DRUG", "THERAPY")
        return [n for m in given if m.assertion == "affirmed" and m.status != "stopped" for n in names_of(m)]

    def rechallenge(self) -> Challenge | None:
        """Whether the event came again when the therapy was given again."""
        cues = load_cues("toxicity")
        for index in self.indices:
            words = self.words(index)
            if cues["rechallenge"].search(words):
                if cues["no_recurrence"].search(words):
                    return "negative"
                return "positive" if cues["recurred"].search(words) else None
        return None


def _goes_on(scene: Scene, index: int, event: Event, therapies: Sequence[str], analytes: Sequence[str]) -> bool:
    """A sentence of the same story that speaks of the event, its suspected therapy's end or its recovery."""
    own = scene.sentence(scene.sentence_index(event.mention))
    sentence, words = scene.sentence(index), scene.words(index)
    if sentence.section != own.section or sentence.block == "heading" or scene.attributed[index].kind != "patient":
        return False
    if _same_events(scene, index, event) or _shows(scene, index, analytes):
        return True
    cues = load_cues("toxicity")
    others = [m for m in scene.within(index, "TOXICITY", "CONDITION") if m.assertion == "affirmed"]
    if others and load_cues("blame")["appeared"].search(words):
        return False
    if cues["speaks_of"].search(words):
        return True
    named = {n for m in scene.within(index, "DRUG", "THERAPY") for n in names_of(m)}
    ends = any(
        cues[name].search(words) for name in ("withdrawn", "interrupted", "dose_reduced", "recovered", "treated_with")
    )
    return ends and (not named or bool(named & set(therapies)) or not others)


def _ended(scene: Scene, own: int, therapies: Sequence[str]) -> tuple[int, ...]:
    """The first sentence close behind that ends a suspected therapy by name, for no other reason."""
    cues, reasons = load_cues("toxicity"), load_cues("stop_reason")
    for index in range(own + 1, min(own + 1 + _CLOSE, len(scene.attributed))):
        words = scene.words(index)
        if scene.attributed[index].kind != "patient" or scene.sentence(index).section != scene.sentence(own).section:
            return ()
        named = {n for m in scene.within(index, "DRUG", "THERAPY") for n in names_of(m)}
        if named & set(therapies) and cues["withdrawn"].search(words):
            other = any(reasons[name].search(words) for name in ("progression", "no_response", "completed"))
            return () if other else (index,)
    return ()


def _later(scene: Scene, event: Event, last: int, analytes: Sequence[str]) -> tuple[int, ...]:
    """Later sentences about a patient that name the event again, or the laboratory test that shows it."""
    found = [
        index
        for index in range(last + 1, min(last + _FAR, len(scene.attributed)))
        if scene.attributed[index].kind == "patient"
        and scene.sentence(index).section in _STORY
        and (_same_events(scene, index, event) or (_shows(scene, index, analytes) and index < last + _LATER))
    ]
    return tuple(found[:_LATER])


def _same_events(scene: Scene, index: int, event: Event) -> list[Mention]:
    wanted = {event.condition.name, event.condition.ctcae_term} - {""}
    return [
        m
        for m in scene.within(index, "CONDITION", "TOXICITY")
        if isinstance(m.value, ConditionName) and wanted & {m.value.name, m.value.ctcae_term}
    ]


def _shows(scene: Scene, index: int, analytes: Sequence[str]) -> bool:
    return any(isinstance(m.value, AnalyteName) and m.value.name in analytes for m in scene.within(index, "ANALYTE"))
