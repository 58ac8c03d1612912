"""Units that a test makes plain."""

import pytest

from pipeline.datamodel.values import AnalyteName, Quantity
from pipeline.linking._measurements.plainunits import as_measured, counted_in


def _test(name: str, count: bool) -> AnalyteName:
    return AnalyteName(name=name, code="", si_unit="10*9/L" if count else "mmol/L", is_cell_count=count)


@pytest.mark.parametrize(
    ("name", "count", "unit", "printed", "meant"),
    [
        ("leukocytes", True, "mm3", "5060 mm 3", "/mm3"),
        ("urea", False, "10*9/L", "0.42 G/L", "g/L"),
        ("leukocytes", True, "10*9/L", "4.2 G/L", "10*9/L"),
        ("glucose", False, "mmol/L", "5 mmol/L", "mmol/L"),
    ],
)
def test_a_unit_is_the_one_in_which_the_test_is_measured(name, count, unit, printed, meant):
    assert as_measured(Quantity(low=5, high=5, unit=unit), _test(name, count), printed).unit == meant


@pytest.mark.parametrize(
    ("name", "value", "unit"),
    [
        ("leukocytes", 7400, "/uL"),
        ("leukocytes", 20.03, "10*9/L"),
        ("leukocytes", 20, ""),
        ("platelets", 354, "10*9/L"),
        ("platelets", 56000, "/uL"),
        ("platelets", 2500, ""),
        ("neutrophils", 500, ""),
    ],
)
def test_a_bare_count_is_converted_where_only_one_unit_can_be_meant(name, value, unit):
    assert counted_in(Quantity(low=value, high=value, unit=""), _test(name, True)) == unit
