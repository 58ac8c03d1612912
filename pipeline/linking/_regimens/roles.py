"""Roles: what a therapy was to the report (index, prior, prophylaxis …), and its line."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.datamodel.values import ResponseValue, TherapyName
from pipeline.datamodel.vocabulary import Role
from pipeline.linking._regimens.course import Course
from pipeline.linking.clauses import clause_at
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene
from pipeline.linking.umbrellas import is_general

_LINES = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_BESIDE = ("prior", "given_first", "premedication", "prophylaxis", "supportive", "concomitant")
_NARRATIVE = frozenset({"case", "results", "table"})
_ACTS = ("surgery", "radiotherapy")
_MOST = 4  # a section that names more therapies does not say which the report is about
_ROLES: dict[str, Role] = {
    "premedication": "premedication",
    "prophylaxis": "prophylaxis",
    "comparator": "comparator",
    "supportive": "supportive",
    "prior": "prior",
    "given_first": "prior",
    "concomitant": "concomitant",
    "subsequent": "subsequent",
    "before_all": "prior",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Where a patient's story tells of the index therapies, in code points, and how.

    ``presents`` is the start of the first sentence that tells of the patient's coming; ``stopped`` holds where the
    last one that names an index therapy tells that it was given no more.
    """

    begins: int
    ends: int
    presents: int | None
    stopped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """What the document is about: its index therapies, those it blames, and where each story tells of them.

    ``named`` holds where the title or the abstract names the index therapies.
    """

    index: frozenset[str]
    named: bool
    culprits: frozenset[str]
    narrated: dict[int, Story]

    @classmethod
    def of(cls, scene: Scene, found: Sequence[Course]) -> "Roles":
        """Read them off the title, else the abstract, else the therapy told of most."""
        index, named = _index_therapies(scene, found)
        culprits = _culprits(scene) & index
        told = [c for c in found if c.therapy.name in index and c.kind == "patient" and _is_narrative(scene, c)]
        after = [c for c in told if c.therapy.name in culprits or _cue(scene, (c,), ("before_all",)) is None]
        narrated = {**_narrated(scene, told), **_narrated(scene, after)}
        return cls(index=index, named=named, culprits=culprits, narrated=narrated)

    def role_of(self, scene: Scene, course: Course, tellings: Sequence[Course]) -> Role:
        """The role of a row: by its own words, else by its place in the story."""
        if course.kind != "patient":
            return _cue(scene, tellings, ("comparator",)) or "unknown"
        names = {course.therapy.name, *(c.name for c in course.therapy.components)}
        if names & self.culprits:
            return "culprit"
        if course.therapy.therapy_type in _ACTS and all(_in_history(scene, telling) for telling in tellings):
            return "prior"
        if names & self.index and not self._was_before(scene, course, tellings):
            return "index"
        told = _cue(scene, tellings, ("premedication", "prophylaxis", "supportive"))
        return told or self._in_story(scene, course, tellings)

    def _was_before(self, scene: Scene, course: Course, tellings: Sequence[Course]) -> bool:
        """``He had taken oral A. … A was infused``: a row that words put before all that the story tells."""
        story = next((self.narrated[n] for n in course.cases if n in self.narrated), None)
        return story is not None and all(
            t.mention.start < story.begins and _is_narrative(scene, t) and _cue(scene, (t,), ("before_all",))
            for t in tellings
        )

    def _in_story(self, scene: Scene, course: Course, tellings: Sequence[Course]) -> Role:
        first = min((t for t in tellings if _is_narrative(scene, t)), key=lambda t: t.mention.start, default=None)
        told = _cue(scene, tellings, ("prior", "concomitant", "subsequent"))
        supports = load_cues("role")["usual_supportive"].search(course.therapy.name)
        story = next((self.narrated[n] for n in course.cases if n in self.narrated), None)
        early = story is not None and first is not None and first.mention.start < story.begins
        if supports and told in (None, "subsequent") and not (early and first and _failed(scene, first)):
            return "supportive"
        if story is None or first is None:
            return told or "index"
        told = _as_placed(told or _cue(scene, tellings, ("given_first",)), story, first.mention.start)
        if told:
            return told
        begun = ("begun",) if self.named else ("begun", "given")
        return "subsequent" if course.assertion == "planned" else _by_place(scene, story, first, begun)


def _as_placed(told: Role | None, story: Story, place: int) -> Role | None:
    """What ``prior`` and ``subsequent`` words mean at their place: they order the therapies of one line, too."""
    if told == "subsequent":
        return "prior" if place < story.begins else "index" if place <= story.ends else told
    return None if told == "prior" and place > story.ends else told


def _by_place(scene: Scene, story: Story, first: Course, begun: tuple[str, ...]) -> Role:
    """The role of a therapy of which no words tell it: what was done for what brought the patient is the index.

    ``begun`` names the cues by which a therapy is the index where its place is among the index therapies.
    """
    place, sentence = first.mention.start, scene.sentence(first.sentence)
    acts = first.therapy.therapy_type in _ACTS
    if place < story.begins:
        came = story.presents is not None and story.presents < sentence.start
        operated = first.therapy.therapy_type == "surgery"
        return "index" if operated and came and not first.start_date and not _failed(scene, first) else "prior"
    if place > story.ends:
        return "subsequent" if story.stopped else "index"
    clause = clause_at(scene.document, sentence, first.mention)
    return "index" if acts or any(load_cues("role")[name].search(clause) for name in begun) else "concomitant"


