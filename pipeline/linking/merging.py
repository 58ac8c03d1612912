"""One fact, one row: tellings of the same fact are folded, the fullest is kept, disagreements stay apart."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import MISSING, fields, replace
from typing import Any, TypeVar

from pipeline.datamodel import Fact, Measurement, Regimen, Response, Toxicity

NARRATIVE = frozenset({"case", "results", "table"})
# Categories that different words give for one course of the disease.
_FAMILIES = {
    "CR": "complete",
    "resolved": "complete",
    "PR": "partial",
    "MR": "partial",
    "improved": "partial",
    "PD": "worse",
    "relapse": "worse",
}
# Fields that say where and how a row was found, not what it says.
_ABOUT = frozenset(f.name for f in fields(Fact))
_OWN_SLOTS: dict[type[Fact], dict[str, Any]] = {
    kind: {f.name: f.default for f in fields(kind) if f.name not in _ABOUT}
    for kind in (Regimen, Response, Toxicity, Measurement)
}

_CELL = "link:table_cell"
_DECLINE = 600  # characters in which one decline is told (``deteriorated … continued to deteriorate``)
_BREATH = 160  # characters in which one finding is told in several words

F = TypeVar("F", bound=Fact)


def merge(rows: Sequence[F], same: Callable[[F, F], bool]) -> tuple[F, ...]:
    """Fold rows that ``same`` calls one fact; narrative tellings come first, later ones fill their empty slots."""
    ordered = sorted(rows, key=lambda r: (r.section not in NARRATIVE, -stated(r), r.start))
    kept: list[F] = []
    # A long article tells many facts: each is compared with those alone that it can be the same as.
    alike: dict[Hashable, list[int]] = defaultdict(list)
    for row in ordered:
        places = alike[_subject(row)]
        home = next((i for i in places if same(kept[i], row)), None)
        if home is None:
            places.append(len(kept))
            kept.append(row)
        else:
            kept[home] = filled(kept[home], row)
    return tuple(sorted(kept, key=lambda r: (r.case or 0, r.start, r.end)))


def _subject(row: Fact) -> Hashable:
    """What two tellings of one fact never differ in, and no telling fills in: whom it is about, and what it tells."""
    about = row.case, row.attribution, row.assertion
    match row:
        case Toxicity():
            return about, row.term
        case Measurement():
            return about, row.analyte, row.value_low, row.value_high, row.comparator
        case Response():
            return about, _family(row)
    return about


def stated(row: Fact) -> int:
    """How many slots of its own a row states."""
    return sum(not _is_empty(row, name) for name in _OWN_SLOTS[type(row)])


def filled(row: F, other: F) -> F:
    """``row`` with its empty slots taken from ``other``, and one telling more."""
    slots = {
        name: getattr(other, name)
        for name in _OWN_SLOTS[type(row)]
        if _is_empty(row, name) and not _is_empty(other, name)
    }
    rules = tuple(dict.fromkeys([*row.rules, *other.rules]))
    return replace(row, **slots, mentions=row.mentions + other.mentions, rules=rules)


def _is_empty(row: Fact, name: str) -> bool:
    value = getattr(row, name)
    if value is None or value == "" or value == ():
        return True
    default = _OWN_SLOTS[type(row)][name]
    return default is not MISSING and bool(value == default)


def same_toxicity(a: Toxicity, b: Toxicity) -> bool:
    """The same event of the same patient; a negated or a cohort's event needs the same words or figure too."""
    if a.attribution != "patient":
        return a.term == b.term and (a.incidence_low, a.therapies) == (b.incidence_low, b.therapies)
    return a.term == b.term


def same_measurement(a: Measurement, b: Measurement) -> bool:
    """The same number for the same analyte; where both say when, at the same time. Two cells are two findings."""
    if (a.analyte, a.value_low, a.value_high, a.comparator) != (b.analyte, b.value_low, b.value_high, b.comparator):
        return False
    if _CELL in a.rules and _CELL in b.rules and (a.start, a.end) != (b.start, b.end):
        return False
    times = (a.time_days, b.time_days)
    units = (a.unit, b.unit)
    return (None in times or times[0] == times[1]) and ("" in units or units[0] == units[1])


def same_response(a: Response, b: Response) -> bool:
    """The same course told twice: once in the narrative and once around it, or twice in the same words."""
    if a.attribution != "patient":
        rates = [(r.category, r.value_low, r.value_high, r.n_responders, r.n_total, r.therapies) for r in (a, b)]
        return rates[0] == rates[1]
    if a.category == b.category == "death":
        return True
    if not same_course(a, b) or not _agree(a.onset_days, b.onset_days):
        return False
    around = a.section not in NARRATIVE or b.section not in NARRATIVE or _in_one_breath(a, b)
    ended = a.category == b.category in ("CR", "resolved") and a.compartment == b.compartment == "overall"
    return around or ended or a.category_text.casefold() == b.category_text.casefold()


def _in_one_breath(a: Response, b: Response) -> bool:
    """``The tumour had progressed, with new metastases; the response was PD``: one finding in several words."""
    if a.therapies != b.therapies or a.onset_days != b.onset_days:
        return False
    seen, apart = {a.compartment, b.compartment}, abs(a.start - b.start)
    if apart <= _BREATH and seen <= {"overall", "imaging"} and {a.category, b.category} & {"PR", "PD"}:
        return True
    return a.category == b.category == "PD" and seen <= {"overall", "symptom"} and apart <= _DECLINE


def same_course(a: Response, b: Response) -> bool:
    """The same turn of the disease in the same compartment under the same therapy, whenever it was."""
    return same_turn(a, b) and _shared_therapy(a, b)


def same_turn(a: Response, b: Response) -> bool:
    """The same turn of the disease in the same compartment, whatever it answers to."""
    return _family(a) == _family(b) and _agree(a.compartment, b.compartment)


def _shared_therapy(a: Response, b: Response) -> bool:
    return not a.therapies or not b.therapies or bool(set(a.therapies) & set(b.therapies))


def _family(row: Response) -> str:
    return _FAMILIES.get(row.category or "", row.category or "")


def _agree(a: object, b: object) -> bool:
    return a is None or b is None or a == b or "overall" in (a, b)
