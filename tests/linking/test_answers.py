"""Which regimen a response answers to."""

import pytest

from pipeline import extractors, linking, segmentation
from pipeline.linking.answers import answer_by_names, answer_by_place, names_of
from tests.linking.report import OF_TWO

TITLE = "Alemtuzumab for mycosis fungoides: a case report"


def answered(read, text, **parts):
    """The therapies of the only affirmed response."""
    (row,) = read(text, **{"title": TITLE, **parts}).result.responses
    return row.therapies


def test_a_response_answers_to_the_therapy_it_names(read):
    text = "Dapsone was given. Colchicine was given. A partial response to dapsone was seen."
    assert answered(read, text) == ("dapsone",)


def test_a_response_answers_to_the_therapy_told_last(read):
    text = "Dapsone was given and stopped. Alemtuzumab was started. A partial response was seen."
    assert answered(read, text) == ("alemtuzumab",)


def test_a_response_answers_to_all_that_was_given_together(read):
    assert set(answered(read, "She received dapsone and colchicine. A partial response was seen.")) == {
        "dapsone",
        "colchicine",
    }


@pytest.mark.parametrize(
    "between",
    [
        "Prophylaxis with aciclovir was given.",
        "Premedication with clemastine was given.",
        "A platelet transfusion was given.",
        "She refused colchicine.",
    ],
)
def test_what_is_given_beside_is_not_answered_to(read, between):
    text = f"Alemtuzumab was started. {between} A partial response was seen."
    assert answered(read, text) == ("alemtuzumab",)


def test_a_response_without_a_therapy_answers_to_none(read):
    assert answered(read, "A partial remission was seen.") == ()


def test_a_therapy_told_long_before_is_not_answered_to(read):
    far = "She slept well. " * 20
    assert answered(read, f"Dapsone was given. {far}A partial remission was seen.", title="A case report") == ()


def test_two_therapies_told_close_by_are_ambiguous(read):
    told = read("Dapsone was given. Two weeks later alemtuzumab was started. A partial response was seen.", title=TITLE)
    (row,) = told.result.responses
    assert "ambiguous_link" in row.flags


def test_each_patients_response_answers_to_her_own_therapy(read):
    opening = OF_TWO["opening"].replace("100 mg daily.", "100 mg daily and had a partial response.")
    (row,) = read(title=OF_TWO["title"], opening=opening).result.responses
    assert (row.case, row.therapies) == (1, ("dapsone",))


@pytest.fixture(scope="module")
def twice(read):
    """Dapsone, colchicine, and dapsone again at another dose."""
    return read("Dapsone 50 mg was given. Colchicine 1 mg was given. Dapsone 100 mg was given. She slept.")


def place_behind(reading, words):
    start = reading.document.text.index(words) + len(words)
    return next(s for s in reading.document.sentences if s.start >= start)


def test_of_two_courses_the_nearest_before_is_meant(twice):
    rows = twice.result.regimens
    by_dose = {row.dose_low: row.group for row in rows if row.therapy == "dapsone"}
    early = answer_by_names(rows, ["dapsone"], place_behind(twice, "Dapsone 50 mg was given."), "test")
    late = answer_by_names(rows, ["dapsone"], place_behind(twice, "Dapsone 100 mg was given."), "test")
    assert (early.group, late.group) == (by_dose[50], by_dose[100])


def test_a_name_without_a_regimen_is_kept_as_a_name(twice):
    answer = answer_by_names(twice.result.regimens, ["rituximab"], twice.document.sentences[-1], "test")
    assert (answer.group, answer.therapies) == (None, ("rituximab",))


def test_place_alone_names_the_last_therapy(twice):
    answer = answer_by_place(twice.scene, twice.result.regimens, place_behind(twice, "Colchicine 1 mg was given."))
    assert "colchicine" in answer.therapies


def test_a_combination_is_named_by_its_components(read):
    scene = read("She was treated with CHOP.").scene
    (mention,) = (m for m in scene.labelled("DRUG", "THERAPY") if m.text == "CHOP")
    assert {"cyclophosphamide", "doxorubicin", "vincristine"} < set(names_of(mention))


