"""Each mention of a therapy with the slots that its own sentence ties to it."""

import pytest

from pipeline.linking._regimens.courses import courses


@pytest.fixture(scope="module")
def told(read):
    """The tellings of a case's text, by therapy, in text order."""

    def tellings(text, **parts):
        return [(c.therapy.name, c) for c in courses(read(text, **parts).scene)]

    return tellings


def test_a_dose_with_its_route_and_schedule(told):
    ((name, course),) = told("She received dapsone 100 mg orally twice daily.")
    assert name == "dapsone"
    assert course.dose is not None
    assert (course.dose.low, course.dose.unit, course.route, course.per_week) == (100, "mg", "oral", 14)


@pytest.mark.parametrize(
    "text",
    [
        "She refused dapsone.",
        "Dapsone was considered.",
        "She had not received dapsone.",
        "Dapsone was prescribed. However, she refused dapsone.",
        "Dapsone was contraindicated.",
        "She was allergic to dapsone.",
        "Serum dapsone was high.",
        "Dapsone levels were high.",
        "The isolate was sensitive to dapsone.",
        "Antibodies against rituximab were found.",
    ],
)
def test_what_was_not_given_is_no_course(told, text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "She was allergic to dapsone and was therefore treated with colchicine.",
        "Serum dapsone was high and she was given colchicine.",
        "Dapsone levels were high and she was given colchicine.",
        "Dapsone-induced fever was treated with colchicine.",
    ],
)
def test_a_drug_that_was_given_does_not_lend_its_verb_to_another(told, text):
    assert [name for name, _ in told(text)] == ["colchicine"]


def test_a_class_of_drugs_gives_way_to_the_drug_beside_it(told):
    assert [name for name, _ in told("She received antibiotics, namely ceftriaxone 2 g daily.")] == ["ceftriaxone"]


def test_a_class_of_drugs_stands_where_no_drug_is_named(told):
    assert [name for name, _ in told("She was treated with antibiotics.")] == ["antibiotics"]


def test_two_routes_are_two_courses(told):
    found = told("She received topical and oral corticosteroids.")
    assert [(name, course.route) for name, course in found] == [
        ("corticosteroids", "topical"),
        ("corticosteroids", "oral"),
    ]


def test_two_doses_are_two_courses(told):
    found = told("She received prednisone 60 mg/day followed by 10 mg/day.")
    assert [(name, course.dose.low, course.dose.unit) for name, course in found] == [
        ("prednisone", 60, "mg/d"),
        ("prednisone", 10, "mg/d"),
    ]


def test_an_amount_a_day_is_no_schedule(told):
    ((_, course),) = told("She received 30 mg prednisolone per day.")
    assert (course.dose.unit, course.per_week) == ("mg/d", None)


def test_a_course_begins_and_ends_on_its_dates(told):
    ((_, course),) = told("Dapsone was given from May 2015 until August 2015.")
    assert (course.start_date, course.end_date) == ("2015-05", "2015-08")


def test_cycles_are_counted(told):
    ((_, course),) = told("She received six cycles of gemcitabine.")
    assert course.cycles == 6


def test_the_quote_of_a_course_holds_all_of_its_parts(told):
    for _, course in told("She received dapsone 100 mg orally twice daily for 3 weeks."):
        assert all(course.quote.covers(part) for part in course.parts)
        assert course.quote.covers(course.mention)


def test_an_operation_is_a_course(told):
    ((name, course),) = told("She underwent splenectomy in May 2015.")
    assert (name, course.therapy.therapy_type, course.start_date) == ("splenectomy", "surgery", "2015-05")


def test_a_heading_tells_no_course(told):
    assert told("She slept.", sections=(("Treatment with dapsone", "She slept well."),)) == []


def test_the_literatures_course_is_not_the_patients(told):
    ((_, course),) = told("She slept.", discussion="Adams et al. treated twelve patients with dapsone 50 mg daily.")
    assert (course.kind, course.cases) == ("cohort", ())


def test_a_length_behind_a_list_in_brackets_is_the_whole_lists(read):
    told = read("She received three drugs (isoniazid, rifampicin and ethambutol) for a period of two months.")
    assert {days for _, days in told.given("duration_days")} == {60.875}


def test_the_next_amount_of_a_therapy_needs_no_name(read):
    told = read("She received prednisolone 60 mg daily for 2 weeks and 10 mg daily for 4 weeks.")
    assert told.given("dose_low", "duration_days") == [("prednisolone", 10.0, 28.0), ("prednisolone", 60.0, 14.0)]


def test_an_amount_told_again_in_brackets_is_one_amount(read):
    assert read("She received prednisolone 20 mg twice daily (1 mg/kg/day).").given("dose_low") == [
        ("prednisolone", 20.0)
    ]


def test_a_daily_amount_told_in_two_ways_is_one_row(read):
    told = read("She received atenolol 100 mg. Atenolol was continued at 100 mg/day.")
    assert len(told.given()) == 1


