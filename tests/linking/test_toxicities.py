"""What a report tells of an event: when it came, what was done, how it ended."""

import pytest

TITLE = "Dapsone for urticarial vasculitis: a case report"
OPENING = "A 57-year-old woman was diagnosed with urticarial vasculitis."


def told(read, text, slot):
    rows = read(text, title=TITLE, opening=OPENING).result.toxicities
    (row,) = (r for r in rows if r.case and r.assertion == "affirmed")
    return getattr(row, slot)


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("She developed a rash due to dapsone. It resolved.", "outcome", "recovered"),
        ("She developed a rash due to dapsone, which persisted.", "outcome", "not_recovered"),
        ("She developed a rash due to dapsone. Dapsone was discontinued.", "action_taken", "withdrawn"),
        ("She developed a rash due to dapsone. The dose was reduced.", "action_taken", "dose_reduced"),
        ("She developed a rash due to dapsone. Dapsone was withheld and later resumed.", "action_taken", "interrupted"),
        ("She developed a rash due to dapsone.", "action_taken", "not_stated"),
        ("She developed a rash due to dapsone.", "causality", "related"),
        ("She developed a rash, possibly due to dapsone.", "causality", "suspected"),
        ("She developed a rash due to dapsone, which was treated with cetirizine.", "treatment", ("cetirizine",)),
        ("She developed a rash due to dapsone, requiring hospitalization.", "serious", True),
        ("She developed a rash due to dapsone. Dapsone was stopped. The rash resolved.", "dechallenge", "positive"),
        (
            "She developed a rash due to dapsone. It resolved. Dapsone was reintroduced and the rash recurred.",
            "rechallenge",
            "positive",
        ),
    ],
)
def test_a_slot_of_an_event(read, text, slot, value):
    assert told(read, f"Dapsone was started. {text}", slot) == value


def test_the_end_of_another_therapy_is_not_the_action(read):
    text = "She took dapsone and ramipril. She developed a rash due to dapsone. Ramipril was stopped years ago."
    assert told(read, text, "action_taken") == "not_stated"


def test_an_event_after_counted_doses_came_no_sooner_than_the_last(read):
    text = "Rituximab 375 mg/m2 every 3 weeks was given. She developed a rash after two doses of rituximab."
    assert told(read, text, "onset_days") == pytest.approx(21, abs=0.5)


def test_an_event_minutes_after_an_injection_came_on_the_first_day(read):
    text = "Methotrexate was injected. She developed a rash 30 minutes after methotrexate."
    assert told(read, text, "onset_days") == pytest.approx(0, abs=0.5)


def test_the_therapy_blamed_most_often_is_kept(read):
    text = (
        "She took ramipril. Dapsone was started. She developed methemoglobinemia due to dapsone. "
        "The methemoglobinemia caused by dapsone resolved."
    )
    assert told(read, text, "therapies") == ("dapsone",)


@pytest.mark.parametrize(
    ("text", "term", "low", "affected", "total"),
    [
        (
            "Neutropenia was observed in 16% of patients treated with rituximab.",
            "neutrophil count decreased",
            16,
            None,
            None,
        ),
        ("Infusion of rituximab caused nausea in 12 of 48 patients.", "nausea", None, 12, 48),
    ],
)
def test_the_incidence_of_an_event_in_a_group(read, text, term, low, affected, total):
    rows = [r for r in read("Dapsone was started.", discussion=text).result.toxicities if r.attribution == "cohort"]
    assert [(r.term, r.incidence_low, r.n_affected, r.n_total) for r in rows] == [(term, low, affected, total)]
    assert rows[0].therapies == ("rituximab",)


def test_what_a_drug_relieved_it_did_not_cause(read):
    told = read("She took dapsone. The pain was in part relieved by gabapentin.").result
    assert not told.toxicities
    assert [(row.category, row.therapies) for row in told.responses] == [("improved", ("gabapentin",))]


def test_collateral_effects_are_adverse_effects(read):
    told = read("She took gabapentin, but with collateral effects of suicidal thoughts and mental confusion.").result
    assert [(row.term, row.therapies) for row in told.toxicities] == [
        ("suicidal ideation", ("gabapentin",)),
        ("confusion", ("gabapentin",)),
    ]


