"""Regimens: the tellings of a therapy become rows, one a therapy, dose, route and schedule."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.datamodel import Regimen
from pipeline.datamodel.values import Component
from pipeline.linking._regimens.course import Course
from pipeline.linking._regimens.courses import courses
from pipeline.linking._regimens.endings import ending_of, was_in_vain
from pipeline.linking._regimens.roles import Roles, line_of
from pipeline.linking._regimens.sharing import shared
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene
from pipeline.linking.umbrellas import is_general

_NARRATIVE = frozenset({"case", "table"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A row in the making: the course with all that its tellings say, and those tellings."""

    course: Course
    case: int | None
    tellings: tuple[Course, ...]

    def absorbs(self, other: Course) -> bool:
        """True where ``other`` can be another telling of the same row: nothing that both state differs."""
        mine, theirs = self.course.slots(), other.slots()
        if self.course.is_dose_of(other):
            del mine["dose"], mine["per_week"]
        return all(mine.get(slot) is None or value is None or mine[slot] == value for slot, value in theirs.items())

    def with_telling(self, other: Course) -> "Told":
        """This row with one more telling; empty slots are filled from it, the fullest quote is kept."""
        mine, fuller = self.course, other.stated() > self.course.stated()
        first, second = (other, mine) if fuller else (mine, other)
        merged = replace(
            first,
            dose=first.dose or second.dose,
            route=first.route or second.route,
            frequency_text=first.frequency_text or second.frequency_text,
            per_week=first.per_week if first.per_week is not None else second.per_week,
            days=first.days or second.days,
            cycles=first.cycles if first.cycles is not None else second.cycles,
            cycle_length_days=first.cycle_length_days or second.cycle_length_days,
            duration_days=first.duration_days if first.duration_days is not None else second.duration_days,
            start_date=first.start_date or second.start_date,
            end_date=first.end_date or second.end_date,
            therapy=max((first.therapy, second.therapy), key=lambda t: len(t.name)),
            rules=tuple(dict.fromkeys([*first.rules, *second.rules])),
        )
        return replace(self, course=merged, tellings=(*self.tellings, other))


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a row stands: the number of its regimen, and which component of it the row is."""

    group: int
    component: Component


def build_regimens(scene: Scene) -> tuple[Regimen, ...]:
    """All regimen rows of the document, those of each patient first, in the order of their quotes."""
    found = shared(scene, courses(scene))
    roles = Roles.of(scene, found)
    rows: list[Regimen] = []
    numbers = [patient.number for patient in scene.document.patients]
    for case in numbers:
        told = _merged(scene, case, [c for c in found if c.kind == "patient" and case in c.cases])
        rows.extend(_rows(scene, roles, told))
    for kind in ("cohort", "recommendation"):
        others = [c for c in found if c.kind == kind and _worth_a_row(scene, c)]
        rows.extend(_rows(scene, roles, _merged(scene, None, others)))
    return tuple(rows)


def _worth_a_row(scene: Scene, course: Course) -> bool:
    """Of the literature's therapies, those with a dose or schedule, and all that are recommended."""
    return course.kind == "recommendation" or course.dose is not None or course.duration_days is not None


def _merged(scene: Scene, case: int | None, found: Sequence[Course]) -> list[Told]:
    """Fold tellings of one therapy that do not contradict one another; the latest row is asked first."""
    rows: list[Told] = []
    for course in sorted(found, key=lambda c: (scene.sentence(c.sentence).section not in _NARRATIVE, c.mention.start)):
        same = [
            i
            for i in reversed(range(len(rows)))
            if _is_one_therapy(rows[i].course, course) and rows[i].course.assertion == course.assertion
        ]
        home = next((i for i in same if rows[i].absorbs(course)), None)
        if home is None:
            rows.append(Told(course=course, case=case, tellings=(course,)))
        else:
            rows[home] = rows[home].with_telling(course)
    return rows


def _is_one_therapy(told: Course, again: Course) -> bool:
    """One name, or of an operation a longer one and its last words (``total thyroidectomy``, ``thyroidectomy``)."""
    names = told.therapy.name, again.therapy.name
    if names[0] == names[1]:
        return True
    both = told.therapy.therapy_type == again.therapy.therapy_type == "surgery"
    return both and max(names, key=len).endswith(f" {min(names, key=len)}") and not is_general(again.therapy)


def _rows(scene: Scene, roles: Roles, told: Sequence[Told]) -> Iterator[Regimen]:
    ordered = sorted(told, key=lambda t: (t.course.quote.start, t.course.quote.end))
    for entry, group in zip(ordered, _groups(scene, ordered), strict=True):
        therapy = entry.course.therapy
        for component in therapy.components or (Component(name=therapy.name, code=therapy.code),):
            yield _row(scene, roles, entry, Place(group=group, component=component))


def _row(scene: Scene, roles: Roles, entry: Told, place: Place) -> Regimen:
    course = entry.course
    dose = None if course.therapy.components else course.dose
    ending = ending_of(scene, course, entry.tellings)
    role = roles.role_of(scene, course, entry.tellings)
    return Regimen(
        start=course.quote.start,
        end=course.quote.end,
        quote=scene.document.slice(course.quote),
        section=scene.sentence(scene.sentence_index(course.quote)).section,
        case=entry.case,
        attribution=course.kind,
        assertion=course.assertion,
        cue=course.cue,
        rules=course.rules,
        mentions=len(entry.tellings),
        group=place.group,
        therapy=place.component.name,
        therapy_text=course.mention.text,
        therapy_type=course.therapy.therapy_type,
        therapy_code=place.component.code,
        regimen_name=course.therapy.regimen_name,
        line=line_of(scene, course),
        role=role,
        dose_low=dose.low if dose else None,
        dose_high=dose.high if dose else None,
        dose_unit=dose.unit if dose else "",
        route=course.route,
        frequency_text=course.frequency_text,
        per_week=course.per_week,
        days=course.days,
        cycles=course.cycles,
        cycle_length_days=course.cycle_length_days,
        duration_days=course.duration_days or ending.duration_days,
        start_date=course.start_date,
        end_date=course.end_date or ending.date,
        status=ending.status,
        stop_reason=ending.reason
        or ("no_response" if role == "prior" and was_in_vain(scene, entry.tellings) else None),
    )


def _groups(scene: Scene, ordered: Sequence[Told]) -> list[int]:
    """Number the regimens: therapies that one clause joins (``A and B``, ``A plus B``, ``A, B``) are given together."""
    groups: list[int] = []
    for position, entry in enumerate(ordered):
        before = ordered[position - 1].course if position else None
        joined = before is not None and _joined(scene, before, entry.course)
        groups.append((groups[-1] if joined else groups[-1] + 1) if groups else 1)
    return groups


def _joined(scene: Scene, first: Course, second: Course) -> bool:
    if first.sentence != second.sentence or first.quote.end > second.quote.start:
        return first.sentence == second.sentence
    between = scene.document.text[first.quote.end : second.quote.start]
    return bool(load_cues("together")["together"].search(between))
