"""Values of laboratory tables."""

import pytest

from tests.linking.report import OF_TWO, Table

TITLE = "Alemtuzumab for mycosis fungoides: a case report"


@pytest.fixture(scope="module")
def tabled(read):
    """The measurements of a report with one table, each with the slots asked for, in text order."""

    def found(rows, *slots, caption="Laboratory findings", **parts):
        told = {"title": TITLE, "tables": (Table(rows=rows, caption=caption),), **parts}
        result = read("Alemtuzumab was started.", **told).result
        return [(m.analyte, *(getattr(m, slot) for slot in slots)) for m in result.measurements if m.case]

    return found


WITH_RANGES = [
    ["Test", "Result", "Normal range"],
    ["Haemoglobin (g/dL)", "9.1", "12–16"],
    ["Sodium (mmol/L)", "140", "135–145"],
    ["Ferritin (µg/L)", "1,250", "15–150"],
    ["CRP (mg/L)", "<5", "<10"],
    ["Blood culture", "negative", ""],
]


def test_units_stand_in_the_labels(tabled):
    assert tabled(WITH_RANGES, "value_low", "unit") == [
        ("hemoglobin", 9.1, "g/dL"),
        ("sodium", 140, "mmol/L"),
        ("ferritin", 1250, "ug/L"),
        ("c-reactive protein", 5, "mg/L"),
    ]


def test_values_of_a_table_are_converted(tabled):
    found = {name: (value, unit) for name, value, unit in tabled(WITH_RANGES, "si_value_low", "si_unit")}
    assert found["hemoglobin"] == (pytest.approx(91), "g/L")


def test_a_column_of_ranges_judges_the_values_and_is_none(tabled):
    assert tabled(WITH_RANGES, "abnormal") == [
        ("hemoglobin", "low"),
        ("sodium", "normal"),
        ("ferritin", "high"),
        ("c-reactive protein", "normal"),
    ]


def test_a_range_in_the_label_judges_the_values(tabled):
    rows = [["Test", "Day 3", "Day 14"], ["Haemoglobin (12–16 g/dL)", "9.1", "12.4"]]
    assert tabled(rows, "value_low", "unit", "abnormal") == [
        ("hemoglobin", 9.1, "g/dL", "low"),
        ("hemoglobin", 12.4, "g/dL", "normal"),
    ]


def test_marks_beside_a_value_judge_it(tabled):
    rows = [["Test", "Value"], ["Platelets (×10⁹/L)", "90↓"], ["Sodium (mmol/L)", "150 H"]]
    assert tabled(rows, "value_low", "abnormal") == [("platelets", 90, "low"), ("sodium", 150, "high")]


def test_a_range_of_values_is_kept_as_one(tabled):
    rows = [["Test", "Value"], ["Platelets (×10⁹/L)", "9–11"]]
    assert tabled(rows, "value_low", "value_high") == [("platelets", 9, 11)]


def test_columns_tell_when(tabled):
    rows = [["", "Before treatment", "Week 4", "After withdrawal"], ["Platelets (×10⁹/L)", "90", "60", "200"]]
    assert tabled(rows, "value_low", "phase", "time_days") == [
        ("platelets", 90, "baseline", None),
        ("platelets", 60, "on_treatment", 28),
        ("platelets", 200, "post_treatment", None),
    ]


def test_rows_tell_when(tabled):
    rows = [["", "Haemoglobin (g/dL)", "Platelets (×10⁹/L)"], ["Week 2", "9.1", "90"], ["Week 8", "12", "200"]]
    assert sorted(tabled(rows, "value_low", "time_days")) == [
        ("hemoglobin", 9.1, 14),
        ("hemoglobin", 12, 56),
        ("platelets", 90, 14),
        ("platelets", 200, 56),
    ]


def test_hospital_days_are_counted_from_the_first(tabled):
    rows = [["Hospital day", "1", "5", "12"], ["Platelets (×10⁹/L)", "90", "60", "200"]]
    assert tabled(rows, "value_low", "time_days") == [
        ("platelets", 90, 0),
        ("platelets", 60, 4),
        ("platelets", 200, 11),
    ]


