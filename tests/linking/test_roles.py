"""What a therapy was to the report."""

import pytest

TITLE = "Alemtuzumab for mycosis fungoides: a case report"


def roles(read, text, **parts):
    return {r.therapy: r.role for r in read(text, **{"title": TITLE, **parts}).result.regimens if r.case == 1}


def test_the_titles_therapy_is_the_index(read):
    found = roles(read, "Gemcitabine 1 g was given. Alemtuzumab 30 mg was given. Gemcitabine was given again.")
    assert found["alemtuzumab"] == "index"
    assert found["gemcitabine"] != "index"


def test_the_abstracts_therapy_is_the_index_where_the_title_names_none(read):
    found = roles(
        read,
        "Dapsone 100 mg was given. Alemtuzumab 30 mg was started.",
        title="An unusual course of mycosis fungoides: a case report",
        abstract="We treated a woman with alemtuzumab.",
    )
    assert found["alemtuzumab"] == "index"
    assert found["dapsone"] == "prior"


def test_the_therapy_told_of_most_is_the_index_where_neither_names_one(read):
    found = roles(
        read,
        "Dapsone 100 mg was given. Alemtuzumab 3 mg was started. Alemtuzumab was raised to 10 mg. "
        "Alemtuzumab was well tolerated.",
        title="An unusual course of mycosis fungoides: a case report",
    )
    assert found["alemtuzumab"] == "index"


def test_what_is_given_together_with_the_index_is_index_too(read):
    found = roles(read, "Alemtuzumab and bexarotene were started.")
    assert found == {"alemtuzumab": "index", "bexarotene": "index"}


@pytest.mark.parametrize(
    ("text", "therapy", "role"),
    [
        ("She had previously received methotrexate 15 mg weekly.", "methotrexate", "prior"),
        ("The disease had been refractory to methotrexate.", "methotrexate", "prior"),
        ("She had failed methotrexate.", "methotrexate", "prior"),
        ("She had a history of treatment with methotrexate.", "methotrexate", "prior"),
        ("A nurse said that she was being treated with amlodipine.", "amlodipine", "concomitant"),
        ("Nifedipine was used to control her blood pressure.", "nifedipine", "concomitant"),
        ("Her therapy for arthritis comprised methotrexate.", "methotrexate", "concomitant"),
        ("Her home medication consisted of amlodipine 5 mg daily.", "amlodipine", "concomitant"),
        ("Premedication consisted of paracetamol 1 g.", "paracetamol", "premedication"),
        ("Paracetamol 1 g was given 30 minutes before each infusion.", "paracetamol", "premedication"),
        ("Aciclovir 400 mg twice daily was given as prophylaxis.", "aciclovir", "prophylaxis"),
        ("She received aciclovir to prevent shingles.", "aciclovir", "prophylaxis"),
    ],
)
def test_words_beside_a_therapy_tell_its_role(read, text, therapy, role):
    found = roles(read, f"{text} Alemtuzumab 30 mg was started.")
    assert found == {therapy: role, "alemtuzumab": "index"}


def test_what_is_taken_for_an_old_disease_is_beside_the_treatment(read):
    found = roles(read, "He was known to be hypertensive on daily losartan 50 mg. Dapsone was given.", title="A case")
    assert found["losartan"] == "concomitant"


def test_what_had_been_taken_before_she_came_was_prior_though_the_same_drug_was_then_the_treatment(read):
    told = read(
        "Prior to presentation she had used oral alemtuzumab. She was febrile. Intravenous alemtuzumab was started.",
        title=TITLE,
    )
    assert told.given("route", "role") == [("alemtuzumab", "intravenous", "index"), ("alemtuzumab", "oral", "prior")]


def test_what_was_added_to_control_a_symptom_is_supportive(read):
    found = roles(read, "Alemtuzumab 30 mg was started. Metoclopramide was added to control the vomiting.")
    assert found["metoclopramide"] == "supportive"


