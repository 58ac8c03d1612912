"""Conflicts: where a report contradicts itself. Rows are flagged, never changed."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

from pipeline.datamodel import Fact, Measurement, Mention, Regimen, Response, Span
from pipeline.datamodel.values import TimePoint
from pipeline.datamodel.vocabulary import Flag
from pipeline.linking.cues import load_cues
from pipeline.linking.merging import same_course
from pipeline.linking.scene import Scene, place
from pipeline.linking.timeline import times_near

Conflict = tuple[Span, Flag, str]
F = TypeVar("F", bound=Fact)
_NARRATIVE = frozenset({"case", "results", "table"})
_ENDS = frozenset({"CR", "resolved"})
_STEM = 6  # letters that like words share (``disappeared``, ``disappearance``)
_ROUNDED = 0.05  # an abstract may round
_MARGIN = 0.2  # two tellings of one time may differ by rounding (``2 months``, ``9 weeks``)


def conflicts(scene: Scene, rows: Sequence[Fact]) -> tuple[Conflict, ...]:
    """``(quote's span, flag, sentence for the curator)`` of each row that something else in the report contradicts."""
    regimens = [r for r in rows if isinstance(r, Regimen) and r.attribution == "patient"]
    responses = [r for r in rows if isinstance(r, Response) and r.attribution == "patient"]
    measurements = [r for r in rows if isinstance(r, Measurement) and r.attribution == "patient"]
    return (
        *_outside_period(scene, regimens),
        *_before_presentation(scene, regimens),
        *_times_told_otherwise(scene, responses),
        *_values_told_otherwise(measurements),
        *_abstract_told_otherwise([(m, m.analyte, m.unit, m.value_low) for m in measurements if m.value_low]),
        *_abstract_told_otherwise([(r, r.therapy, f"{r.dose_unit} {r.per_week}", r.dose_low) for r in regimens]),
    )


def rehomed(found: Sequence[Conflict], tellings: Sequence[Response], kept: Sequence[Response]) -> tuple[Conflict, ...]:
    """The conflicts of tellings that were folded into another row, at the row that is kept."""
    told = {place(row): row for row in tellings}

    def home(span: Span) -> Span:
        row = told.get(place(span))
        mine = [k for k in kept if row and k.case == row.case and same_course(k, row)]
        return next((k for k in mine if place(k) == place(span)), mine[0] if mine else span)

    return tuple((home(span), flag, note) for span, flag, note in found)


def _outside_period(scene: Scene, regimens: Sequence[Regimen]) -> Iterator[Conflict]:
    """A sentence that gives a period and then dates one of its therapies outside it."""
    for index in sorted({scene.sentence_index(r) for r in regimens}):
        dates = [m for m in scene.within(index, "TIME") if _iso(m)]
        for first, last in pairwise(dates):
            between = scene.document.text[first.end : last.start]
            if not load_cues("dates")["period"].search(between):
                continue
            for other in dates:
                if other.start > last.end and not _within(_iso(other), _iso(first), _iso(last)):
                    note = (
                        f"dated {_iso(other)}, outside the period {_iso(first)} to {_iso(last)} that its sentence gives"
                    )
                    yield from ((r, "date_conflict", note) for r in _nearest(regimens, other))


def _nearest(regimens: Sequence[Regimen], date: Mention) -> list[Regimen]:
    before = [r for r in regimens if r.start < date.start]
    last = max((r.start for r in before), default=None)
    return [r for r in before if r.start == last]


def _iso(mention: Mention) -> str:
    return mention.value.iso if isinstance(mention.value, TimePoint) else ""


def _within(iso: str, first: str, last: str) -> bool:
    """Compared as far as both are stated, so that ``2014`` lies within ``2011-05`` to ``2014-04``."""
    return first[: len(iso)] <= iso[: len(first)] and iso[: len(last)] <= last[: len(iso)]


def _before_presentation(scene: Scene, regimens: Sequence[Regimen]) -> Iterator[Conflict]:
    """A therapy told as given after the patient came, with a date before that day."""
    came = _presentation(scene)
    if came is None:
        return
    prior = load_cues("role")["prior"]
    for row in regimens:
        full = len(row.start_date) == 10
        told_before = row.start < came.start or prior.search(scene.words(scene.sentence_index(row)))
        if full and not told_before and row.start_date < _iso(came):
            note = f"dated {row.start_date}, before the patient came ({_iso(came)}), though told as given afterwards"
            yield row, "date_conflict", note


def _presentation(scene: Scene) -> Mention | None:
    """The full date on which the patient came, if the case tells it."""
    for mention in scene.labelled("TIME"):
        index = scene.sentence_index(mention)
        if scene.sentence(index).section == "case" and len(_iso(mention)) == 10:
            return mention if load_cues("dates")["came"].search(scene.words(index)) else None
    return None


def _times_told_otherwise(scene: Scene, responses: Sequence[Response]) -> Iterator[Conflict]:
    """One end of the disease told in like words with two times, one in the story and one around it."""
    ended = [r for r in responses if r.category in _ENDS]
    for a, b in _retold(ended, lambda r: (r.case, r.compartment, r.category_text.casefold()[:_STEM])):
        first, second = _days_told(scene, a), _days_told(scene, b)
        if first and second and abs(first - second) > _MARGIN * max(first, second):
            note = f"told once after {first:.0f} days and once after {second:.0f}"
            yield a, "date_conflict", note
            yield b, "date_conflict", note


def _retold(rows: Sequence[F], subject: Callable[[F], Hashable]) -> Iterator[tuple[F, F]]:
    """Pairs of rows with one subject, one told in the story and one around it."""
    groups: dict[Hashable, list[F]] = defaultdict(list)
    for row in rows:
        groups[subject(row)].append(row)
    passed: dict[Hashable, int] = defaultdict(int)
    for a in rows:
        key = subject(a)
        passed[key] += 1
        for b in groups[key][passed[key] :]:
            if (a.section in _NARRATIVE) != (b.section in _NARRATIVE):
                yield a, b


def _days_told(scene: Scene, row: Response) -> float | None:
    """Days from whatever the sentence counts from, where it states them."""
    turn, text = load_cues("response")["another_turn"], scene.document.text
    told = [m for m in times_near(scene, row) if not turn.search(text[row.end : max(m.end, row.end)])]
    values = [m.value for m in told if isinstance(m.value, TimePoint)]
    return next((v.days for v in values if v.kind == "offset" and v.days and v.days > 0), None)


def _values_told_otherwise(measurements: Sequence[Measurement]) -> Iterator[Conflict]:
    """One analyte at one time with two values, one in the story and one around it."""
    timed = [row for row in measurements if row.time_days is not None]
    for a, b in _retold(timed, lambda r: (r.case, r.analyte, r.unit, r.time_days)):
        if a.value_low != b.value_low:
            note = f"told once as {a.value_low:g} and once as {b.value_low:g}"
            yield a, "value_conflict", note
            yield b, "value_conflict", note


def _abstract_told_otherwise(told: Sequence[tuple[Fact, str, str, float | None]]) -> Iterator[Conflict]:
    """What an abstract gives of a single value, dose or schedule that the story gives otherwise.

    Only where the two are one figure each, or look like a slip of the pen: a shifted point, two figures exchanged.
    """
    known = [entry for entry in told if entry[3] is not None]
    for row, name, unit, value in known:
        if row.section != "abstract" or value is None:
            continue
        mine = [e for e in known if (e[0].case, e[1], e[2]) == (row.case, name, unit)]
        story = [(e[0], e[3]) for e in mine if e[0].section in _NARRATIVE and e[3] and not _apart(row, e[0])]
        other = [e for e in mine if e[0].section == "abstract" and e[3] != value]
        if any(abs(v - value) <= _ROUNDED * max(v, value) for _, v in story):
            continue
        slips = [(r, v) for r, v in story if _is_slip(value, v)]
        for found, v in slips or (story if len(story) == 1 and not other else []):
            note = f"told as {value:g} in the abstract and as {v:g} in the story"
            yield row, "value_conflict", note
            yield found, "value_conflict", note


def _apart(a: Fact, b: Fact) -> bool:
    """Both say when, and mean different times."""
    days = [row.time_days for row in (a, b) if isinstance(row, Measurement) and row.time_days is not None]
    return len(set(days)) > 1


def _is_slip(a: float, b: float) -> bool:
    """A factor of ten, or the same figures in another order (``18`` and ``81``)."""
    low, high = sorted((abs(a), abs(b)))
    figures = [sorted(f"{v:g}".replace(".", "").strip("0")) for v in (a, b)]
    tenfold = low > 0 and high / low in (10.0, 100.0, 1000.0)
    return tenfold or (len(figures[0]) > 1 and figures[0] == figures[1])