def test_a_row_of_hospital_days_is_no_row_of_values(tabled):
    rows = [["Laboratory", "", ""], ["Hospital day", "1", "5"], ["Platelets (×10⁹/L)", "90", "60"]]
    assert [row[:2] for row in tabled(rows, "value_low")] == [("platelets", 90), ("platelets", 60)]


def test_a_column_a_patient(tabled):
    rows = [["Test", "Patient 1", "Patient 2", "Normal value"], ["Platelets (×10⁹/L)", "12", "90", "150–400"]]
    assert tabled(rows, "case", "value_low", "abnormal", **OF_TWO) == [
        ("platelets", 1, 12, "low"),
        ("platelets", 2, 90, "low"),
    ]


def test_a_row_a_patient(tabled):
    rows = [["Patient", "Haemoglobin (g/dL)"], ["1", "9.1"], ["2", "11"]]
    assert tabled(rows, "case", "value_low", **OF_TWO) == [("hemoglobin", 1, 9.1), ("hemoglobin", 2, 11)]


@pytest.mark.parametrize(
    ("caption", "rows"),
    [
        (
            "Published cases",
            [["Author", "Age", "Platelets (×10⁹/L)"], ["Adams et al.", "40", "9"], ["Berg et al.", "51", "11"]],
        ),
        ("Review of the literature", [["Case", "Platelets (×10⁹/L)"], ["1", "9"], ["2", "11"]]),
        ("Characteristics of the cohort", [["", "Mean (n=20)"], ["Platelets (×10⁹/L)", "90"]]),
    ],
)
def test_tables_of_other_patients_yield_none(tabled, caption, rows):
    assert tabled(rows, caption=caption) == []


def test_the_quote_holds_the_label_and_the_value(tabled):
    ((_, quote, section),) = tabled([["Test", "Value"], ["Platelets (×10⁹/L)", "90"]], "quote", "section")
    assert quote.startswith("Platelets")
    assert quote.endswith("90")
    assert section == "table"


def test_units_may_stand_in_the_cells(tabled):
    rows = [["Test", "Result"], ["Haemoglobin", "6.4 g/dL"], ["Platelets", "88 × 10⁹/L"], ["Culture", "4 of 6"]]
    assert tabled(rows, "value_low", "unit") == [("hemoglobin", 6.4, "g/dL"), ("platelets", 88, "10*9/L")]


def test_the_same_value_at_two_times_is_two_findings(tabled):
    rows = tabled([["Test", "Week 4", "Week 8", "Week 12"], ["Albumin (g/dL)", "4.3", "4.5", "4.3"]], "value_low")
    assert rows == [("albumin", 4.3), ("albumin", 4.5), ("albumin", 4.3)]


def test_vitamins_are_measured_where_a_unit_says_so(tabled):
    rows = [["Test", "Result"], ["Vitamin B12 (pg/mL)", "631"], ["Folic acid (ng/mL)", ">20.0"]]
    told = [("vitamin b12", None, 631), ("folate", ">", 20)]
    assert tabled(rows, "comparator", "value_low") == told


def test_published_cases_have_their_values_too(read):
    rows = [
        ["Author, year", "Age, sex", "ALT (U/L)", "Bilirubin"],
        ["Miller, 2007 [7]", "13, female", "674 (5–45)", "4 mg/dL"],
        ["Jones, 2008 [8]", "19, male", "584", "6.5 mg/dL"],
        ["Present case", "57, female", "232 (<40)", "6.3 mg/dL"],
    ]
    table = Table(rows=rows, caption="Cases in the literature")
    found = read("Alemtuzumab was started.", title=TITLE, tables=(table,)).result.measurements
    cited = [(m.analyte, m.value_low, m.unit, m.abnormal) for m in found if m.attribution == "cohort"]
    assert cited == [
        ("alanine aminotransferase", 674, "U/L", "high"),
        ("total bilirubin", 4, "mg/dL", None),
        ("alanine aminotransferase", 584, "U/L", None),
        ("total bilirubin", 6.5, "mg/dL", None),
    ]
