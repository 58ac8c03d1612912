"""The simple timeline: day 0 is the start of the index regimen of each patient."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, takewhile

from pipeline.datamodel import Mention, Regimen, Span
from pipeline.datamodel.values import Period, TimePoint
from pipeline.datamodel.vocabulary import Phase
from pipeline.linking.answers import names_of
from pipeline.linking.clauses import clause_at
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_MONTH, _YEAR = 30.4375, 365.25
_FEW = 4  # characters that say nothing
_OWN = 50  # characters behind a value that can say when it was measured
_ASIDE = re.compile(r"[;.]\s|,\s(?!respectively)")  # where they end
_BEHIND = 60  # characters behind a time in which the therapy that it counts from is named
_NARRATIVE = frozenset({"case", "table", "results"})
_PHASES: dict[str, Phase] = {
    "baseline": "baseline",
    "post_treatment": "post_treatment",
    "on_treatment": "on_treatment",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexCourse:
    """When the index regimen of one patient ran: its start date, and where the text begins and ends it."""

    start_date: str = ""
    begins: int | None = None
    ends: int | None = None
    cycle_length_days: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """When a fact was: days from the start of the index regimen, the words that say so, and the phase."""

    days: float | None = None
    text: str = ""
    phase: Phase = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The index courses of all patients by number."""

    courses: dict[int, IndexCourse]

    @classmethod
    def of(cls, scene: Scene, regimens: Sequence[Regimen]) -> "Timeline":
        """Read the index regimens' dates and places."""
        numbers = [patient.number for patient in scene.document.patients]
        return cls(courses={n: _course(scene, n, [r for r in regimens if r.case == n]) for n in numbers})

    def moment(self, scene: Scene, case: int, span: Span) -> Moment:
        """When the fact at ``span`` was, as far as its sentence and its place in the story tell."""
        course = self.courses.get(case, IndexCourse())
        return _moment(course, times_near(scene, span), _phase(scene, course, span))

    def tabled(self, case: int, heads: str, times: Sequence[Mention]) -> Moment:
        """When the fact of a table's cell was, as far as the words of its headers and its label tell."""
        course = self.courses.get(case, IndexCourse())
        cues = load_cues("phase")
        phase = next((_PHASES[name] for name in _PHASES if cues[name].search(heads)), None)
        named = load_cues("tables")["time_head"].search(heads)
        if named is None:
            return _moment(course, times, phase or ("on_treatment" if times else "baseline"))
        days = _named_days(named)
        return Moment(days=days, text=named.group(0), phase=phase or ("on_treatment" if days > 0 else "baseline"))


def _named_days(named: "re.Match[str]") -> float:
    """``Week 4`` is day 28; the first hospital day is day 0, when treatment starts unless told otherwise."""
    number = int(named["number"])
    if named["hospital"]:
        return float(number - 1)
    return round(number * (1 if named["day"] else 7 if named["week"] else _MONTH), 2)


def _moment(course: IndexCourse, times: Sequence[Mention], phase: Phase) -> Moment:
    for time in times:
        days = _days(course, time.value, phase)
        if days is not None:
            return Moment(days=days, text=time.text, phase="baseline" if days < 0 else phase)
    return Moment(text=times[0].text if times else "", phase=phase)


def _course(scene: Scene, case: int, regimens: Sequence[Regimen]) -> IndexCourse:
    index = [r for r in regimens if r.role in ("index", "culprit")]
    narrated = [r for r in index if r.section in _NARRATIVE] or index
    if narrated and not any(r.role == "culprit" for r in narrated):
        narrated = _after_examination(scene, case, narrated, regimens)
    return IndexCourse(
        start_date=min((r.start_date for r in index if r.start_date), default=""),
        begins=min((r.start for r in narrated), default=None),
        ends=max((r.end for r in narrated if r.status in ("stopped", "completed")), default=None),
        cycle_length_days=next((r.cycle_length_days for r in index if r.cycle_length_days), None),
    )


def _after_examination(scene: Scene, case: int, narrated: list[Regimen], regimens: Sequence[Regimen]) -> list[Regimen]:
    """What was begun before the first examination that is told is the patient's past, if more was begun after it."""
    cue = load_cues("phase")["examined"]
    told = (s for s in scene.document.sentences if s.section in _NARRATIVE and s.row is None)
    first = next((s for s in told if cue.search(scene.document.slice(s)) and case in scene.cases_of(s)), None)
    if first is None or min(r.start for r in narrated) > first.start:
        return narrated
    later = [r for r in regimens if r.start > first.end and r.role != "prior" and r.section in _NARRATIVE]
    return [r for r in narrated if r.start > first.end] or later or narrated


def times_near(scene: Scene, span: Span) -> list[Mention]:
    """Times of the sentence: those of the fact's own clause first, the nearest first."""
    index = scene.sentence_index(span)
    clause = clause_at(scene.document, scene.sentence(index), span)
    found = [m for m in scene.within(index, "TIME") if isinstance(m.value, TimePoint)]
    found += [m for d in scene.within(index, "DURATION") if (m := _elapsed(scene, d)) is not None]
    return sorted(found, key=lambda m: (m.text not in clause, abs(m.start - span.start)))


