"""Whose fact it is, from raw text to the rows: what is cited, refused, weighed or denied is nobody's treatment here."""

from pathlib import Path

import pytest

from pipeline.datamodel import DocumentResult, Source
from pipeline.process import Corridor

CASE = "Case report\n\nA 61-year-old woman had lymphoma and was treated with prednisone 60 mg daily. {}\n"


def read(corridor: Corridor, folder: Path, sentence: str) -> DocumentResult:
    path = folder / "report.txt"
    path.write_text(CASE.format(sentence), encoding="utf-8")
    return corridor.process(Source(doc_id="report", path=str(path)))


@pytest.mark.parametrize(
    ("sentence", "drug"),
    [
        ("Smith et al. reported a 50-year-old woman who died of sepsis after alemtuzumab.", "alemtuzumab"),
        ("Previous studies have shown that rituximab induces complete remission in 40% of patients.", "rituximab"),
        ("The patient refused rituximab.", "rituximab"),
        ("Rituximab was considered but not given.", "rituximab"),
        ("If relapse occurs, eculizumab should be considered.", "eculizumab"),
    ],
)
def test_no_drug_of_the_patient_s(corridor: Corridor, tmp_path: Path, sentence: str, drug: str) -> None:
    told = read(corridor, tmp_path, sentence).regimens
    rows = [row for row in told if row.therapy == drug]
    assert [
        r for r in rows if (r.attribution, r.assertion) == ("patient", "affirmed") and r.status != "not_given"
    ] == []
    assert ("prednisone", 60.0) in {(row.therapy, row.dose_low) for row in told if row.assertion == "affirmed"}
    given = [row for row in read(corridor, tmp_path, f"She was given {drug}.").regimens if row.therapy == drug]
    assert [(row.attribution, row.assertion) for row in given] == [("patient", "affirmed")]


@pytest.mark.parametrize(
    "sentence", ["Neither neutropenia nor sepsis developed.", "There was no infusion reaction or rash."]
)
def test_no_toxicity_is_affirmed(corridor: Corridor, tmp_path: Path, sentence: str) -> None:
    assert [row for row in read(corridor, tmp_path, sentence).toxicities if row.assertion == "affirmed"] == []


def test_an_infusion_reaction_is_denied_as_such_and_affirmed_where_it_came(corridor: Corridor, tmp_path: Path) -> None:
    denied = read(corridor, tmp_path, "There was no infusion reaction or rash.").toxicities
    assert [(row.term, row.attribution, row.assertion) for row in denied if "infusion" in row.term_text] == [
        ("infusion related reaction", "patient", "negated")
    ]
    came = read(corridor, tmp_path, "She developed a rash caused by prednisone.").toxicities
    assert [(row.term, row.therapies, row.assertion) for row in came] == [
        ("rash maculo-papular", ("prednisone",), "affirmed")
    ]


def test_remission_without_relapse(corridor: Corridor, tmp_path: Path) -> None:
    rows = read(corridor, tmp_path, "She remained in complete remission without relapse.").responses
    assert {row.category for row in rows if row.assertion == "affirmed"} == {"CR"}


def test_remission_that_was_not_achieved(corridor: Corridor, tmp_path: Path) -> None:
    rows = read(corridor, tmp_path, "She did not achieve complete remission.").responses
    assert [(row.category, row.assertion) for row in rows] == [("CR", "negated")]


def test_a_mother_s_cancer_is_not_hers(corridor: Corridor, tmp_path: Path) -> None:
    result = read(corridor, tmp_path, "Her mother had breast cancer.")
    assert all("breast" not in case.diagnosis for case in result.cases)
    assert all("breast" not in told for case in result.cases for told in case.comorbidities)
    assert [(case.diagnosis, case.sex) for case in result.cases] == [("lymphoma", "female")]
