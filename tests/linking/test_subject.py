"""What a turn is said of: the patient's disease, or something else."""

import pytest

TITLE = "Alemtuzumab for mycosis fungoides: a case report"
STARTED = "Alemtuzumab was started."


def turns(read, text):
    rows = read(f"{STARTED} {text}", title=TITLE).result.responses
    return [r.category for r in rows if r.attribution == "patient" and r.assertion == "affirmed"]


@pytest.mark.parametrize(
    "text",
    [
        "On physical examination, she was conscious, cooperative and afebrile.",
        "Examination revealed an alert and afebrile woman.",
        "She was afebrile and her abdomen was soft.",
        "The patient was in good general condition and had a swelling of the neck.",
        "She was stable, and a CT was ordered.",
    ],
)
def test_a_state_found_on_examination_is_no_turn(read, text):
    assert turns(read, text) == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("She became afebrile on day 3.", "resolved"),
        ("On examination at follow-up she was asymptomatic.", "resolved"),
        ("Within 48 hours she was afebrile.", "resolved"),
        ("She was discharged in good condition.", "improved"),
        ("After two cycles the disease was stable.", "SD"),
    ],
)
def test_a_state_that_came_after_another_is_a_turn(read, text, category):
    assert turns(read, text) == [category]


@pytest.mark.parametrize(
    "text",
    [
        "A biopsy of the liver showed no evidence of malignancy.",
        "CT showed no evidence of distant metastasis.",
        "Hilar nodes were seen without evidence of tumor elsewhere.",
    ],
)
def test_what_was_looked_for_and_never_there_did_not_go_away(read, text):
    assert turns(read, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "CT after two years showed no evidence of metastasis.",
        "There was no evidence of recurrence.",
        "She remains well without signs of tumor.",
    ],
)
def test_what_is_not_seen_at_follow_up_has_gone(read, text):
    assert "CR" in turns(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "Ultrasound showed an intrauterine fetal death.",
        "There was a family history of sudden death.",
        "Her mother had died at the age of 50.",
        "Her first child died of sepsis.",
    ],
)
def test_the_death_of_another_is_not_hers(read, text):
    assert turns(read, text) == []


@pytest.mark.parametrize("text", ["The patient died of sepsis.", "She still died three months later."])
def test_her_own_death_is(read, text):
    assert turns(read, text) == ["death"]


@pytest.mark.parametrize(
    "text",
    [
        "The pain was worsened by movement.",
        "The abdomen had a healed paramedian incision.",
        "A dressing was put on to promote healing.",
        "She did not respond to verbal stimuli.",
    ],
)
def test_what_provokes_a_complaint_and_an_old_scar_are_no_turns(read, text):
    assert turns(read, text) == []


@pytest.mark.parametrize("text", ["The disease worsened during chemotherapy.", "The ulcer healed completely."])
def test_a_disease_that_grew_worse_under_therapy_and_an_ulcer_that_healed_are(read, text):
    assert len(turns(read, text)) == 1


def test_why_a_patient_came_is_how_the_disease_began(read):
    text = "She took aspirin for her heart. She presented with worsening dyspnoea. Alemtuzumab was started."
    assert read(text, title=TITLE).result.responses == ()


def test_what_a_therapy_did_not_stop_is_told_of_it_though_an_event_stands_with_it(read):
    text = "Although she was treated with tranexamic acid, the hematoma continued to increase."
    (row,) = read(text, title="A hematoma: a case report").result.responses
    assert (row.category, row.therapies) == ("PD", ("tranexamic acid",))