def test_a_therapy_told_behind_the_response_came_after_it(read):
    text = "Dapsone was given. The disease progressed and colchicine was added."
    assert answered(read, text) == ("dapsone",)


@pytest.mark.parametrize(
    "beside", ["A gastrostomy was placed.", "Gabapentin was added for pain.", "She was sedated with midazolam."]
)
def test_what_goes_beside_the_treatment_is_passed_over(read, beside):
    assert answered(read, f"Alemtuzumab was started. {beside} A partial response was seen.") == ("alemtuzumab",)


def test_a_drug_that_a_germ_is_sensitive_to_was_not_given(read):
    text = "Vancomycin was started. The isolate was sensitive to linezolid. Her condition improved."
    assert answered(read, text) == ("vancomycin",)


def test_a_class_beside_its_drug_is_that_drug(read):
    text = "She started ruxolitinib, a JAK inhibitor, achieving an improvement in symptoms."
    assert answered(read, text) == ("ruxolitinib",)


def test_an_umbrella_word_means_the_operation_told_before(read):
    text = "A thyroidectomy was performed. After surgery there was complete resolution."
    assert answered(read, text) == ("thyroidectomy",)


def test_what_made_a_patient_well_is_not_what_made_her_ill(read):
    case = (
        "She took dapsone. Dapsone-induced hepatitis was diagnosed. Dapsone was withdrawn for hepatitis. "
        "Prednisone was started. One month later, she had recovered."
    )
    found = read(case, title="Hepatitis: a case report").result.responses
    assert [(r.therapies, r.onset_days) for r in found] == [(("prednisone",), pytest.approx(30.44, abs=0.1))]


def test_the_therapy_that_a_sentence_goes_on_to_name_is_answered_to(read):
    (row,) = read("Her skin lesions stabilized during treatment with bexarotene.").result.responses
    assert (row.category, row.therapies) == ("SD", ("bexarotene",))


def test_a_therapy_that_gave_way_is_not_answered_to(read):
    case = "She received bexarotene. Her rash resolved after changing bexarotene to alemtuzumab."
    (row,) = read(case).result.responses
    assert row.therapies == ("alemtuzumab",)


@pytest.mark.parametrize(
    ("text", "therapies"),
    [
        ("Dapsone was given. Colchicine was added. Her condition improved.", {"dapsone", "colchicine"}),
        ("Dapsone was given. She did not respond. Colchicine was given. Her condition improved.", {"colchicine"}),
        ("Dapsone was given. A thyroidectomy was performed. Her condition improved.", {"thyroidectomy"}),
    ],
)
def test_what_was_begun_since_the_last_turn_is_answered_together(read, text, therapies):
    found = read(text, title="Vasculitis: a case report").result.responses
    assert set(found[-1].therapies) == therapies


def test_all_therapies_that_a_sentence_ties_are_answered_to(read):
    text = "Dapsone was given. Colchicine was added. Her disease improved with dapsone and colchicine."
    assert set(answered(read, text)) == {"dapsone", "colchicine"}


@pytest.mark.parametrize(
    ("text", "therapies"),
    [
        ("A thyroidectomy was performed. Radiotherapy was given for recurrence.", ("thyroidectomy",)),
        ("Dapsone was given. Colchicine and prednisone were begun because of disease progression.", ("dapsone",)),
        ("Dapsone was given. Colchicine was followed by disease progression.", ("colchicine",)),
    ],
)
def test_a_therapy_given_for_a_relapse_is_not_what_failed(read, text, therapies):
    assert answered(read, text) == therapies


def test_the_time_to_an_answer_counts_from_the_therapies_begun_together(read):
    text = "Dapsone was started. In parallel, she had haemodialysis. One month later, her condition improved."
    (row,) = read(text, title=TITLE).result.responses
    assert row.onset_days == pytest.approx(30.44, abs=0.1)


def test_a_report_that_begins_with_the_therapy(corridor):
    document = segmentation.segment(
        extractors.from_raw_text("Ceftriaxone was given to a man with pneumonia. His pneumonia resolved.")
    )
    result = linking.link(document, corridor.mentions(document), corridor.settings.evidence, corridor.lexicons)
    assert [(r.category, r.therapies) for r in result.responses] == [("resolved", ("ceftriaxone",))]
