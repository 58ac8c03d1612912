"""The tellings of a therapy become rows: one a therapy, dose, route and schedule."""

import pytest

from tests.linking.report import OF_TWO

DAPSONE = "Dapsone for urticarial vasculitis: a case report"


def test_a_drug_told_in_abstract_and_case_is_one_row(read):
    told = read(
        "She received dapsone 100 mg orally twice daily.",
        title=DAPSONE,
        abstract="We treated a woman with dapsone 100 mg twice daily.",
    )
    (row,) = told.result.regimens
    assert (row.mentions, row.section, row.dose_low, row.route) == (2, "case", 100, "oral")


def test_a_later_sentence_fills_what_the_first_left_open(read):
    told = read("Dapsone was started in May 2015. She took dapsone 100 mg daily.")
    assert told.given("dose_low", "start_date") == [("dapsone", 100, "2015-05")]


def test_a_newly_stated_dose_is_a_row_of_its_own(read):
    told = read("She received oral prednisone 60 mg daily. Two weeks later, prednisone was reduced to 10 mg daily.")
    assert told.given("dose_low", "route") == [("prednisone", 10, None), ("prednisone", 60, "oral")]


@pytest.mark.parametrize(
    "text",
    [
        "She refused rituximab.",
        "Rituximab was considered.",
        "She had not received rituximab.",
        "Rituximab was declined.",
    ],
)
def test_what_the_patient_did_not_get_is_no_row_of_hers(read, text):
    told = read(f"She received dapsone 100 mg daily. {text}")
    assert [name for name, *_ in told.given()] == ["dapsone"]


def test_what_is_only_planned_says_so(read):
    rows = read("If relapse occurs, rituximab will be given.").result.regimens
    assert {row.assertion for row in rows} <= {"planned"}


def test_each_patient_has_her_own_rows(read):
    told = read(**OF_TWO)
    assert told.given("dose_low", case=1) == [("dapsone", 100)]
    assert told.given("dose_low", case=2) == [("colchicine", 1)]


def test_regimens_are_numbered_within_each_case(read):
    assert {row.case: row.group for row in read(**OF_TWO).result.regimens} == {1: 1, 2: 1}


def test_the_literatures_dose_is_a_row_of_no_patient(read):
    told = read(
        "She received dapsone 100 mg daily.", discussion="Adams et al. treated ten patients with dapsone 50 mg daily."
    )
    assert told.given("dose_low") == [("dapsone", 100)]
    ((row, attribution),) = [(r.dose_low, r.attribution) for r in told.result.regimens if r.case is None]
    assert (row, attribution) == (50, "cohort")


def test_the_literatures_drug_without_a_dose_is_no_row(read):
    told = read("She received dapsone 100 mg daily.", discussion="Adams et al. treated ten patients with colchicine.")
    assert [row.therapy for row in told.result.regimens] == ["dapsone"]


def test_a_generic_and_a_trade_name_are_one_drug(read):
    told = read("She received alemtuzumab 30 mg. Campath was well tolerated, and Campath was continued.")
    assert told.given("dose_low") == [("alemtuzumab", 30)]


def test_every_three_weeks_is_a_third_a_week(read):
    told = read("She received rituximab 375 mg/m2 every 3 weeks.")
    ((_, dose, unit, per_week),) = told.given("dose_low", "dose_unit", "per_week")
    assert (dose, unit) == (375, "mg/m2")
    assert per_week == pytest.approx(1 / 3, abs=1e-3)


STORIES = [
    "She received dapsone 100 mg orally twice daily. Dapsone was stopped on 5 May 2019 because of haemolysis.",
    "She was treated with CHOP for six cycles. A complete response was seen after 12 weeks. She died of sepsis.",
    "A platelet count of 18 × 10⁹/L (150–400) was found. She developed rash and fever after dapsone.",
    "From May 2011 to April 2014 she received dapsone, and in June 2015 colchicine 1 mg daily.",
]


