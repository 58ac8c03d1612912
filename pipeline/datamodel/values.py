"""What a mention means, once normalized. ``Unresolved`` says why a mention has no meaning that can be trusted."""

from dataclasses import dataclass
from typing import Literal

from pipeline.datamodel.vocabulary import Comparator, Compartment, ResponseCategory, Route, Sex, TherapyType

TimeKind = Literal["date", "offset", "cycle", "relative"]
TimeAnchor = Literal[
    "treatment_start",
    "treatment_end",
    "previous_event",
    "admission",
    "diagnosis",
    "before_present",
    "response",
    "unknown",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """The mention could not be normalized; ``reason`` is a sentence for a curator."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One drug of a combination: preferred name (lower case) and ``system:code`` or empty."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TherapyName:
    """A drug or other therapy.

    Attributes:
        name: preferred name, lower case; the INN for a drug.
        code: ``UNII:…`` or ``RxNorm:…``, or empty.
        components: of a named combination (``CHOP``), its drugs; empty for a single therapy.
        regimen_name: the combination's name as the lexicon writes it, or empty.
        is_class: a class of drugs (``corticosteroids``), not one drug.
    """

    name: str
    code: str = ""
    therapy_type: TherapyType = "drug"
    components: tuple[Component, ...] = ()
    regimen_name: str = ""
    is_class: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionName:
    """A disease, sign, symptom or adverse event; CTCAE v5 term and SOC where it has one. Names in lower case."""

    name: str
    code: str = ""
    ctcae_term: str = ""
    soc: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyteName:
    """A laboratory test, cell count or other measured finding (lower case), and the unit it is converted to."""

    name: str
    code: str = ""
    si_unit: str = ""
    is_cell_count: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A dose or a measured value, exactly as printed (thousands separators undone).

    Attributes:
        low, high: equal unless the text gives a range.
        unit: UCUM of the text (``mg/m2``, ``10*9/L``); empty where none is printed.
        comparator: ``<``, ``<=``, ``>``, ``>=`` or None.
        per_week: of a dose whose own words carry a schedule (``30 mg/3 times a week``), administrations per week.
    """

    low: float
    high: float
    unit: str = ""
    comparator: Comparator | None = None
    per_week: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """How often: administrations per week (daily 7, every two weeks 0.5), scheduled days, cycle length in days."""

    per_week: float | None = None
    days: tuple[int, ...] = ()
    cycle_length_days: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A length of time in days (month 30.4375, year 365.25); ``at_least`` for ``more than 3 years``."""

    low: float
    high: float
    at_least: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of cycles, courses, doses or sessions."""

    low: float
    high: float
    of: Literal["cycles", "doses", "sessions"] = "cycles"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePoint:
    """When.

    Attributes:
        kind: ``date`` (``iso`` is set), ``offset`` (``days`` from ``anchor``: ``week 24``, ``3 months after start``),
            ``cycle`` (``after the 10th cycle``: ``cycle`` is set), ``relative`` (``the next day``, ``thereafter``).
        iso: ISO 8601 date as far as stated: ``2015``, ``2015-07`` or ``2015-07-14``.
        days: signed; negative is before the anchor.
    """

    kind: TimeKind
    iso: str = ""
    days: float | None = None
    cycle: int | None = None
    anchor: TimeAnchor = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteValue:
    """A route of administration."""

    route: Route


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeValue:
    """A severity grade, 1 to 5; ``low`` < ``high`` for a range (``grade 3/4``). ``scale`` as named, e.g. ``CTCAE``."""

    low: int
    high: int
    scale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeValue:
    """Age in years (months and weeks as fractions)."""

    years: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SexValue:
    """Sex as the text tells it."""

    sex: Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseValue:
    """What a response phrase says: category, compartment if the phrase itself names it, percentage if it holds one."""

    category: ResponseCategory
    compartment: Compartment | None = None
    low: float | None = None
    high: float | None = None


Value = (
    TherapyName
    | ConditionName
    | AnalyteName
    | Quantity
    | Frequency
    | Period
    | Count
    | TimePoint
    | RouteValue
    | GradeValue
    | AgeValue
    | SexValue
    | ResponseValue
    | Unresolved
)
