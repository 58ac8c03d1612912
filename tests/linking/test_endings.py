"""What became of a course, why, and when."""

import pytest


def ending(read, text, therapy="dapsone", **parts):
    told = read(text, **parts)
    return told.slot(therapy, "status"), told.slot(therapy, "stop_reason")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Dapsone was stopped because of severe neutropenia.", "toxicity"),
        ("Dapsone was discontinued due to adverse effects.", "toxicity"),
        ("Dapsone was stopped because of disease progression.", "progression"),
        ("Dapsone was withdrawn for lack of efficacy.", "no_response"),
        ("Dapsone was stopped at the patient's request.", "patient_choice"),
        ("Dapsone was stopped after complete remission.", "response"),
        ("Dapsone was stopped.", None),
    ],
)
def test_why_a_therapy_was_stopped(read, text, reason):
    assert ending(read, text) == ("stopped", reason)


def test_the_date_that_opens_the_sentence_is_when_it_was_stopped(read):
    told = read("Dapsone was started on 2 May 2019. On 5 August 2019, dapsone was stopped and aspirin was started.")
    assert told.slot("dapsone", "start_date") == "2019-05-02"
    assert told.slot("dapsone", "end_date") == "2019-08-05"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("She had been treated unsuccessfully with dapsone. Prednisone was started.", "no_response"),
        ("She had received dapsone with little clinical improvement. Prednisone was started.", "no_response"),
        ("She had received dapsone for vasculitis and renal failure. Prednisone was started.", None),
    ],
)
def test_a_therapy_before_this_one_that_did_not_help_ended_for_that(read, text, reason):
    assert read(text, title="Prednisone for vasculitis: a case report").slot("dapsone", "stop_reason") == reason


def test_what_was_given_instead_has_ended_it(read):
    assert ending(read, "Dapsone was started. Prednisone was administered instead of dapsone.")[0] == "stopped"


def test_a_treatment_that_was_changed_has_ended_and_why(read):
    told = "He was treated with dapsone and because of the persistence of fever the treatment was changed into aspirin."
    assert ending(read, told) == ("stopped", "no_response")


def test_what_goes_on_beside_a_switch_has_not_ended(read):
    told = "Dapsone was added. A switch to aspirin was made, while maintaining dapsone."
    assert ending(read, told)[0] != "stopped"


def test_an_event_between_the_dose_and_the_end_is_why(read):
    told = "After the first dose of dapsone he developed an anaphylactic response and it was therefore discontinued."
    assert ending(read, told) == ("stopped", "toxicity")


def test_what_was_maintained_goes_on(read):
    assert ending(read, "Dapsone and prednisone were maintained.")[0] == "ongoing"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("She completed six cycles of dapsone.", "completed"),
        ("She is currently receiving dapsone.", "ongoing"),
        ("Dapsone was started; the dose was reduced because of anaemia.", "dose_reduced"),
        ("Dapsone was started.", "unknown"),
    ],
)
def test_what_became_of_a_therapy(read, text, status):
    assert ending(read, text)[0] == status


@pytest.mark.parametrize(
    "following",
    [
        "It was discontinued because of severe neutropenia.",
        "The treatment was stopped because of severe neutropenia.",
        "Therapy was withdrawn because of severe neutropenia.",
    ],
)
def test_the_next_sentence_tells_the_end_by_a_word_that_stands_for_the_drug(read, following):
    assert ending(read, f"Dapsone was started. {following}") == ("stopped", "toxicity")


def test_a_verb_ends_the_drug_that_it_tells_of_and_not_its_neighbour(read):
    told = read("Dapsone was stopped because of neutropenia and colchicine was started.")
    assert told.given("status") == [("colchicine", "unknown"), ("dapsone", "stopped")]


def test_drugs_told_together_end_together(read):
    told = read("Dapsone and colchicine were stopped because of lack of efficacy.")
    assert told.given("status", "stop_reason") == [
        ("colchicine", "stopped", "no_response"),
        ("dapsone", "stopped", "no_response"),
    ]


def test_the_failure_told_before_is_the_reason(read):
    text = "Dapsone was started. The disease did not respond. Dapsone was stopped."
    assert ending(read, text) == ("stopped", "no_response")


@pytest.mark.parametrize(
    "text",
    [
        "She was switched from dapsone to colchicine on 23 June.",
        "Dapsone was replaced by colchicine.",
        "We replaced dapsone by colchicine.",
        "Dapsone was switched to colchicine.",
        "Dapsone was given. The fever persisted. Therefore, we changed the regimen to colchicine.",
    ],
)
def test_another_therapy_takes_its_place(read, text):
    told = read(f"She was admitted on 2 May 2019. {text}")
    assert told.given("status") == [("colchicine", "unknown"), ("dapsone", "stopped")]


def test_a_switch_is_dated_by_the_year_told_before(read):
    told = read("She was admitted on 2 May 2019. She was switched from ganciclovir to foscarnet on 23 June.")
    assert told.slot("ganciclovir", "end_date") == "2019-06-23"
    assert told.slot("foscarnet", "start_date") == "2019-06-23"
    assert told.slot("foscarnet", "end_date") == ""


def test_the_day_on_which_it_was_stopped(read):
    told = read("Dapsone was started on 2 May 2019. It was stopped on 5 August 2019.")
    assert told.given("start_date", "end_date") == [("dapsone", "2019-05-02", "2019-08-05")]


def test_how_long_it_ran(read):
    told = read("Dapsone was withdrawn 4 months after starting because of severe neutropenia.")
    assert told.slot("dapsone", "duration_days") == pytest.approx(4 * 30.4375)


def test_a_stop_outweighs_what_was_told_before(read):
    assert ending(read, "She is receiving dapsone. Later, dapsone was stopped.")[0] == "stopped"


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("She received vancomycin 1 g. Her cough went. The antibiotics were stopped.", "stopped", None),
        (
            "She received vancomycin 1 g until a rash developed and antibiotic therapy was stopped.",
            "stopped",
            "toxicity",
        ),
        ("She received vancomycin 1 g, which was quickly replaced by linezolid.", "stopped", None),
        ("She received vancomycin 1 g. Replacement of vancomycin by linezolid followed.", "stopped", None),
    ],
)
def test_a_class_or_a_successor_ends_a_therapy(read, text, status, reason):
    told = read(text)
    assert (told.slot("vancomycin", "status"), told.slot("vancomycin", "stop_reason")) == (status, reason)


def test_a_stop_ends_every_member_of_its_list(read):
    told = read("Vancomycin, meropenem and linezolid were stopped.")
    assert told.given("status") == [(name, "stopped") for name in ("linezolid", "meropenem", "vancomycin")]


def test_a_stop_after_a_length_of_time_tells_how_long(read):
    assert (
        read("Vancomycin 1 g daily was started. Vancomycin was stopped after 3 days.").slot(
            "vancomycin", "duration_days"
        )
        == 3.0
    )
