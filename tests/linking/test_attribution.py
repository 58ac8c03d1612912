"""Whose facts a sentence, a clause or a cell tells."""

import pytest

from pipeline.datamodel import Span
from pipeline.linking._attribution.verdict import read
from pipeline.linking.attribution import attribute
from pipeline.segmentation import segment
from pipeline.toml import read_toml
from tests.segmentation.report import Report

STORY = (
    "A 57-year-old woman was admitted with fever. She received prednisone 40 mg. Her platelet count rose on day 8. "
    "The patient was discharged on day 12."
)


def told(section, text, words, patients=1):
    """The attribution of ``words`` in ``text``, standing in that section of a report of one or two patients."""
    report = Report("Rash in a patient" if patients == 1 else "Rash: two cases")
    if patients == 1:
        report.heading("Case report").paragraph(STORY)
    else:
        report.heading("Case 1").paragraph(STORY).heading("Case 2").paragraph(STORY.replace("57", "44"))
    document = segment(report.heading(section).paragraph(text).document())
    assert len(document.patients) == patients
    start = document.text.index(words, document.text.index(text))
    return attribute(document).of(Span(start=start, end=start + len(words)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Smith et al. reported a 60-year-old woman who died of sepsis after alemtuzumab [3].", "sepsis"),
        ("Previous studies have shown rituximab induces complete remission in 40% of patients.", "complete remission"),
        ("The response rate was 28% in a phase III trial of mogamulizumab.", "28%"),
        ("Only 5 out of 186 patients had a complete response.", "complete response"),
        ("One study described a patient with anaemia. The patient died on day 9.", "died"),
        ("Adams et al. treated three patients. All three patients responded to prednisolone 40 mg.", "40 mg"),
        ("Hypophysitis occurs in about 11%.", "Hypophysitis"),
        ("A woman in Bern died of the infection [4].", "died"),
    ],
)
def test_the_literature_is_no_patient(text, words):
    assert told("Discussion", text, words).kind == "cohort"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("If relapse occurs, eculizumab should be considered.", "eculizumab"),
        ("The guidelines recommend voriconazole 4 mg/kg twice daily.", "4 mg/kg"),
        ("The combination is recommended by the society.", "combination"),
        ("Liposomal amphotericin B and posaconazole are the second- and third-line antifungals.", "posaconazole"),
        ("The standard dose of alemtuzumab is 30 mg.", "30 mg"),
    ],
)
def test_advice_is_a_recommendation(text, words):
    assert told("Discussion", text, words).kind == "recommendation"


@pytest.mark.parametrize(
    ("section", "text", "words"),
    [
        ("Discussion", "A complete response was defined as a platelet count of 100.", "100"),
        ("Discussion", "The half-life of histamine is approximately 8 min.", "8 min"),
        ("Discussion", "The drug is a humanized antibody that binds to CD52.", "antibody"),
        ("Discussion", "It worked in mice.", "worked"),
        ("Case 3", "The detection limit of the assay was 450 copies/mL.", "450"),
        ("Case 3", "Her leukocytes were 9.6 (normal range 4.0-10.0).", "4.0"),
        ("Case 3", "Cotrimoxazole was given until the count increased to ≥200/µL.", "≥200"),
        ("Case 3", "The dose was raised (target trough concentration of 1.5-4.0).", "1.5"),
        ("Case 3", "Her mother had breast cancer.", "breast cancer"),
        ("Case 3", "All close contacts of the patient tested negative.", "negative"),
    ],
)
def test_definitions_limits_relatives_and_contacts_are_nobodys(section, text, words):
    assert told(section, text, words).kind == "background"


@pytest.mark.parametrize(
    ("section", "text", "words"),
    [
        ("Case 3", "Her leukocytes were 9.6 (normal range 4.0-10.0).", "9.6"),
        ("Case 3", "Treatment was changed according to Adams et al. and he received 5 mg.", "5 mg"),
        ("Discussion", "In our patient, the drug was stopped at week 4.", "week 4"),
        ("Discussion", "This patient was treated with 20 mg of dexamethasone.", "20 mg"),
        ("Discussion", "In our case the count fell. It rose to 90 after 3 weeks and remained stable.", "90"),
        ("Introduction", "We report a man with lymphoma who received alemtuzumab.", "alemtuzumab"),
        ("Discussion", "The patient did not bleed.", "bleed"),
    ],
)
def test_our_patient_is_ours(section, text, words):
    attributed = told(section, text, words)
    assert (attributed.kind, attributed.cases) == ("patient", (1,))


