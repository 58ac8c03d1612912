"""What therapies told together share: ``A 75 mg and B 600 mg for six months``, ``CHOP (cyclophosphamide, …)``."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Count, Frequency, Period, RouteValue, TimePoint
from pipeline.linking._regimens.course import Course, with_slot
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene

_LISTED = 6  # characters between a regimen's name and the list of its components


def shared(scene: Scene, found: Sequence[Course]) -> tuple[Course, ...]:
    """The courses with named regimens joined to the components that they list, and lists sharing what is told once."""
    named = _with_components(scene, found)
    courses: list[Course] = []
    for chain in _chains(scene, named):
        courses.extend(_sharing(scene, chain) if len(chain) > 1 else chain)
    return tuple(courses)


def _with_components(scene: Scene, found: Sequence[Course]) -> list[Course]:
    """``CHOP (cyclophosphamide 750 mg/m2, …)``: the listed drugs are CHOP's; CHOP keeps the components not listed."""
    courses = list(found)
    for i, regimen in enumerate(courses):
        if not regimen.therapy.components:
            continue
        listed = _listed(scene, regimen, courses[i + 1 :])
        names = {c.therapy.name for c in listed}
        for j, course in enumerate(courses):
            if course in listed:
                therapy = replace(course.therapy, regimen_name=regimen.therapy.regimen_name)
                courses[j] = replace(_inheriting(course, regimen), therapy=therapy)
        rest = tuple(c for c in regimen.therapy.components if c.name not in names)
        courses[i] = replace(regimen, therapy=replace(regimen.therapy, components=rest))
    return [c for c in courses if c.therapy.components or not _is_bare(c)]


def _is_bare(course: Course) -> bool:
    """A regimen whose components are all listed beside it."""
    return (
        bool(course.therapy.regimen_name) and course.therapy.name.casefold() == course.therapy.regimen_name.casefold()
    )


def _listed(scene: Scene, regimen: Course, behind: Sequence[Course]) -> list[Course]:
    names = {c.name for c in regimen.therapy.components}
    listed: list[Course] = []
    end = regimen.mention.end
    for course in behind:
        between = scene.document.text[end : course.mention.start]
        near = "(" in between or ":" in between if not listed else True
        if course.sentence != regimen.sentence or course.therapy.name not in names or not near:
            break
        if not listed and len(between) > len(between.lstrip()) + _LISTED * 4:
            break
        listed.append(course)
        end = course.quote.end
    return listed if len(listed) > 1 else []


def _inheriting(course: Course, regimen: Course) -> Course:
    """The component with the slots that are told of the regimen as a whole."""
    return replace(
        course,
        route=course.route or regimen.route,
        per_week=course.per_week if course.per_week is not None else regimen.per_week,
        cycles=course.cycles if course.cycles is not None else regimen.cycles,
        cycle_length_days=course.cycle_length_days or regimen.cycle_length_days,
        duration_days=course.duration_days if course.duration_days is not None else regimen.duration_days,
        start_date=course.start_date or regimen.start_date,
        end_date=course.end_date or regimen.end_date,
    )


def _chains(scene: Scene, courses: Sequence[Course]) -> list[list[Course]]:
    """Courses in text order, those joined by nothing but ``and``, ``with``, ``plus`` or a comma together."""
    ordered = sorted(courses, key=lambda c: (c.mention.start, c.quote.start))
    chains: list[list[Course]] = [[course] for course in ordered[:1]]
    together = load_cues("together")["together"]
    for before, course in pairwise(ordered):
        between = scene.document.text[_end(before) : course.mention.start]
        if before.sentence == course.sentence and together.search(between):
            chains[-1].append(course)
        else:
            chains.append([course])
    return chains


def _end(course: Course) -> int:
    """Where a course's own words end: its name with its dose, route and frequency when they follow."""
    return max(course.mention.end, *(p.end for p in course.parts)) if course.parts else course.mention.end


def _sharing(scene: Scene, chain: Sequence[Course]) -> list[Course]:
    """What stands before the list or behind it holds for each of its members that does not say otherwise."""
    first, last = chain[0].mention.start, chain[-1].mention.end
    before = [p for c in chain for p in c.parts if p.end <= first]
    behind = [p for c in chain for p in c.parts if p.start >= last and p in chain[-1].parts]
    courses = []
    plain = all(p.end <= chain[0].mention.start for p in chain[0].parts)
    for course in chain:
        for part in (*(p for p in before if _leads(p, plain)), *(p for p in behind if _trails(scene, last, p))):
            course = with_slot(course, part)
        courses.append(course)
    return courses


def _leads(part: Mention, plain: bool) -> bool:
    """``two cycles of cisplatin and etoposide``; ``oral A and B``, but not ``oral A 4 g for 7 days and B``."""
    return isinstance(part.value, (Count, Period, TimePoint)) or (plain and isinstance(part.value, RouteValue))


def _trails(scene: Scene, last: int, part: Mention) -> bool:
    """``A and B for six months``; a route or frequency only behind a verb (``A and B were given orally``)."""
    if isinstance(part.value, (RouteValue, Frequency)):
        return bool(load_cues("together")["all_were"].search(scene.document.text[last : part.start]))
    return isinstance(part.value, (Count, Period, TimePoint))
