"""What a therapy did to the disease."""

import pytest

TITLE = "Alemtuzumab for mycosis fungoides: a case report"
STARTED = "Alemtuzumab was started."
MONTH = 30.4375


def rows(read, text, **parts):
    return [r for r in read(f"{STARTED} {text}", title=TITLE, **parts).result.responses if r.attribution == "patient"]


def told(read, text, slot):
    (row,) = rows(read, text)
    return getattr(row, slot)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("A complete remission was achieved.", "CR"),
        ("A partial response was seen.", "PR"),
        ("The disease was stable.", "SD"),
        ("The disease progressed.", "PD"),
        ("She did not respond.", "NR"),
        ("She had a relapse.", "relapse"),
        ("She died of sepsis.", "death"),
    ],
)
def test_the_category_of_a_response(read, text, category):
    assert told(read, text, "category") == category


@pytest.mark.parametrize(
    ("text", "compartment"),
    [
        ("A complete response in the skin was seen.", "skin"),
        ("A complete response in the blood was seen.", "blood"),
        ("Bone marrow showed a complete remission.", "marrow"),
        ("PET/CT showed a complete metabolic response.", "imaging"),
        ("There was no molecular response.", "molecular"),
        ("A complete remission was achieved.", "overall"),
    ],
)
def test_the_compartment_of_a_response(read, text, compartment):
    assert told(read, text, "compartment") == compartment


def test_a_response_of_two_compartments_is_two_rows(read):
    found = rows(read, "Complete haematologic and radiologic response was seen.")
    assert {(row.category, row.compartment) for row in found} == {("CR", "blood"), ("CR", "imaging")}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("A complete response was seen after 12 weeks.", 84),
        ("At week 6, a partial response was seen.", 42),
        ("A complete remission was achieved after 3 months.", pytest.approx(3 * MONTH, abs=0.1)),
        ("A complete remission was achieved.", None),
    ],
)
def test_when_a_response_came(read, text, days):
    assert told(read, text, "onset_days") == days


def test_the_time_of_a_visit_is_no_onset(read):
    assert told(read, "After 13 months of follow-up she was in complete remission.", "onset_days") is None


@pytest.mark.parametrize("words", ["was maintained for 3 years", "lasted for 3 years"])
def test_how_long_a_response_lasted(read, words):
    assert told(read, f"The complete remission {words}.", "duration_days") == pytest.approx(3 * 365.25)


def test_a_response_that_goes_on(read):
    assert told(read, "She remains in complete remission at the last follow-up.", "ongoing") is True
    assert told(read, "A complete remission was achieved.", "ongoing") is None


def test_the_criteria_are_named(read):
    text = "A complete remission according to the Lugano criteria was achieved."
    assert "Lugano" in told(read, text, "criteria")


def test_a_response_knows_its_regimen(read):
    reading = read(f"{STARTED} A partial response was seen.", title=TITLE)
    (row,), (regimen,) = reading.result.responses, reading.result.regimens
    assert (row.case, row.group, row.therapies) == (regimen.case, regimen.group, ("alemtuzumab",))


def test_what_did_not_happen_is_negated(read):
    assert told(read, "She did not achieve a complete remission.", "assertion") == "negated"


@pytest.mark.parametrize(
    "text",
    [
        "If a complete response occurs, treatment is stopped.",
        "A complete response was defined as clearance of the skin.",
    ],
)
def test_conditions_and_definitions_are_no_responses(read, text):
    assert rows(read, text) == []


def test_a_response_told_in_abstract_and_case_is_one_row(read):
    (row,) = rows(
        read,
        "A complete response was seen after 12 weeks.",
        abstract="Our patient had a complete response to alemtuzumab.",
    )
    assert (row.mentions, row.section, row.onset_days) == (2, "case", 84)


def test_a_cohorts_response_is_no_patients(read):
    result = read(
        f"{STARTED} She responded.",
        title=TITLE,
        discussion="Adams et al. reported a complete response in 12 of 40 patients treated with alemtuzumab.",
    ).result
    ((case, category, n, total),) = [
        (r.case, r.category, r.n_responders, r.n_total) for r in result.responses if r.attribution == "cohort"
    ]
    assert (case, category, n, total) == (None, "CR", 12, 40)


def test_a_heading_is_no_response(read):
    assert rows(read, "She slept.", sections=(("Complete response to alemtuzumab", "She slept well."),)) == []


@pytest.mark.parametrize(
    "words",
    [
        "The dose of prednisone was reduced gradually.",
        "She remained negative for HIV.",
        "Her family members were asymptomatic.",
    ],
)
def test_what_is_said_of_a_dose_or_another_test_is_no_response(read, words):
    assert rows(read, words) == []