def test_the_story_tells_what_was_before_and_what_came_after(read):
    found = roles(
        read,
        "Dapsone 100 mg was given. Alemtuzumab 30 mg was started. Alemtuzumab was stopped. Gemcitabine 1 g was given.",
    )
    assert found == {"dapsone": "prior", "alemtuzumab": "index", "gemcitabine": "subsequent"}


def test_a_growth_factor_is_supportive(read):
    assert roles(read, "Alemtuzumab 30 mg was started. Filgrastim 300 µg was given.")["filgrastim"] == "supportive"


def test_the_drug_that_the_title_blames_is_the_culprit(read):
    found = roles(
        read,
        "Dapsone 100 mg daily was given for urticaria.",
        title="Dapsone-induced methaemoglobinaemia: a case report",
    )
    assert found == {"dapsone": "culprit"}


def test_the_other_arm_of_a_trial_is_a_comparator(read):
    told = read(
        "Alemtuzumab 30 mg was started.",
        title=TITLE,
        discussion="In a trial of 40 patients, alemtuzumab 30 mg was compared with chlorambucil 40 mg/m2.",
    )
    assert {r.role for r in told.result.regimens if r.therapy == "chlorambucil"} == {"comparator"}
    assert [(r.therapy, r.role) for r in told.result.regimens if r.case == 1] == [("alemtuzumab", "index")]


def test_the_line_of_treatment_is_as_stated(read):
    told = read(
        "Alemtuzumab was given as third-line treatment. Gemcitabine was then started as fourth-line treatment.",
        title=TITLE,
    )
    assert told.given("line") == [("alemtuzumab", 3), ("gemcitabine", 4)]


def test_an_unstated_line_is_left_open(read):
    assert read("Alemtuzumab was started.", title=TITLE).given("line") == [("alemtuzumab", None)]


def test_what_followed_something_else_before_the_index_was_prior(read):
    found = roles(read, "Dapsone was given. Subsequently she received gemcitabine 1 g. Alemtuzumab 30 mg was started.")
    assert found["gemcitabine"] == "prior"


def test_what_a_sentence_lists_with_the_index_is_neither_before_nor_behind_it(read):
    found = roles(read, "The treatment included bisoprolol (2.5 mg daily) and alemtuzumab (30 mg), later also aspirin.")
    assert found == {"alemtuzumab": "index", "aspirin": "concomitant", "bisoprolol": "concomitant"}


def test_the_failure_of_an_organ_is_no_failure_of_a_therapy(read):
    assert roles(read, "Alemtuzumab was given. For renal failure she received furosemide.")["furosemide"] != "prior"


def test_what_usually_supports_is_supportive_also_where_it_comes_later(read):
    found = roles(read, "Alemtuzumab 30 mg was started. She was subsequently put on mechanical ventilation.")
    assert found["mechanical ventilation"] == "supportive"


def test_what_is_given_concurrently_with_the_index_is_index_too(read):
    assert roles(read, "She received alemtuzumab 30 mg concurrently with bexarotene.")["bexarotene"] == "index"


def test_what_comes_after_the_titles_therapy_while_nothing_tells_of_its_end_belongs_to_the_treatment(read):
    found = roles(read, "Alemtuzumab 30 mg was started. Two weeks later the rash was cured with bexarotene 150 mg.")
    assert found == {"alemtuzumab": "index", "bexarotene": "index"}


