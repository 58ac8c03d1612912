"""How many patients a report has, and how far their labels reach."""

from pipeline.segmentation import segment
from tests.segmentation.report import Report
from tests.segmentation.test_sections import KNOWLEDGE, STORY

OTHER = "A 40-year-old man came with a rash. He was given aspirin. His rash faded on day 3. The patient recovered."


def scope(document, words):
    return next(s.patients for s in document.sentences if words in document.slice(s))


def test_one_story_is_one_patient():
    document = segment(
        Report().heading("Case report").paragraph(STORY).heading("Discussion").paragraph(KNOWLEDGE).document()
    )
    assert [p.number for p in document.patients] == [1]
    assert document.patients[0].label == ""
    assert {s.patients for s in document.sentences} == {(1,)}


def test_sections_a_patient():
    report = Report().heading("Case 1").paragraph(STORY).heading("Treatment", 2).paragraph("Aspirin was given.")
    document = segment(report.heading("Case 2").paragraph(OTHER).heading("Discussion").paragraph(KNOWLEDGE).document())
    assert [p.label for p in document.patients] == ["Case 1", "Case 2"]
    assert scope(document, "Aspirin was given") == (1,)
    assert scope(document, "He was given aspirin") == (2,)
    assert scope(document, "rare disorder") == ()


def test_labels_in_the_text_reach_to_the_next():
    text = (
        "We treated two patients (patient 1 and patient 2). Both patients were female. Steroids were given on day 1. "
        "Patient 1 showed no response. Her count fell. Patient 2 had bleeding. She improved at week 5."
    )
    document = segment(Report().heading("Cases").paragraph(text).document())
    assert len(document.patients) == 2
    assert scope(document, "Both patients") == (1, 2)
    assert scope(document, "Steroids were given") == (1, 2)
    assert scope(document, "Her count fell") == (1,)
    assert scope(document, "She improved") == (2,)


def test_an_index_case_and_its_contacts():
    text = (
        "The index case, a 49-year-old farmer, died on day 9. Case 2 was his daughter, who had fever. "
        "She had cared for the index case. Case 3, his wife, had a cough."
    )
    document = segment(
        Report("A family cluster of three confirmed cases").heading("Results").paragraph(text).document()
    )
    assert [p.number for p in document.patients] == [1, 2, 3]
    assert scope(document, "Case 3") == (3,)


def test_a_label_that_is_no_subject_does_not_count():
    text = "Patient 1 was a man. Patient 2 was ill after contact with patient 1. He died. Patient 1's wife was well."
    document = segment(Report().heading("Cases").paragraph(text).document())
    assert scope(document, "after contact") == (2,)
    assert scope(document, "He died") == (2,)


def test_a_claim_and_introductions_count_where_labels_do_not():
    claimed = segment(Report("Rash after aspirin: report of two cases").heading("Cases").paragraph(STORY).document())
    assert len(claimed.patients) == 2
    introduced = segment(Report().heading("Case reports").paragraph(STORY).paragraph(OTHER).document())
    assert len(introduced.patients) == 2


def test_reviews_guidelines_and_trials_report_no_patient():
    review = Report("Off-label uses of alemtuzumab: a review").heading("Introduction").paragraph(KNOWLEDGE)
    assert segment(review.document()).patients == ()
    trial = Report("A randomized phase III trial of vorinostat").heading("Methods")
    trial.paragraph("Patients were randomly assigned.").heading("Results").paragraph("The response rate was 28%.")
    assert segment(trial.document()).patients == ()


def test_cited_cases_are_no_patients():
    text = "Adams et al. described a 50-year-old man with a rash [3]. Case 2 of their series died [4]."
    report = Report().heading("Case").paragraph(STORY).heading("Discussion").paragraph(text)
    assert len(segment(report.document()).patients) == 1


def test_doses_and_times_are_no_labels():
    text = "We gave the patient 2 units of red cells. The patient 3 weeks later was well. In case 4 doses fail, stop."
    document = segment(Report().heading("Case").paragraph(STORY).paragraph(text).document())
    assert len(document.patients) == 1


def test_a_story_of_a_relative_begins_where_it_is_introduced():
    title = "An inherited disorder: report of three members of one family"
    text = (
        "We report three siblings. A three-year-old boy was seen for diarrhoea. A gluten-free diet was tried. "
        "A 9-year-old girl was seen for short stature. Her hair was brittle."
    )
    report = Report().heading(title, 1).heading("Report of the cases").paragraph(text)
    document = segment(report.heading("Discussion").paragraph(KNOWLEDGE).document())
    assert [p.number for p in document.patients] == [1, 2, 3]
    assert scope(document, "three siblings") == (1, 2, 3)
    assert scope(document, "gluten-free diet") == (1,)
    assert scope(document, "hair was brittle") == (2,)


def test_a_text_without_a_title_that_opens_with_its_patients():
    text = (
        "Two children with leukemia developed ventriculitis. The organisms were identified. "
        "Both patients recovered under vancomycin."
    )
    document = segment(Report().paragraph(text).document())
    assert (document.doc_type, len(document.patients)) == ("case_series", 2)
    assert scope(document, "Both patients") == (1, 2)


def test_events_of_a_study_open_no_report():
    text = (
        "The drug was studied in 20 volunteers. Three patients developed a rash. "
        "Four patients received a second dose. The recommended dose is 500 mg."
    )
    assert segment(Report().paragraph(text).document()).patients == ()


def test_short_texts_of_one_patient():
    for text in (
        "We describe a girl with neurofibromatosis. Therapy was instituted. The lesions on MRI were stable.",
        "A patient with melanoma of the thigh was staged. Histology showed one metastasis in five nodes.",
        "A 54-yr-old male complaining of a neck tumor was diagnosed as having carcinoma. A mutation was found.",
    ):
        assert len(segment(Report().paragraph(text).document()).patients) == 1


def test_a_long_text_that_opens_with_its_patient_and_says_little_of_the_person():
    told = "A 76-year-old woman was admitted with a pulsatile mass of the neck. Examination showed a solid mass. "
    filler = "Angiography was performed and revealed an aneurysm. " * 9 + "The wall was thin. " * 8
    assert len(segment(Report().paragraph(told + filler).document()).patients) == 1


def test_a_report_that_says_patient_without_an_article():
    text = (
        "Wearing heels, the 37 years old female patient came to the clinic. Radiographs showed no fracture. "
        + "Patient was examined again. Computed tomography was scanned. The fragment was small. " * 4
    )
    assert len(segment(Report().paragraph(text).document()).patients) == 1