@pytest.mark.parametrize("story", STORIES)
def test_every_quote_is_the_slice_of_the_text_and_every_case_is_a_patient(read, story):
    result = read(story, abstract="We report a woman. " + story, discussion="In our patient, dapsone helped.").result
    rows = [*result.regimens, *result.responses, *result.toxicities, *result.measurements]
    assert rows
    numbers = {case.number for case in result.cases}
    for row in rows:
        assert result.text[row.start : row.end] == row.quote
        assert (row.case in numbers) if row.attribution == "patient" else row.case is None


@pytest.mark.parametrize("story", STORIES)
def test_no_row_is_told_twice(read, story):
    rows = read(story).result.regimens
    told = [(r.case, r.therapy, r.dose_low, r.route, r.per_week, r.start_date, r.end_date) for r in rows]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("story", STORIES)
def test_answers_and_events_point_at_regimens_of_the_same_patient(read, story):
    result = read(story).result
    groups = {(row.case, row.group) for row in result.regimens}
    pointing = [row for row in (*result.responses, *result.toxicities) if row.group is not None]
    assert all((row.case, row.group) in groups for row in pointing)


def test_operations_are_known_by_their_ending(read):
    rows = read("Acromioplasty and bursectomy were performed.").result.regimens
    assert {(r.therapy, r.therapy_type) for r in rows} == {("acromioplasty", "surgery"), ("bursectomy", "surgery")}


@pytest.mark.parametrize(
    "text",
    [
        "Breath tests with lactose, fructose and sorbitol were performed.",
        "Imaging was performed with a 128 × 128 matrix.",
    ],
)
def test_what_is_tested_or_named_alike_is_no_therapy(read, text):
    assert not read(text).result.regimens


@pytest.mark.parametrize(
    ("text", "therapies"),
    [
        ("The maximum recommended dose of loperamide is 16 mg/die.", {"loperamide"}),
        ("Eculizumab should be considered in severe cases.", {"eculizumab"}),
        ("Methotrexate should be avoided in renal failure.", set()),
    ],
)
def test_what_is_advised_is_a_recommendation(read, text, therapies):
    rows = read(discussion=text).result.regimens
    assert {r.therapy for r in rows if r.attribution == "recommendation"} == therapies


def test_what_all_of_the_authors_patients_receive_is_not_this_patients(read):
    text = "Our oncological patients, who are undergoing surgery, receive subcutaneous heparin at a dosage of 0.3 mL."
    assert not [r for r in read(discussion=text).result.regimens if r.therapy == "heparin" and r.case == 1]


def test_what_a_germ_resists_was_not_given(read):
    found = read("The culture grew Escherichia coli resistant to ofloxacin. He received meropenem.").result.regimens
    assert [r.therapy for r in found] == ["meropenem"]


@pytest.mark.parametrize(
    ("text", "therapies"),
    [
        ("She underwent a total thyroidectomy. After the thyroidectomy she was well.", ["total thyroidectomy"]),
        ("She underwent thyroidectomy. Thus total thyroidectomy was performed.", ["total thyroidectomy"]),
        ("A total thyroidectomy and a parathyroidectomy were done.", ["parathyroidectomy", "total thyroidectomy"]),
    ],
)
def test_an_operation_and_its_short_name_are_one_row(read, text, therapies):
    assert sorted(row.therapy for row in read(text).result.regimens) == therapies


@pytest.mark.parametrize(
    ("text", "therapy"),
    [
        ("He underwent ILM peeling.", "internal limiting membrane peeling"),
        ("She underwent ileostomy closure at 6 months.", "stoma closure"),
        ("Two drug-eluting stents were implanted.", "drug-eluting stent implantation"),
        ("He underwent lengthening of the Achilles tendon.", "achilles tendon lengthening"),
        ("Silymarin was prescribed.", "silymarin"),
        ("A rectal plication was performed.", "rectal plication"),
    ],
)
def test_operations_are_known_by_what_they_do(read, text, therapy):
    assert [row.therapy for row in read(text).result.regimens] == [therapy]