def test_what_is_begun_while_the_index_runs_is_index_and_what_was_taken_all_along_is_beside_it(read):
    found = roles(
        read,
        "Alemtuzumab 30 mg was started. Bexarotene 150 mg was administered in week 2. There was bisoprolol 2.5 mg "
        "on her chart. Alemtuzumab was given for ten weeks.",
    )
    assert found == {"alemtuzumab": "index", "bexarotene": "index", "bisoprolol": "concomitant"}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("She presented with a lump. A right lobectomy was performed.", "index"),
        ("She presented with a lump. A right lobectomy was performed, but the tumour recurred.", "prior"),
        ("She presented with a lump. A right lobectomy was performed on 3 August 2016.", "prior"),
        ("A right lobectomy was performed. She presented with a lump.", "prior"),
    ],
)
def test_surgery_for_what_brought_the_patient_is_index_unless_it_failed_or_was_long_ago(read, text, role):
    assert roles(read, f"{text} Alemtuzumab 30 mg was started.")["lobectomy"] == role


def test_words_of_sequence_inside_the_treatment_make_no_other_line(read):
    found = roles(
        read, "Alemtuzumab 3 mg was started. Subsequently bexarotene 150 mg was added. Alemtuzumab was raised to 30 mg."
    )
    assert found == {"alemtuzumab": "index", "bexarotene": "index"}


def test_a_feeding_tube_and_a_plasma_expander_are_supportive(read):
    found = roles(read, "Alemtuzumab 30 mg was started. A gastrostomy was performed. Polygeline was infused.")
    assert (found["gastrostomy"], found["polygeline"]) == ("supportive", "supportive")


def test_a_general_word_in_the_title_is_not_the_index_where_the_story_names_operations(read):
    found = roles(
        read,
        "A laminectomy was performed. Aspirin was started. She needed two more operations.",
        title="Injury of the cord during surgery: a case report",
    )
    assert found["laminectomy"] == "index"


def test_the_titles_therapy_that_the_story_does_not_tell_leaves_the_others_their_place(read):
    found = roles(read, "Dapsone 100 mg was given. Dapsone was raised to 200 mg. Aspirin was given.")
    assert (found["dapsone"], found["aspirin"]) == ("index", "index")


def test_what_she_had_also_received_was_before(read):
    found = roles(read, "She had also received gemcitabine. Alemtuzumab 30 mg was started.")
    assert found["gemcitabine"] == "prior"


def test_an_operation_of_the_medical_history_was_before(read):
    text = "She came with pain. Her past medical history includes a mastectomy and splenectomy. Alemtuzumab was given."
    found = roles(read, text)
    assert (found["mastectomy"], found["splenectomy"]) == ("prior", "prior")


def test_what_a_local_hospital_gave_was_before(read):
    found = roles(read, "She was given dapsone at a local hospital and came to us. Alemtuzumab 30 mg was started.")
    assert found["dapsone"] == "prior"


def test_what_she_was_under_at_home_is_no_treatment_of_the_report(read):
    found = roles(read, "Alemtuzumab was started. She was under captopril 25 mg. Alemtuzumab was raised to 30 mg.")
    assert found["captopril"] == "concomitant"


def test_a_drug_beside_supportive_care_is_not_supportive(read):
    found = roles(read, "She came with fever. She received alemtuzumab in addition to supportive care.")
    assert found["alemtuzumab"] == "index"


def test_what_serves_the_body_is_supportive_though_it_was_given_first(read):
    text = "She came with fever. She initially received potassium chloride. Alemtuzumab 30 mg was started."
    assert roles(read, text)["potassium chloride"] == "supportive"


def test_an_anaesthetic_told_of_most_is_not_what_the_report_is_about(read):
    text = "She came with fever. Propofol was given. Dapsone 100 mg was given. Propofol was given again."
    found = roles(read, text, title="An unusual course of leprosy: a case report")
    assert (found["propofol"], found["dapsone"]) == ("supportive", "index")


def test_what_was_given_while_a_titled_index_runs_is_beside_it_else_part_of_the_treatment(read):
    text = "Alemtuzumab was started. He received dapsone 100 mg. Alemtuzumab was raised. Alemtuzumab was stopped."
    assert roles(read, text)["dapsone"] == "concomitant"
    assert roles(read, text, title="An unusual rash: a case report")["dapsone"] == "index"