def test_the_growth_before_any_therapy_is_how_the_disease_began(read):
    assert read("The tumour grew within two months. Dapsone was given.").result.responses == ()


def test_one_finding_in_several_words_is_one_row(read):
    found = rows(read, "CT showed that the tumour had progressed. The response was progressive disease (PD).")
    assert [(r.category, r.mentions) for r in found] == [("PD", 2)]


def test_one_decline_in_several_words_is_one_row(read):
    found = rows(read, "She deteriorated. She was moved to another ward. Her condition continued to deteriorate.")
    assert [(r.category, r.mentions) for r in found] == [("PD", 2)]


def test_margins_free_of_tumour_are_no_response(read):
    told = read("She received dapsone. All margins were free of tumour. A year later she was free of disease.")
    assert [row.category_text for row in told.result.responses] == ["free of disease"]


def test_an_improvement_that_names_its_therapy_is_no_first_finding(read):
    told = read("The effusion improved after bevacizumab treatment.")
    assert [(row.category, row.therapies) for row in told.result.responses] == [("improved", ("bevacizumab",))]


def test_brackets_behind_a_response_say_what_it_means(read):
    (row,) = rows(read, "A partial response (>30% reduction) was seen.")
    assert row.category == "PR"


def test_a_time_of_follow_up_is_how_long_it_lasted(read):
    (row,) = rows(read, "There was no recurrence at 6 months of follow-up.")
    assert (row.onset_days, row.duration_days) == (None, pytest.approx(6 * MONTH, abs=0.1))


@pytest.mark.parametrize("text", ["Her weight remained stable.", "She remained stable during the procedure."])
def test_what_stays_as_it_was_is_not_the_disease(read, text):
    assert not rows(read, text)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The lesions had not recurred.", "CR"),
        ("The disease was not aggravated.", "SD"),
        ("The itching did not respond.", "NR"),
        ("The swelling went down.", "improved"),
        ("The pain was completely gone.", "resolved"),
        ("The fever persisted.", "NR"),
    ],
)
def test_what_is_denied_is_read_with_its_denial(read, text, category):
    assert told(read, text, "category") == category


def test_who_was_given_nothing_can_recover(read):
    (row,) = read("The patient recovered within 3 days.", title="A mild fever").result.responses
    assert (row.category, row.therapies) == ("resolved", ())
    assert not read("She was afebrile.", title="A mild fever").result.responses


@pytest.mark.parametrize(
    "text",
    [
        "Bacteria were recovered from the stool culture.",
        "Age was a risk factor for relapse.",
        "It led to improved surgical accuracy.",
    ],
)
def test_a_germ_a_risk_and_a_skill_are_no_turn_of_the_disease(read, text):
    assert not rows(read, text)


def test_how_long_a_therapy_ran_is_not_how_long_its_answer_lasted(read):
    assert told(read, "Bexarotene for 3 weeks led to gradual improvement.", "duration_days") is None


def test_what_a_therapy_was_begun_for_is_no_event_of_it(read):
    (row,) = rows(read, "After initiation of a steroid therapy her diarrhea improved immediately.")
    assert row.category == "improved"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("A repeat CT at the end of 8 weeks was normal.", "resolved"),
        ("It resulted in control of her disease.", "improved"),
        ("She had persistent pain despite morphine.", "NR"),
    ],
)
def test_more_plain_words_of_a_response(read, text, category):
    assert told(read, text, "category") == category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Her symptoms did not return.", "CR"),
        ("MRI showed no change in the size of the mass.", "SD"),
        ("She could not be resuscitated.", "death"),
        ("The disease was under control.", "improved"),
    ],
)
def test_what_a_report_says_instead_of_a_category(read, text, category):
    assert told(read, text, "category") == category


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The evolution was favorable.", "improved"),
        ("The clinical outcome was excellent.", "improved"),
        ("She evolved well after treatment.", "improved"),
        ("The oedema completely regressed.", "resolved"),
        ("The proteinuria receded.", "resolved"),
        ("Given the persistence of fever, a biopsy was taken.", "NR"),
        ("The course was not satisfactory.", "NR"),
        ("Her condition got worse.", "PD"),
        ("We did not notice any recurrence.", "CR"),
    ],
)
def test_how_a_course_is_told_in_plain_words(read, text, category):
    assert [row.category for row in rows(read, text) if row.assertion == "affirmed"] == [category]


def test_the_time_without_a_relapse_is_how_long_the_answer_lasted(read):
    (row,) = rows(read, "Three months later, there was no sign of recurrence.")
    assert (row.onset_days, row.duration_days) == (None, pytest.approx(3 * MONTH, abs=0.5))
