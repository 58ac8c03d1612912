"""A small run and its gold, both invented."""

import csv
from pathlib import Path

import pytest

GOLD = """
doc: woman
doc_type: case_report|case_series
cases:
  - {case: 1, label: Patient 1, age: 61, sex: female}
  - {case: 2, age: 48, sex: male}
regimens:
  - {case: 1, therapy: alemtuzumab|campath, dose: 30, unit: mg, per_week: 3, duration_days: 122, role: index}
  - {case: 1, therapy: alemtuzumab|campath, dose: [10, 15], unit: mg}
  - {case: 2, therapy: gemcitabine, route: intravenous}
  - {case: 2, therapy: saline, optional: true}
responses:
  - {case: 1, therapy: alemtuzumab, category: PR|improved, onset_days: 91, ongoing: true}
toxicities:
  - {case: 1, therapy: alemtuzumab, term: neutropenia, treatment: [filgrastim|g-csf]}
  - {case: 1, term: adverse event, assertion: negated, optional: true}
measurements:
  - {case: 1, analyte: platelets|platelet count, value: 18, si_value: 18, si_unit: 10*9/L}
cohort:
  - {table: responses, therapy: alemtuzumab, value: [70, 86], unit: "%"}
traps:
  - {why: a criterion is no value, quote: "platelets below\\n  10"}
  - {why: the drug of a cited study, quote: bexarotene}
expect_flags:
  - {flag: implausible_value}
"""
DOCUMENT = {"doc_id": "woman", "attribution": "patient", "assertion": "affirmed", "flags": "", "quote": "…"}
HEADERS = {
    "documents": "doc_id doc_type",
    "cases": "case_id doc_id age_years sex",
    "regimens": "therapy therapy_text dose_low dose_high dose_unit route per_week duration_days role",
    "responses": "therapies category value_low value_high unit onset_days ongoing",
    "toxicities": "therapies term term_text treatment",
    "measurements": "analyte analyte_text value_low value_high si_value_low si_value_high si_unit",
}
SHARED = ["evidence_id", "doc_id", "case_id", "attribution", "assertion", "flags", "quote"]
ROWS: dict[str, list[dict[str, str]]] = {
    "documents": [{"doc_id": "woman", "doc_type": "case_series"}],
    "cases": [
        {"case_id": "woman/P1", "doc_id": "woman", "age_years": "61", "sex": "female"},
        {"case_id": "woman/P2", "doc_id": "woman", "age_years": "47", "sex": ""},
    ],
    "regimens": [
        {
            "evidence_id": "r1",
            "case_id": "woman/P1",
            "therapy": "alemtuzumab",
            "dose_low": "30",
            "dose_high": "30",
            "dose_unit": "mg",
            "per_week": "3.0",
            "duration_days": "130",
            "role": "prior",
        },
        {"evidence_id": "r2", "case_id": "woman/P1", "therapy": "alemtuzumab", "therapy_text": "Campath"},
        {"evidence_id": "r3", "case_id": "woman/P2", "therapy": "Gemcitabine", "route": "intravenous"},
        {"evidence_id": "r4", "case_id": "woman/P2", "therapy": "bexarotene", "quote": "Bexarotene 300 mg"},
    ],
    "responses": [
        {
            "evidence_id": "a1",
            "case_id": "woman/P1",
            "therapies": "alemtuzumab;gemcitabine",
            "category": "PR",
            "onset_days": "94",
            "ongoing": "true",
        },
        {
            "evidence_id": "a2",
            "case_id": "",
            "attribution": "cohort",
            "therapies": "alemtuzumab",
            "value_low": "70",
            "value_high": "86",
            "unit": "%",
        },
    ],
    "toxicities": [
        {"evidence_id": "t1", "case_id": "woman/P1", "term": "neutrophil count decreased", "term_text": "Neutropenia"}
    ],
    "measurements": [
        {
            "evidence_id": "m1",
            "case_id": "woman/P1",
            "analyte": "platelets",
            "value_low": "18000",
            "value_high": "18000",
            "si_value_low": "18",
            "si_value_high": "18",
            "si_unit": "10*9/L",
            "flags": "implausible_value;noisy_text",
        }
    ],
}


def write_run(folder: Path, rows: dict[str, list[dict[str, str]]]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, header in HEADERS.items():
        facts = name not in ("documents", "cases")
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, [*SHARED, *header.split()] if facts else header.split(), restval="")
            writer.writeheader()
            writer.writerows({**DOCUMENT, **row} if facts else row for row in rows[name])
    return folder


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "run", ROWS)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "woman.yaml").write_text(GOLD, encoding="utf-8")
    return folder
