"""Which conditions a report blames its therapies for."""

import pytest

TITLE = "Dapsone for urticarial vasculitis: a case report"
OPENING = "A 57-year-old woman was diagnosed with urticarial vasculitis."


def blamed(read, text, **parts):
    """The events of the only patient: terms with the therapies that are blamed."""
    rows = read(text, title=TITLE, opening=OPENING, **parts).result.toxicities
    return {r.term: set(r.therapies) for r in rows if r.attribution == "patient" and r.assertion == "affirmed"}


@pytest.mark.parametrize(
    ("text", "term", "therapy"),
    [
        ("Dapsone was started. She developed nausea, requiring the daily dose to be reduced.", "nausea", "dapsone"),
        ("Dapsone was discontinued because of severe headache.", "headache", "dapsone"),
        ("Dapsone was given. Because of persistent nausea, the drug was stopped.", "nausea", "dapsone"),
        ("She took dapsone. Nausea and anemia attributed to dapsone were seen.", "anemia", "dapsone"),
        ("She took colchicine, and colchicine caused her severe diarrhea.", "diarrhea", "colchicine"),
        ("Infliximab was stopped because of a fall in hemoglobin levels.", "anemia", "infliximab"),
        ("Infliximab was stopped due to decreased platelet count.", "platelet count decreased", "infliximab"),
        ("Dapsone was given. She developed diarrhea and was switched to colchicine.", "diarrhea", "dapsone"),
        ("Rituximab was given. The patient experienced febrile neutropenia.", "febrile neutropenia", "rituximab"),
        ("She was treated with dapsone intravenously. She immediately developed pruritus.", "pruritus", "dapsone"),
        ("She received cisplatin. She presented a grade 3 vomiting.", "vomiting", "cisplatin"),
        (
            "She was receiving warfarin. A massive hematoma was seen. Warfarin was discontinued.",
            "hematoma",
            "warfarin",
        ),
        (
            "She took amphotericin B. She had an increased level of creatinine, therefore, the therapy was changed.",
            "creatinine increased",
            "amphotericin b",
        ),
        ("She took lithium. Lithium-induced tremor was seen.", "tremor", "lithium"),
        (
            "She took metformin. A diagnosis of metformin associated lactic acidosis was made.",
            "lactic acidosis",
            "metformin",
        ),
    ],
)
def test_an_event_is_blamed_on_its_therapy(read, text, term, therapy):
    assert therapy in blamed(read, text).get(term, set())


def test_bleeding_soon_after_a_procedure_is_its_complication(read):
    told = blamed(read, "She underwent splenectomy. Three hours after splenectomy, severe bleeding occurred.")
    assert list(told.values()) == [{"splenectomy"}]


def test_an_infection_at_a_stated_week_of_treatment_is_an_event(read):
    told = blamed(read, "Alemtuzumab was started. At week 6 of treatment she developed herpes zoster.")
    assert any("zoster" in term or "shingles" in term for term in told)


@pytest.mark.parametrize(
    "text",
    [
        "Dapsone was given for pain caused by renal calculi.",
        "Dapsone was started. The differential diagnosis included drug-induced hepatitis and sepsis.",
        "Dapsone was started. The bleeding stopped.",
        "Dapsone was stopped due to progression of lymphoma.",
        "Dapsone was started. Her mother developed a rash after dapsone.",
        "Dapsone was started. No nausea occurred after dapsone.",
    ],
)
def test_what_is_no_event_of_the_patient(read, text):
    assert blamed(read, text) == {}


def test_an_exacerbation_without_a_name_can_be_the_reason_of_a_stop(read):
    told = blamed(read, "Dapsone was stopped due to acute exacerbation of the underlying disease.")
    assert set(told) == {"acute exacerbation of the underlying disease"}


def test_general_words_say_nothing_beside_the_event_itself(read):
    told = blamed(read, "Dapsone was stopped due to adverse effects. She had developed nausea after starting dapsone.")
    assert "adverse event" not in told


def test_what_is_said_not_to_have_occurred(read):
    rows = read("Dapsone was given. No side effects were observed.", title=TITLE, opening=OPENING).result.toxicities
    assert [(r.assertion, r.term) for r in rows] == [("negated", "adverse event")]


