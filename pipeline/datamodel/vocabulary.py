"""The closed vocabularies of the output contract, each in one place.

Every enumeration is a tuple of strings (the cell values) and a ``Literal`` of the same words for the
type checker; tests hold the two equal.
"""

from typing import Literal, get_args

SectionKind = Literal[
    "title",
    "abstract",
    "introduction",
    "case",
    "methods",
    "results",
    "discussion",
    "conclusion",
    "table",
    "caption",
    "other",
]
DocType = Literal["case_report", "case_series", "review", "guideline", "trial", "other"]
FactKind = Literal["regimen", "response", "toxicity", "measurement"]
Attribution = Literal["patient", "cohort", "recommendation", "background"]
Assertion = Literal["affirmed", "negated", "uncertain", "planned"]
ReviewStatus = Literal["auto", "accepted", "edited", "rejected"]
Flag = Literal[
    "implausible_value",
    "dose_out_of_range",
    "unit_missing",
    "unit_conflict",
    "value_conflict",
    "date_conflict",
    "grade_conflict",
    "ambiguous_link",
    "ambiguous_case",
    "ambiguous_attribution",
    "low_confidence",
    "noisy_text",
    "unknown_term",
]
Sex = Literal["female", "male", "unknown"]
LastStatus = Literal["alive", "dead", "lost", "unknown"]
Role = Literal[
    "index",
    "prior",
    "subsequent",
    "concomitant",
    "prophylaxis",
    "premedication",
    "supportive",
    "comparator",
    "culprit",
    "unknown",
]
TherapyType = Literal[
    "drug", "phototherapy", "radiotherapy", "apheresis", "transplant", "transfusion", "surgery", "other"
]
Route = Literal[
    "oral",
    "intravenous",
    "subcutaneous",
    "intramuscular",
    "topical",
    "intrathecal",
    "inhaled",
    "intralesional",
    "intravitreal",
    "other",
]
RegimenStatus = Literal["completed", "ongoing", "stopped", "dose_reduced", "not_given", "unknown"]
StopReason = Literal[
    "toxicity", "progression", "no_response", "completed", "response", "patient_choice", "death", "other"
]
ResponseCategory = Literal["CR", "PR", "MR", "SD", "PD", "NR", "improved", "resolved", "relapse", "death"]
Compartment = Literal["overall", "skin", "blood", "nodes", "marrow", "imaging", "molecular", "symptom", "other"]
GradeSource = Literal["stated", "laboratory", "severity_word"]
Causality = Literal["related", "suspected", "unrelated", "not_stated"]
ActionTaken = Literal["withdrawn", "dose_reduced", "interrupted", "none", "not_stated"]
Outcome = Literal["recovered", "recovering", "not_recovered", "sequelae", "fatal", "unknown"]
Challenge = Literal["positive", "negative", "not_done"]
Comparator = Literal["<", "<=", ">", ">="]
Abnormal = Literal["low", "high", "normal"]
Phase = Literal["baseline", "on_treatment", "post_treatment", "unknown"]
MentionLabel = Literal[
    "DRUG",
    "THERAPY",
    "DOSE",
    "ROUTE",
    "FREQUENCY",
    "DURATION",
    "CYCLES",
    "TIME",
    "ANALYTE",
    "VALUE",
    "RESPONSE",
    "TOXICITY",
    "CONDITION",
    "GRADE",
    "AGE",
    "SEX",
]
RelationLabel = Literal[
    "DOSE_OF", "ROUTE_OF", "FREQUENCY_OF", "DURATION_OF", "VALUE_OF", "CAUSES", "TREATS", "RESPONSE_TO"
]


def words(vocabulary: object) -> tuple[str, ...]:
    """The words of one of the vocabularies above, in their fixed order."""
    return get_args(vocabulary)
