"""Grades: how severe an event was, by the text's own grade, by a laboratory value, or by a word of severity.

Source: CTCAE: laboratory thresholds by term and analyte; mild is 1, moderate 2, severe 3, life-threatening 4, death 5.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.datamodel import Mention
from pipeline.datamodel.values import AnalyteName, GradeValue, Quantity
from pipeline.datamodel.vocabulary import GradeSource
from pipeline.lexicon import LabGrade, Lexicons
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene, gap
from pipeline.units import convert

_NEAR = 60  # characters between an event and the value that shows it
_BESIDE = 30  # characters between a grade and the event that it grades
_WORDS = {"mild": 1, "moderate": 2, "severe": 3, "life_threatening": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A grade and where it comes from; ``conflict`` is a sentence for the curator where text and laboratory differ."""

    grade: int | None = None
    source: GradeSource | None = None
    conflict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """Grades events by one version of CTCAE.

    Attributes:
        version: ``4``, ``5`` or ``6``.
    """

    lexicons: Lexicons
    version: str

    def of(self, scene: Scene, event: Mention, term: str) -> Grade:
        """The grade of the event at its mention.

        Args:
            scene: the document.
            event: the event's mention.
            term: its CTCAE term, lower case, or its name.
        """
        index = scene.sentence_index(event)
        stated, computed = _stated(scene, index, event), self._computed(scene, index, event, term)
        if stated is not None:
            conflict = self._unreached(scene, index, event, (term, stated))
            if computed:
                told = (
                    f"the text says grade {stated}, {computed[1]} is grade {computed[0].grade} by CTCAE v{self.version}"
                )
                conflict = told if computed[0].grade != stated else ""
            return Grade(grade=stated, source="stated", conflict=conflict)
        if computed:
            return Grade(grade=computed[0].grade, source="laboratory")
        word = None if self._is_measured(term) else _by_word(scene, index, event)
        return Grade(grade=word, source="severity_word" if word else None)

    def analytes(self, term: str) -> tuple[str, ...]:
        """Preferred names of the analytes that grade a term."""
        return tuple(
            analyte
            for (version, analyte), rows in sorted(self.lexicons.lab_grades.items())
            if version == self.version and any(row.term == term for row in rows)
        )

    def _is_measured(self, term: str) -> bool:
        """A severity word tells no grade where the grade is a matter of numbers (``severe neutropenia``)."""
        return bool(self.analytes(term))

    def _computed(self, scene: Scene, index: int, event: Mention, term: str) -> tuple[LabGrade, str] | None:
        """The gravest threshold that a value of the sentence passes, and the value as the text has it."""
        passed = [
            (threshold, f"{analyte.text} {value.text}")
            for analyte, value in self._values(scene, index, event, term)
            if (threshold := self._threshold(analyte, value, term)) is not None
        ]
        return max(passed, key=lambda p: p[0].grade, default=None)

    def _unreached(self, scene: Scene, index: int, event: Mention, claim: tuple[str, int]) -> str:
        """A sentence for the curator where a value beside the event passes no threshold, and not that of its grade."""
        term, stated = claim
        for analyte, value in self._values(scene, index, event, term):
            assert isinstance(analyte.value, AnalyteName)
            rows = self.lexicons.lab_grades[self.version, analyte.value.name]
            known = any(r.grade == stated and r.term == term and not r.relative for r in rows)
            between = scene.document.text[min(event.end, value.end) : max(event.start, value.start)]
            if known and gap(event, value) <= _NEAR and not load_cues("grades")["came_back"].search(between):
                told = value.value
                if isinstance(told, Quantity) and told.unit and self._threshold(analyte, value, term) is None:
                    shown = f"{analyte.text} {value.text}"
                    return f"the text says grade {stated}, which {shown} does not reach by CTCAE v{self.version}"
        return ""

    def _values(self, scene: Scene, index: int, event: Mention, term: str) -> Iterator[tuple[Mention, Mention]]:
        names = self.analytes(term)
        owner = scene.attribution_of(event).kind
        for analyte in scene.within(index, "ANALYTE"):
            if isinstance(analyte.value, AnalyteName) and analyte.value.name in names:
                for value in scene.heads_of(analyte, "VALUE_OF"):
                    if scene.sentence_index(value) == index and scene.attribution_of(value).kind == owner:
                        yield analyte, value

    def _threshold(self, analyte: Mention, value: Mention, term: str) -> LabGrade | None:
        assert isinstance(analyte.value, AnalyteName)
        told = value.value
        if not isinstance(told, Quantity) or not told.unit or told.low != told.high:
            return None
        name = analyte.value.name
        units = {row.unit: None for row in self.lexicons.lab_grades[self.version, name] if not row.relative}
        for unit in units:
            number = convert(told.low, told.unit, unit, name)
            found = None if number is None else self.lexicons.grade(name, number, unit, self.version)
            if found is not None and found.term == term:
                return found
        return None


def _stated(scene: Scene, index: int, event: Mention) -> int | None:
    """The grade stated next to the event, nearer to it than to any other event of the sentence."""
    events = [*scene.within(index, "TOXICITY", "CONDITION"), event]
    for grade in scene.within(index, "GRADE"):
        nearest = min(events, key=lambda m: gap(m, grade))
        near = nearest.overlaps(event) and gap(event, grade) <= _BESIDE
        if near and isinstance(grade.value, GradeValue) and grade.value.low == grade.value.high:
            return grade.value.high
    return None


def _by_word(scene: Scene, index: int, event: Mention) -> int | None:
    """``mild nausea``: the word of severity just before the event or within its own words."""
    start = max(scene.sentence(index).start, event.start - _BESIDE)
    words = scene.document.text[start : event.end]
    cues = load_cues("grades")
    found = [grade for name, grade in _WORDS.items() if cues[name].search(words)]
    return found[0] if len(found) == 1 else None