def test_a_length_before_a_switch_is_how_long_it_was_given(read):
    told = read("After one week of fluconazole treatment, she was switched to voriconazole.")
    assert told.slot("fluconazole", "duration_days") == 7.0


@pytest.mark.parametrize(
    "text",
    [
        "Albumin was given because of low albumin.",
        "She received intravenous albumin.",
        "An infusion of albumin followed.",
    ],
)
def test_a_substance_of_the_body_can_be_given(told, text):
    assert [name for name, _ in told(text)] == ["human albumin"]


@pytest.mark.parametrize(
    "text", ["Albumin was low and dapsone was started.", "Serum albumin was measured after dapsone was given."]
)
def test_a_substance_of_the_body_that_was_measured_is_no_drug(told, text):
    assert [name for name, _ in told(text)] == ["dapsone"]


@pytest.mark.parametrize(
    "text",
    [
        "The tumour was completely excised.",
        "The lesion was surgically removed.",
        "He was operated on.",
        "The mass was resected with clear margins.",
    ],
)
def test_verbs_tell_of_an_operation(told, text):
    assert [name for name, _ in told(text)] == ["surgery"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He underwent PFO ligation.", "pfo ligation"),
        ("A bullectomy was performed.", "bullectomy"),
        ("She needed mandibular reconstruction.", "mandibular reconstruction"),
    ],
)
def test_an_operation_that_no_lexicon_lists_has_its_own_name(told, text, name):
    ((found, course),) = told(text)
    assert (found, course.therapy.therapy_type) == (name, "surgery")


@pytest.mark.parametrize(
    "text", ["Milrinone (10 mg/50 mL) was infused at 0.5 mL/h.", "Milrinone (1 mg/mL) 10 mg was given."]
)
def test_strength_and_rate_of_a_solution_are_no_doses_of_their_own(told, text):
    assert [(course.dose.low, course.dose.unit) for _, course in told(text)] == [(10, "mg")]


def test_relief_is_given_by_a_drug(told):
    assert [name for name, _ in told("The pain was partly relieved by gabapentin.")] == ["gabapentin"]


@pytest.mark.parametrize(
    "text",
    [
        "She underwent radiotherapy for a total dose of 59.4 Gy with cisplatin.",
        "Radiotherapy to the neck was given with cisplatin, for a total dose of 59.4 Gy.",
    ],
)
def test_grays_are_those_of_an_irradiation(told, text):
    assert [(name, c.dose.low if c.dose else None) for name, c in told(text)] == [
        ("radiotherapy", 59.4),
        ("cisplatin", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Stains were detected by immunohistochemistry using monoclonal antibodies after dapsone was given.",
        "PD-L1 was seen with an anti-PD-L1 IHC 22C3 assay after dapsone was given.",
    ],
)
def test_reagents_are_no_drugs(told, text):
    assert [name for name, _ in told(text)] == ["dapsone"]


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("Immunoglobulin (IVIG) was started at a total dose of 120 g over 72 hours with a dobutamine infusion.", 120),
        ("A methylprednisolone pulse of 500 mg daily for three days was given with the dobutamine.", 500),
    ],
)
def test_an_amount_behind_words_of_giving_is_the_names(told, text, dose):
    assert told(text)[0][1].dose.low == dose
    assert [c.dose for name, c in told(text) if name == "dobutamine"] == [None]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The cough disappeared after radiofrequency ablation.", ["radiofrequency ablation"]),
        ("Analgesics were almost ineffective.", ["analgesics"]),
        ("The isolate was resistant to ampicillin.", []),
        ("The diffusing capacity of the lung for carbon monoxide improved.", []),
    ],
)
def test_what_the_disease_answered_to_was_given(told, text, names):
    assert [name for name, _ in told(text)] == names


@pytest.mark.parametrize(
    ("text", "therapy", "start"),
    [
        ("A man with aortic valve replacement in 1995 and splenectomy in 2010 was seen.", "splenectomy", "2010"),
        ("In May 2011, ten days after the last injection of adalimumab, he received aspirin.", "adalimumab", ""),
    ],
)
def test_a_date_is_the_beginning_of_what_it_stands_beside(told, text, therapy, start):
    assert [course.start_date for name, course in told(text) if name == therapy] == [start]


@pytest.mark.parametrize(
    ("text", "route"), [("She took oral contraceptives.", "oral"), ("She received intravenous fluids.", "intravenous")]
)
def test_a_name_can_hold_its_route(told, text, route):
    assert [course.route for _, course in told(text)] == [route]


def test_a_needle_for_the_diagnosis_is_no_therapy(told):
    assert told("FNA was performed.") == []


def test_a_stent_graft_that_was_put_in_is_an_operation(told):
    assert [name for name, _ in told("A bifurcated stent graft was implanted.")] == ["endovascular repair"]