def _in_history(scene: Scene, course: Course) -> bool:
    """``Her past medical history includes …, mitral valve replacement``: what was done to her once."""
    before = scene.document.text[scene.sentence(course.sentence).start : course.mention.start]
    return bool(load_cues("role")["history"].search(" ".join(before.split())))


def _failed(scene: Scene, course: Course) -> bool:
    """True where the sentence of the therapy tells that the disease went on, or came again."""
    told = scene.within(course.sentence, "RESPONSE")
    return any(isinstance(m.value, ResponseValue) and m.value.category in ("NR", "PD", "relapse") for m in told)


def _narrated(scene: Scene, told: Sequence[Course]) -> dict[int, Story]:
    """From the start of the sentence where a story first tells of an index therapy to the end of the last one."""
    places: dict[int, list[int]] = {}
    for course in told:
        for case in course.cases:
            places.setdefault(case, []).append(course.sentence)
    return {case: _story(scene, case, found_in) for case, found_in in places.items()}


def _story(scene: Scene, case: int, found_in: Sequence[int]) -> Story:
    presents = load_cues("role")["presents"]
    coming = (
        s.start
        for s in scene.document.sentences
        if s.section in _NARRATIVE and case in (s.patients or (case,)) and presents.search(scene.document.slice(s))
    )
    return Story(
        begins=scene.sentence(min(found_in)).start,
        ends=scene.sentence(max(found_in)).end,
        presents=next(coming, None),
        stopped=bool(load_cues("status")["stopped"].search(scene.words(max(found_in)))),
    )


def _is_narrative(scene: Scene, course: Course) -> bool:
    return scene.sentence(course.sentence).section in _NARRATIVE


def line_of(scene: Scene, course: Course) -> int | None:
    """Line of treatment where the clause states it (``second-line``)."""
    clause = clause_at(scene.document, scene.sentence(course.sentence), course.mention)
    found = load_cues("together")["line"].search(clause)
    return next((n for name, n in _LINES.items() if found and found.group(name)), None)


def _index_therapies(scene: Scene, found: Sequence[Course]) -> tuple[frozenset[str], bool]:
    """The title's therapies, else the abstract's, else the one told of most; with those given together with them.

    -> and whether the title or the abstract names one that the story tells.
    """
    given = [c for c in found if c.kind == "patient" and not c.therapy.is_class]
    told = [c for c in given if not is_general(c.therapy)] or given
    titled = set(_named_in(scene, "title", {c.therapy.name for c in told}))
    supports = load_cues("role")["usual_supportive"]
    told = [c for c in told if c.therapy.name in titled or not supports.search(c.therapy.name)] or told
    names = {c.therapy.name for c in told}
    narrated = {c.therapy.name for c in told if _is_narrative(scene, c)}
    chosen = titled or set(_named_in(scene, "abstract", names))
    named = not narrated.isdisjoint(chosen)
    if not named:
        in_order = sorted(told, key=lambda c: c.mention.start)
        tellings = [c for c in in_order if _cue(scene, (c,), _BESIDE) is None]
        counts = Counter(c.therapy.name for c in tellings if c.therapy.name in (narrated or names))
        best = max(counts.values(), default=0)
        chosen |= set([name for name, n in counts.items() if n == best][:2])
    return frozenset(_with_partners(scene, told, chosen)), named


def _with_partners(scene: Scene, told: Sequence[Course], names: set[str]) -> set[str]:
    """The therapies with all that lists join to them (``isoniazid, rifampicin, and ethambutol``)."""
    together = load_cues("together")["together"]
    for a, b in pairwise(sorted(told, key=lambda c: c.mention.start)):
        joined = a.sentence == b.sentence and together.search(scene.document.text[a.quote.end : b.mention.start])
        if joined and a.therapy.name in names and _cue(scene, (b,), _BESIDE) is None:
            names.add(b.therapy.name)
    return names


def _named_in(scene: Scene, section: str, told: set[str]) -> list[str]:
    """Up to four therapies that a section names as given for the disease, not before it or beside it."""
    found: dict[str, None] = {}
    for mention in scene.labelled("DRUG", "THERAPY"):
        sentence = scene.sentence(scene.sentence_index(mention))
        if sentence.section != section or not isinstance(mention.value, TherapyName):
            continue
        cues, text = load_cues("role"), scene.document.text
        beside = cues["not_index_after"].search(text[mention.end : sentence.end])
        clause = clause_at(scene.document, sentence, mention)
        if mention.value.name in told and not beside and not any(cues[name].search(clause) for name in _BESIDE):
            found[mention.value.name] = None
    return list(found) if len(found) <= _MOST else []


def _culprits(scene: Scene) -> frozenset[str]:
    """Therapies that the title blames for an event."""
    blamed = set()
    for relation in scene.relations:
        head, tail = relation.head, relation.tail
        if relation.label != "CAUSES" or scene.sentence(scene.sentence_index(head)).section != "title":
            continue
        words = scene.document.text[min(head.end, tail.end) : max(head.start, tail.start)]
        if isinstance(head.value, TherapyName) and load_cues("blame")["title"].search(words):
            blamed.add(head.value.name)
    return frozenset(blamed)


def _cue(scene: Scene, tellings: Sequence[Course], names: tuple[str, ...]) -> Role | None:
    cues = load_cues("role")
    for telling in tellings:
        mention, sentence = telling.mention, scene.sentence(telling.sentence)
        clause = clause_at(scene.document, sentence, mention)
        behind = scene.document.text[mention.end : sentence.end]
        for name in names:
            if cues[name].search(clause) or (name == "supportive" and cues["relieves"].search(behind)):
                return _ROLES[name]
    return None
