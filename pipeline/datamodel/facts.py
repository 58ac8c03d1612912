"""The rows that a document yields, one type a fact table. Field names are the columns of the contract.

Units: ``*_days`` are days, ``per_week`` administrations a week, ``confidence`` 0 to 1. ``None`` and the
empty string mean "not reported"; nothing is ever guessed into a cell.
"""

from dataclasses import dataclass

from pipeline.datamodel.span import Box, Span
from pipeline.datamodel.vocabulary import (
    Abnormal,
    ActionTaken,
    Assertion,
    Attribution,
    Causality,
    Challenge,
    Comparator,
    Compartment,
    Flag,
    GradeSource,
    LastStatus,
    Outcome,
    Phase,
    RegimenStatus,
    ResponseCategory,
    Role,
    Route,
    SectionKind,
    Sex,
    StopReason,
    TherapyType,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A patient that the document reports. ``number`` is 1-based; ``case_id`` is made of it by the tables."""

    number: int
    case_label: str = ""
    age_years: float | None = None
    sex: Sex = "unknown"
    diagnosis: str = ""
    diagnosis_code: str = ""
    stage: str = ""
    comorbidities: tuple[str, ...] = ()
    status_at_last_follow_up: LastStatus = "unknown"
    follow_up_days: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Span):
    """What all facts share. ``start``/``end`` are the quote's, in ``Document.text``.

    Attributes:
        quote: the words that carry the fact; always ``document.text[start:end]``.
        case: 1-based number of the patient; None where ``attribution`` is not ``patient``.
        cue: the words or place that decided the attribution, for the curator.
        rules: what found the fact and its slots (``pattern:DOSE.per_kg``, ``link:dose.same_clause`` …).
        mentions: how often the document states the fact.
        notes: for a flag, the sentence that explains it, as ``flag: sentence``.
        boxes: where the quote stands on the page; empty without pages.
        slot_confidence: of a regimen's cells, how likely each is right if the row is, as ``column=0.97``.
    """

    quote: str
    section: SectionKind
    case: int | None = None
    attribution: Attribution = "patient"
    assertion: Assertion = "affirmed"
    confidence: float = 0.5
    flags: tuple[Flag, ...] = ()
    cue: str = ""
    rules: tuple[str, ...] = ()
    mentions: int = 1
    notes: tuple[str, ...] = ()
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    slot_confidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Regimen(Fact):
    """One therapy component at one dose, route and schedule. ``group`` numbers the regimen within its case."""

    group: int
    therapy: str
    therapy_text: str
    therapy_type: TherapyType = "drug"
    therapy_code: str = ""
    regimen_name: str = ""
    line: int | None = None
    role: Role = "unknown"
    dose_low: float | None = None
    dose_high: float | None = None
    dose_unit: str = ""
    route: Route | None = None
    frequency_text: str = ""
    per_week: float | None = None
    days: tuple[int, ...] = ()
    cycles: float | None = None
    cycle_length_days: float | None = None
    duration_days: float | None = None
    start_date: str = ""
    end_date: str = ""
    status: RegimenStatus = "unknown"
    stop_reason: StopReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Fact):
    """One response or outcome statement. ``group`` is that of the regimen it answers to (same case), if told."""

    group: int | None = None
    therapies: tuple[str, ...] = ()
    category: ResponseCategory | None = None
    category_text: str = ""
    criteria: str = ""
    compartment: Compartment | None = None
    value_low: float | None = None
    value_high: float | None = None
    unit: str = ""
    n_responders: int | None = None
    n_total: int | None = None
    onset_days: float | None = None
    duration_days: float | None = None
    ongoing: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Toxicity(Fact):
    """One adverse event. ``therapies`` are the suspected ones."""

    term: str
    term_text: str
    group: int | None = None
    therapies: tuple[str, ...] = ()
    term_code: str = ""
    soc: str = ""
    grade: int | None = None
    grade_source: GradeSource | None = None
    causality: Causality = "not_stated"
    onset_days: float | None = None
    serious: bool | None = None
    action_taken: ActionTaken = "not_stated"
    treatment: tuple[str, ...] = ()
    outcome: Outcome = "unknown"
    dechallenge: Challenge | None = None
    rechallenge: Challenge | None = None
    incidence_low: float | None = None
    incidence_high: float | None = None
    n_affected: int | None = None
    n_total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement(Fact):
    """One measured value; ``value_*`` and ``unit`` as printed, ``si_*`` converted (cell counts to ``10*9/L``)."""

    analyte: str
    analyte_text: str
    value_low: float
    value_high: float
    analyte_code: str = ""
    comparator: Comparator | None = None
    unit: str = ""
    si_value_low: float | None = None
    si_value_high: float | None = None
    si_unit: str = ""
    abnormal: Abnormal | None = None
    phase: Phase = "unknown"
    time_days: float | None = None
    time_text: str = ""