def test_a_clause_can_have_another_owner_than_its_sentence():
    text = "In our case, a response was seen after 3 cycles, in line with the median time to response of 4 months."
    assert told("Discussion", text, "3 cycles").kind == "patient"
    assert told("Discussion", text, "4 months").kind == "cohort"


def test_advice_of_a_cited_study():
    text = "Adams et al. initiated therapy with 30 mg prednisolone, and recommended the use of 1500 mg mesalazine."
    assert told("Discussion", text, "30 mg").kind == "cohort"
    assert told("Discussion", text, "1500 mg").kind == "recommendation"


def test_the_cue_is_told():
    assert told("Discussion", "Adams et al. gave 5 mg.", "5 mg").cue == "cited: et al."


def test_both_patients_and_each_of_them():
    attributed = told("Discussion", "Both patients recovered.", "recovered", patients=2)
    assert (attributed.kind, attributed.cases) == ("patient", (1, 2))
    text = "Case 1 received steroids and case 2 rituximab."
    assert told("Case reports", text, "steroids", patients=2).cases == (1,)
    assert told("Case reports", text, "rituximab", patients=2).cases == (2,)
    assert told("Discussion", "Both patients recovered.", "recovered").kind == "cohort"


def test_a_document_without_patients_has_no_patients_facts():
    report = Report("A review of alemtuzumab").heading("Introduction")
    document = segment(report.paragraph("She received 30 mg. Alemtuzumab is administered at 12 mg daily.").document())
    assert {attributed.kind for attributed in attribute(document)} <= {"background", "cohort", "recommendation"}


def cells(rows, patients=1):
    report = Report("Rash in a patient" if patients == 1 else "Rash: two cases").heading("Case report")
    document = segment(report.paragraph(STORY).table(rows).document())
    found = attribute(document)
    return {document.slice(cell): found.of(cell) for cell in document.tables[0].cells}


def test_a_table_of_published_cases_is_the_literatures():
    rows = [["Author", "Drug"], ["Adams et al.", "aspirin"], ["Berg et al.", "ibuprofen"], ["Present case", "dapsone"]]
    found = cells(rows)
    assert found["aspirin"].kind == found["ibuprofen"].kind == "cohort"
    assert found["dapsone"].kind == "patient"


def test_a_table_of_other_persons_is_the_literatures():
    rows = [["Year", "Age", "Drug"], ["2001", "40", "aspirin"], ["2004", "50", "dapsone"], ["2008", "61", "colchicine"]]
    assert cells(rows)["aspirin"].kind == "cohort"


def test_columns_of_patients_and_of_normal_values():
    rows = [["Test", "Case 1", "Case 2", "Normal value"], ["Platelets", "12", "90", "150-400"]]
    found = cells(rows, patients=2)
    assert (found["12"].cases, found["90"].cases) == ((1,), (2,))
    assert found["150-400"].kind == "background"


def test_a_row_a_patient():
    rows = [["Patient No.", "Drug"], ["1", "aspirin"], ["2", "dapsone"]]
    found = cells(rows, patients=2)
    assert (found["aspirin"].cases, found["dapsone"].cases) == ((1,), (2,))


def test_text_outside_of_all_sentences_is_nobodys():
    document = segment(Report().heading("Case").paragraph(STORY).add("reference", "1. Adams A. 30 mg.").document())
    start = document.text.index("30 mg")
    assert attribute(document).of(Span(start=start, end=start + 5)).kind == "background"


def test_a_clause_is_read_for_every_cue_that_speaks_of_owners():
    for cue in read_toml_cues():
        speaks = cue["name"].split(".")[0] not in ("limit", "family", "border", "label", "mark")
        for example in cue["examples"] if speaks else ():
            assert cue["name"] in read(example, cited=False).found, example


def read_toml_cues():
    from pipeline.linking.cues import FOLDER

    return read_toml(FOLDER / "attribution.toml")["cue"]


def test_a_table_that_goes_on_is_whose_its_beginning_is():
    published = [["Author", "Drug"], ["Adams et al.", "aspirin"], ["Berg et al.", "ibuprofen"]]
    rest = [["Treatment", "Outcome"], ["craniotomy", "returned to baseline"]]
    for caption, kind in (("Table 2. (b)", "cohort"), ("Treatment of the patient", "patient")):
        report = Report("Rash in a patient").heading("Case report").paragraph(STORY)
        document = segment(report.table(published, "Table 2. (a)").table(rest, caption).document())
        start = document.text.index("craniotomy")
        assert attribute(document).of(Span(start=start, end=start + len("craniotomy"))).kind == kind
