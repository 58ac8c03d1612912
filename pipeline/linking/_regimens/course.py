"""A course: one telling of a therapy, and how its slots are filled from the mentions tied to it."""

from dataclasses import dataclass, replace

from pipeline.datamodel import Mention, Span
from pipeline.datamodel.values import Count, Frequency, Period, Quantity, RouteValue, TherapyName, TimePoint
from pipeline.datamodel.vocabulary import Assertion, Attribution, Route
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene, gap

_PERIODS = {7.0: "d", 1.0: "wk"}
_ACTS = ("surgery", "transplant")
_DAY = "/d"
_DAILY = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One telling of a therapy. Slots are None or empty where this telling does not state them.

    ``parts`` are the mentions that the slots were taken from.
    """

    mention: Mention
    therapy: TherapyName
    sentence: int
    kind: Attribution
    cue: str
    cases: tuple[int, ...]
    assertion: Assertion
    quote: Span
    dose: Quantity | None = None
    route: Route | None = None
    frequency_text: str = ""
    per_week: float | None = None
    days: tuple[int, ...] = ()
    cycles: float | None = None
    cycle_length_days: float | None = None
    duration_days: float | None = None
    start_date: str = ""
    end_date: str = ""
    rules: tuple[str, ...] = ()
    parts: tuple[Mention, ...] = ()

    def slots(self) -> dict[str, object]:
        """The slots that tell one course from another."""
        return {
            "dose": (self.dose.low, self.dose.high, self.dose.unit) if self.dose else None,
            "route": self.route,
            "per_week": self.per_week,
            "days": self.days or None,
            "cycles": self.cycles,
            "duration_days": self.duration_days,
            "start_date": self.start_date or None,
            "end_date": self.end_date or None,
        }

    def is_dose_of(self, other: "Course") -> bool:
        """``100 mg/day`` and ``100 mg`` (once daily, or no schedule told) are one amount of one schedule."""
        if (
            self.dose is None
            or other.dose is None
            or (self.dose.low, self.dose.high) != (other.dose.low, other.dose.high)
        ):
            return False
        daily, single = (self, other) if self.dose.unit.endswith(_DAY) else (other, self)
        units = daily.dose.unit if daily.dose else "", single.dose.unit if single.dose else ""
        return (
            units[0] == f"{units[1]}{_DAY}" and single.per_week in (None, _DAILY) and daily.per_week in (None, _DAILY)
        )

    def stated(self) -> int:
        """How many slots this telling states."""
        return sum(value is not None for value in self.slots().values())


def with_slots(scene: Scene, course: Course, dose: Mention | None, heads: list[Mention]) -> Course:
    """The course with the slots of a dose and of the mentions tied to it, its own sentence's dates and cycles added."""
    parts = [course.mention, *([dose] if dose else []), *heads]
    for head in heads:
        course = with_slot(course, head)
    if dose is not None and isinstance(dose.value, Quantity):
        course = replace(course, dose=dose.value, per_week=course.per_week or dose.value.per_week)
        course = _per_period(course, heads)
    course = _with_times(scene, course)
    quote = Span(start=min(p.start for p in parts), end=max(p.end for p in parts))
    rules = tuple(dict.fromkeys([*course.rules, *(p.rule for p in parts)]))
    return replace(
        course, quote=quote, rules=rules, parts=(*course.parts, *(p for p in parts if p is not course.mention))
    )


def _per_period(course: Course, heads: list[Mention]) -> Course:
    """``30 mg prednisolone per day`` is an amount a day (``mg/d``), not an amount with a schedule."""
    per = next((_PERIODS.get(course.per_week or 0) for head in heads if head.rule.endswith(".per_period")), None)
    if per is None or course.dose is None or "/" in course.dose.unit or not course.dose.unit:
        return course
    return replace(course, dose=replace(course.dose, unit=f"{course.dose.unit}/{per}"), per_week=None)


def with_slot(course: Course, head: Mention) -> Course:
    """The course with the slot that ``head`` states, where it is still empty."""
    match head.value:
        case RouteValue(route=route):
            return replace(course, route=course.route or route)
        case Frequency() as value:
            return replace(
                course,
                frequency_text=course.frequency_text or head.text,
                per_week=value.per_week if course.per_week is None else course.per_week,
                days=course.days or value.days,
                cycle_length_days=course.cycle_length_days or value.cycle_length_days,
            )
        case Period() as value:
            return replace(course, duration_days=course.duration_days or value.high)
        case Count(of="cycles") as value:
            return replace(course, cycles=course.cycles or value.high)
    return course


def _with_times(scene: Scene, course: Course) -> Course:
    """Dates and cycles of the therapy's own sentence, where it names no other therapy nearer to them."""
    mention = course.mention
    named = scene.within(course.sentence, "DRUG", "THERAPY")
    rivals = [m for m in named if m.start != mention.start and m not in scene.made_plain]
    for other in scene.within(course.sentence, "CYCLES", "TIME", "DURATION"):
        if isinstance(other.value, Count) and other.value.of == "cycles" and course.cycles is None:
            if not any(_nearer(rival, mention, other) for rival in rivals):
                course = replace(course, cycles=other.value.high, parts=(*course.parts, other))
        elif isinstance(other.value, Period) and _opens(scene, course, other):
            course = with_slot(course, other)
        elif isinstance(other.value, TimePoint) and other.value.kind == "date":
            course = _with_date(scene, course, other)
    return course


def _opens(scene: Scene, course: Course, duration: Mention) -> bool:
    """``For the last 4 years she had been treated with A, B and C``: a length that opens the sentence holds for all."""
    before = scene.document.text[scene.sentence(course.sentence).start : duration.start]
    return bool(load_cues("dates")["opening"].search(before)) and not scene.tails_of(duration, "DURATION_OF")


def _nearer(rival: Mention, mention: Mention, other: Mention) -> bool:
    return gap(rival, other) + 15 < gap(mention, other)


def _with_date(scene: Scene, course: Course, time: Mention) -> Course:
    if not isinstance(time.value, TimePoint):
        return course
    cues = load_cues("dates")
    before = scene.document.text[max(scene.sentence(course.sentence).start, time.start - 30) : time.start]
    sentence = scene.words(course.sentence)
    if cues["end"].search(before):
        return replace(course, end_date=course.end_date or time.value.iso)
    starts = cues["start"].search(sentence) and not _is_end_or_reference(scene, course)
    if _dated_operation(scene, course, time) or (starts and not course.start_date):
        return replace(course, start_date=time.value.iso)
    return course


def _is_end_or_reference(scene: Scene, course: Course) -> bool:
    """``A was stopped and B was started``, ``ten days after the last injection of A``: no date of A's beginning."""
    sentence, mention, text = scene.sentence(course.sentence), course.mention, scene.document.text
    cues = load_cues("dates")
    ended = cues["ended_behind"].search(text[mention.end : sentence.end])
    return bool(ended or cues["reference"].search(text[sentence.start : mention.start]))


def _dated_operation(scene: Scene, course: Course, time: Mention) -> bool:
    """``aortic valve replacement in 1995``, ``splenectomy (2010)``: the date right behind an operation is its own."""
    between = scene.document.text[course.mention.end : time.start]
    behind = time.start >= course.mention.end and between.strip(" (,") in ("", "in", "on")
    return behind and course.therapy.therapy_type in _ACTS