def since_therapy(scene: Scene, mention: Mention, therapies: Sequence[str]) -> float | None:
    """``Dapsone was started. One month later, the rash was gone``: days from the therapy just told to its answer."""
    index, follow_up = scene.sentence_index(mention), load_cues("phase")["follow_up"]
    for time in times_near(scene, mention):
        value = time.value
        if not isinstance(value, TimePoint) or value.kind != "offset" or follow_up.search(time.text):
            continue
        if value.anchor not in ("previous_event", "unknown") or not value.days or value.days < 0:
            continue
        if _counts_from(scene, index, time, therapies):
            return value.days
        told = [m for i in range(max(index - 2, 0), index + 1) for m in scene.within(i, "DRUG", "THERAPY", "RESPONSE")]
        turns = [m for m in told if m.start < min(time.end, mention.start)]
        last = [*takewhile(lambda m: m.label != "RESPONSE", reversed(turns))]
        if any(set(names_of(m)) & set(therapies) for m in last):
            return value.days
    return None


def _counts_from(scene: Scene, index: int, time: Mention, therapies: Sequence[str]) -> bool:
    """``3 weeks after receiving denosumab``: the therapy is named behind the time."""
    if not load_cues("phase")["since"].search(time.text):
        return False
    near = [m for m in scene.within(index, "DRUG", "THERAPY") if time.start <= m.start <= time.end + _BEHIND]
    return any(set(names_of(m)) & set(therapies) for m in near)


def _elapsed(scene: Scene, duration: Mention) -> Mention | None:
    """``at 3 months of treatment``: a length of treatment that says when."""
    text, sentence = scene.document.text, scene.sentence(scene.sentence_index(duration))
    before, after = text[sentence.start : duration.start], text[duration.end : sentence.end]
    cues = load_cues("phase")
    if not isinstance(duration.value, Period) or not cues["elapsed_before"].search(before):
        return None
    if not cues["elapsed_after"].search(after):
        return None
    return replace(
        duration, label="TIME", value=TimePoint(kind="offset", days=duration.value.high, anchor="treatment_start")
    )


def _days(course: IndexCourse, value: object, phase: Phase) -> float | None:
    if not isinstance(value, TimePoint):
        return None
    match value.kind:
        case "offset":
            if value.anchor in ("treatment_start", "unknown") and phase != "baseline":
                return value.days
        case "date":
            return days_between(course.start_date, value.iso)
        case "cycle":
            if value.cycle and course.cycle_length_days:
                return value.cycle * course.cycle_length_days
    return None


def days_between(start: str, end: str) -> float | None:
    """Days from one ISO date to another; whole months where either names no day; None where a year stands alone."""
    first, second = start.split("-"), end.split("-")
    if len(first) < 2 or len(second) < 2:
        return None
    if len(first) == len(second) == 3:
        return float((date(*map(int, second)) - date(*map(int, first))).days)
    months = (int(second[0]) - int(first[0])) * 12 + int(second[1]) - int(first[1])
    return round(months * _MONTH)


def _own_words(scene: Scene, span: Span) -> str:
    """What stands behind a value up to the next one: ``3.6 g/dL before treatment``, and not the ``4.5`` after it."""
    index = scene.sentence_index(span)
    others = (m.start for m in scene.within(index, "VALUE", "ANALYTE") if m.start >= span.end)
    end = min(next(others, span.end + _OWN), span.end + _OWN, scene.sentence(index).end)
    return _ASIDE.split(scene.document.text[span.end : end], maxsplit=1)[0]


def _of_others(scene: Scene, span: Span) -> Iterator[str]:
    """What says when the other values of the same test were measured (``rose to 9 from 7 before treatment``)."""
    told = scene.within(scene.sentence_index(span), "VALUE", "ANALYTE")
    runs = [list(run) for is_value, run in groupby(told, key=lambda m: m.label == "VALUE") if is_value]
    for other in next((run for run in runs if any(m.start == span.start for m in run)), ()):
        piece = _own_words(scene, other) if other.start != span.start else ""
        if len(piece) > _FEW and any(load_cues("phase")[name].search(piece) for name in _PHASES):
            yield piece


def _phase(scene: Scene, course: IndexCourse, span: Span) -> Phase:
    sentence = scene.sentence(scene.sentence_index(span))
    words = scene.document.slice(sentence)
    cues = load_cues("phase")
    behind = _own_words(scene, span)
    own = next((_PHASES[name] for name in _PHASES if cues[name].search(behind)), None)
    if own is not None:
        return own
    clause = clause_at(scene.document, sentence, span)
    for piece in _of_others(scene, span):
        clause, words = clause.replace(piece, " "), words.replace(piece, " ")
    for name, phase in _PHASES.items():
        if cues[name].search(clause):
            return phase
    for name in ("baseline", "post_treatment"):
        if cues[name].search(words):
            return _PHASES[name]
    if course.begins is None:
        return "baseline" if sentence.section in _NARRATIVE else "unknown"
    if sentence.section not in _NARRATIVE:
        return "unknown"
    if span.start < course.begins:
        return "baseline"
    return "on_treatment"