@pytest.mark.parametrize(
    ("text", "term", "therapy"),
    [
        ("Dapsone was given. She developed nausea after 3 weeks of dapsone therapy.", "nausea", "dapsone"),
        ("She presented with jaundice two weeks after starting dapsone.", "jaundice", "dapsone"),
        ("Dapsone was suspected to be the cause of her headache.", "headache", "dapsone"),
        (
            "She took dapsone. A headache developed. These symptoms resolved after withdrawal of dapsone.",
            "headache",
            "dapsone",
        ),
        ("Discontinuing dapsone reversed the jaundice.", "jaundice", "dapsone"),
        ("Dapsone was given. Side effects included nausea and headache.", "headache", "dapsone"),
        ("Dapsone was given. Toxicity resulted in G1 nausea.", "nausea", "dapsone"),
        ("Rituximab was given. She developed febrile neutropenia and a grade 3 headache.", "headache", "rituximab"),
        ("She underwent radiotherapy. She developed radiation-induced dysphagia.", "dysphagia", "radiotherapy"),
        ("She took dapsone. Jaundice was diagnosed and dapsone was withdrawn.", "jaundice", "dapsone"),
    ],
)
def test_an_event_that_is_told_by_its_course(read, text, term, therapy):
    assert therapy in blamed(read, text).get(term, set())


def test_toxicities_without_a_name_are_an_event(read):
    assert blamed(read, "Dapsone was given. She experienced toxicities.") == {"toxicity": {"dapsone"}}


@pytest.mark.parametrize(
    "text",
    [
        "Mannitol was given. A day after discontinuation of mannitol, MRI showed that the edema had resolved.",
        "She had heart failure. Heart failure with dapsone-induced headache was seen.",
        "Two days after surgery with dapsone, no rash occurred.",
        "Dapsone was ineffective, and the patient died due to heart failure.",
    ],
)
def test_what_a_therapy_was_given_for_or_was_there_before_is_no_event(read, text):
    assert not {"edema", "heart failure", "rash"} & set(blamed(read, text))


@pytest.mark.parametrize(
    ("text", "term", "therapy"),
    [
        ("Dapsone was given. The patient experienced toxicity: nausea, headache and diarrhea.", "nausea", "dapsone"),
        (
            "Dapsone was given. No relevant side effects were observed, with the exception of grade I nausea.",
            "nausea",
            "dapsone",
        ),
        ("She was started on dapsone. Two weeks later, she developed severe headache.", "headache", "dapsone"),
        ("She began taking dapsone, four weeks later she presented with ankle edema.", "edema limbs", "dapsone"),
        (
            "She underwent splenectomy. The postoperative course was complicated by peritonitis.",
            "peritonitis",
            "splenectomy",
        ),
        ("She underwent splenectomy, which was complicated by bleeding.", "bleeding", "splenectomy"),
        (
            "She underwent splenectomy. Postoperatively she developed pleural effusion.",
            "pleural effusion",
            "splenectomy",
        ),
    ],
)
def test_what_came_up_after_a_therapy_in_the_order_of_the_story(read, text, term, therapy):
    assert therapy in blamed(read, text).get(term, set())


@pytest.mark.parametrize(
    "text",
    [
        "She developed severe sepsis, requiring intravenous ceftriaxone.",
        "She developed pneumonia and was prescribed cefuroxime intravenously.",
        "She was given dapsone because of the severity of her acne.",
        "She was started on ceftriaxone. Two days later, she developed septic shock.",
        "She had headaches. She was started on dapsone. Two weeks later, she presented with headaches.",
        "She had pancreatitis complicated by pseudocyst. She underwent splenectomy.",
        "A decrease in fibrinogen induced a bleeding tendency.",
        "Dapsone was prescribed to resolve the conjunctivitis that was induced by thorns.",
        "Eplerenone 50 mg q.d. was prescribed later, at the age of 36, due to persistent hypokalemia.",
        "The treatment was changed to dapsone because of the re-emergence of fever.",
        "She has been taking levodopa, for severe muscular symptoms caused by acne.",
        "She was receiving warfarin. Warfarin was discontinued before surgery. Bleeding was noted later.",
        "Grade 3 hydronephrosis was seen. She received cisplatin.",
    ],
)
def test_what_a_therapy_was_given_for_or_did_not_hold_is_no_event(read, text):
    assert blamed(read, text) == {}