@pytest.mark.parametrize(
    ("case", "term", "therapy"),
    [
        (
            "She took dapsone. Two weeks later she developed hepatitis. Dapsone was discontinued.",
            "hepatitis",
            "dapsone",
        ),
        ("She took dapsone. The most likely cause of her hepatitis was dapsone.", "hepatitis", "dapsone"),
        ("She took dapsone. On rechallenge with dapsone, the hepatitis recurred.", "hepatitis", "dapsone"),
        ("She took dapsone. Her hepatitis resolved after dapsone was stopped.", "hepatitis", "dapsone"),
        ("She developed hepatitis on the fifth day of dapsone therapy.", "hepatitis", "dapsone"),
        ("She received nivolumab. Biopsy was consistent with immune-related hepatitis.", "hepatitis", "nivolumab"),
        ("She took dapsone. She could not tolerate dapsone because of nausea.", "nausea", "dapsone"),
    ],
)
def test_an_event_is_tied_by_what_the_story_tells(read, case, term, therapy):
    found = [t for t in read(case, title="A case report").result.toxicities if t.attribution == "patient"]
    assert [(t.term, t.therapies, t.assertion) for t in found] == [(term, (therapy,), "affirmed")]


@pytest.mark.parametrize(
    "case",
    [
        "She received ceftriaxone. She developed fever. Ceftriaxone was stopped and meropenem was started.",
        "She received ceftriaxone without any adverse reaction.",
        "A woman with hepatitis developed at home was seen. She took dapsone for two weeks.",
    ],
)
def test_what_a_drug_was_given_for_is_not_its_event(read, case):
    found = read(case, title="A case report").result.toxicities
    assert not [t for t in found if t.assertion == "affirmed" and t.attribution == "patient"]


def test_what_was_then_given_for_an_event_is_not_blamed_for_it(read):
    case = "She received rocuronium. Anaphylaxis was diagnosed and epinephrine was given."
    (row,) = read(case, title="A case report").result.toxicities
    assert (row.term, row.therapies) == ("anaphylaxis", ("rocuronium",))


def test_the_time_from_a_therapy_just_told_is_the_onset(read):
    (row,) = read("She took dapsone. Two weeks later, dapsone-induced hepatitis was diagnosed.").result.toxicities
    assert row.onset_days == 14


def test_what_is_brought_about_on_purpose_or_warded_off_is_no_event(read):
    told = read("She required a thiopental-induced coma. Dapsone seizure prophylaxis was continued.").result
    assert not told.toxicities


def test_the_end_of_chemotherapy_is_the_end_of_the_drug_that_it_was(read):
    case = "He received cisplatin. He developed tinnitus. Chemotherapy was discontinued."
    (row,) = read(case, title="A case report").result.toxicities
    assert row.therapies == ("cisplatin",)


def test_what_is_known_of_a_drug_did_not_happen(read):
    case = "She received nivolumab. Nivolumab is known to trigger various autoimmune diseases."
    assert not [t for t in read(case, title="A case report").result.toxicities if t.attribution == "patient"]


@pytest.mark.parametrize(
    ("case", "term", "therapy"),
    [
        (
            "She took adalimumab. She was seen because of steroid-induced osteoporosis.",
            "osteoporosis",
            "corticosteroids",
        ),
        (
            "He took ribavirin. Because of anemia, palliated by treatment with erythropoietin, treatment was stopped.",
            "anemia",
            "ribavirin",
        ),
    ],
)
def test_the_cause_that_is_named_is_kept_and_what_was_given_for_the_event_is_not_blamed(read, case, term, therapy):
    (row,) = read(case, title="A case report").result.toxicities
    assert (row.term, row.therapies) == (term, (therapy,))


@pytest.mark.parametrize(
    "case",
    [
        "She developed pneumonia due to a macrolide-resistant strain.",
        "His cardiomyopathy was due to selenium deficiency.",
    ],
)
def test_what_a_germ_resists_and_what_is_lacking_is_not_blamed(read, case):
    assert not read(case, title="A case report").result.toxicities


def test_the_end_of_the_suspected_drug_is_told_a_few_sentences_on(read):
    case = (
        "He developed rosuvastatin-induced rhabdomyolysis 3 weeks after starting rosuvastatin. "
        "His examination was normal. "
        "An ultrasound was done. Discontinuation of rosuvastatin was followed by full recovery."
    )
    (row,) = [t for t in read(case, title="A case report").result.toxicities if t.term == "rhabdomyolysis"]
    assert (row.onset_days, row.action_taken, row.outcome) == (21, "withdrawn", "recovered")


def test_what_was_done_can_stand_before_the_sentence_that_concludes(read):
    text = (
        "Dapsone was started. She became confused. All of her medications were discontinued. She recovered soon. "
        "We concluded that she had dapsone-induced encephalopathy."
    )
    assert (told(read, text, "action_taken"), told(read, text, "dechallenge")) == ("withdrawn", "positive")


def test_the_treatment_that_ends_is_the_suspected_one_whatever_drug_is_named_beside(read):
    text = "Dapsone was given. She had anemia due to dapsone, palliated by erythropoietin, and treatment was stopped."
    assert told(read, text, "action_taken") == "withdrawn"
