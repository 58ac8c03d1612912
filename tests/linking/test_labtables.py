"""Which test, unit and range a value in a laboratory table has."""

import pytest

from tests.linking.report import Table

TITLE = "Alemtuzumab for mycosis fungoides: a case report"


@pytest.fixture(scope="module")
def tabled(read):
    """The measurements of a report with one table, each with the slots asked for, in text order."""

    def found(rows, *slots):
        result = read("Alemtuzumab was started.", title=TITLE, tables=(Table(rows=rows),)).result
        return [(m.analyte, *(getattr(m, slot) for slot in slots)) for m in result.measurements if m.case]

    return found


def test_two_blocks_side_by_side_have_a_test_each(tabled):
    rows = [
        ["Haematology", "", "Biochemistry", ""],
        ["WBC", "12,300 /µL", "AST", "85 IU/L"],
        ["Haemoglobin", "9.8 g/dL", "CRP", "14.5 mg/dL"],
    ]
    assert tabled(rows, "value_low", "unit") == [
        ("leukocytes", 12300, "/uL"),
        ("aspartate aminotransferase", 85, "[iU]/L"),
        ("hemoglobin", 9.8, "g/dL"),
        ("c-reactive protein", 14.5, "mg/dL"),
    ]


def test_each_block_has_its_own_units_and_ranges(tabled):
    block = ["Test", "Result", "Unit", "Reference range"]
    rows = [[*block, *block], ["ALT", "85", "U/L", "0–40", "Haemoglobin", "98", "g/L", "120–160"]]
    assert tabled(rows, "value_low", "unit", "abnormal") == [
        ("alanine aminotransferase", 85, "U/L", "high"),
        ("hemoglobin", 98, "g/L", "low"),
    ]


@pytest.mark.parametrize("cell", ["250 (H)", "250 H", "250 µmol/L ↑", "250 ↑", "250H"])
def test_a_mark_behind_the_value_judges_it(tabled, cell):
    assert tabled([["Test", "Day 1"], ["Creatinine (µmol/L)", cell]], "value_low", "unit", "abnormal") == [
        ("creatinine", 250, "umol/L", "high")
    ]


def test_a_letter_of_the_unit_is_no_mark(tabled):
    assert tabled([["Test", "Day 1"], ["Haemoglobin", "9.8 g/dL"]], "unit", "abnormal") == [
        ("hemoglobin", "g/dL", None)
    ]


def test_a_count_cannot_have_a_unit_of_concentration(tabled):
    assert tabled([["Test", "Day 1"], ["Platelets", "6.2 g/dL"]], "value_low") == []
