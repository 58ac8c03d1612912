"""Roles: what a therapy was to the report (index, prior, prophylaxis …), and its line."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.datamodel.values import TherapyName
from pipeline.datamodel.vocabulary import Role
from pipeline.linking.clauses import clause_at
from pipeline.linking.courses import Course
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_LINES = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_NEAR = ("premedication", "prophylaxis", "comparator", "supportive")
_ROLES: dict[str, Role] = {
    "premedication": "premedication",
    "prophylaxis": "prophylaxis",
    "comparator": "comparator",
    "supportive": "supportive",
    "prior": "prior",
    "concomitant": "concomitant",
    "subsequent": "subsequent",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """What the document is about: its index therapies, those it blames, and where the index therapy begins and ends."""

    index: frozenset[str]
    culprits: frozenset[str]
    first: int
    last: int

    @classmethod
    def of(cls, scene: Scene, found: Sequence[Course]) -> "Roles":
        """Read them off the title, else the abstract, else the therapy told of most."""
        index = _index_therapies(scene, found)
        narrated = [
            c.mention.start
            for c in found
            if c.therapy.name in index and c.kind == "patient" and scene.sentence(c.sentence).section == "case"
        ]
        return cls(
            index=index,
            culprits=_culprits(scene) & index,
            first=min(narrated, default=-1),
            last=max(narrated, default=-1),
        )

    def role_of(self, scene: Scene, course: Course, tellings: Sequence[Course]) -> Role:
        """The role of a row: by its own words, else by its place in the story."""
        if course.kind == "recommendation":
            return "unknown"
        near = _cue(scene, tellings, _NEAR)
        if near:
            return near
        names = {course.therapy.name, *(c.name for c in course.therapy.components)}
        if names & self.culprits:
            return "culprit"
        if names & self.index:
            return "index"
        told = _cue(scene, tellings, ("prior", "concomitant", "subsequent"))
        if told == "prior" and self.last >= 0 and course.mention.start > self.last:
            told = None
        return told or self._by_place(scene, course)

    def _by_place(self, scene: Scene, course: Course) -> Role:
        if course.therapy.therapy_type == "transfusion":
            return "supportive"
        if self.first < 0 or scene.sentence(course.sentence).section != "case":
            return "unknown"
        if course.mention.start < self.first:
            return "prior"
        return "subsequent" if course.mention.start > self.last else "concomitant"


def line_of(scene: Scene, course: Course) -> int | None:
    """Line of treatment where the clause states it (``second-line``)."""
    clause = clause_at(scene.document, scene.sentence(course.sentence), course.mention)
    found = load_cues("together")["line"].search(clause)
    return next((n for name, n in _LINES.items() if found and found.group(name)), None)


def _index_therapies(scene: Scene, found: Sequence[Course]) -> frozenset[str]:
    told = {c.therapy.name for c in found if c.kind == "patient"}
    for sections in (("title",), ("abstract",)):
        named = [
            m.value
            for m in scene.labelled("DRUG", "THERAPY")
            if isinstance(m.value, TherapyName) and scene.sentence(scene.sentence_index(m)).section in sections
        ]
        names = frozenset(v.name for v in named if v.name in told and not v.is_class)
        if names and len(names) <= 3:
            return names
    counts = Counter(c.therapy.name for c in found if c.kind == "patient" and not c.therapy.is_class)
    best = max(counts.values(), default=0)
    return frozenset(sorted(name for name, n in counts.items() if n == best)[:2]) if best > 1 else frozenset()


def _culprits(scene: Scene) -> frozenset[str]:
    """Therapies that the title blames for an event."""
    return frozenset(
        r.head.value.name
        for r in scene.relations
        if r.label == "CAUSES"
        and isinstance(r.head.value, TherapyName)
        and scene.sentence(scene.sentence_index(r.head)).section == "title"
    )


def _cue(scene: Scene, tellings: Sequence[Course], names: tuple[str, ...]) -> Role | None:
    cues = load_cues("role")
    for telling in tellings:
        clause = clause_at(scene.document, scene.sentence(telling.sentence), telling.mention)
        for name in names:
            if cues[name].search(clause):
                return _ROLES[name]
    return None
