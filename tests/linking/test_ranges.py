"""Reference ranges beside a value, and how the value lies to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.linking._measurements.ranges import (
    Range,
    plain_range,
    range_after,
    range_in,
    unit_beside_range,
    without_ranges,
)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        (" mEq/L (95–105 mEq/L) was found", 95, 105),
        (" g/dL (normal range 12–16 g/dL)", 12, 16),
        (" g/dL (normal range: 12 to 16)", 12, 16),
        (" U/L [reference, 135-225 U/L]", 135, 225),
        (" ng/mL (0.89-1.76)", 0.89, 1.76),
        (" /µL (4,000–10,000/µL)", 4000, 10000),
        (", normal range 4.0-10.0", 4, 10),
        (" g/dL (normal for women 12–16 g/dL)", 12, 16),
    ],
)
def test_the_range_printed_behind_a_value(words: str, low: float, high: float) -> None:
    assert range_after(words) == Range(low=low, high=high)


@pytest.mark.parametrize(
    ("words", "below", "above"),
    [(" mg/L (<5 mg/L)", 4, 6), (" mL/min (>90 mL/min)", 80, 100), (" ng/mL (normal male < 20 ng/mL)", 15, 25)],
)
def test_a_range_can_have_one_end(words: str, below: float, above: float) -> None:
    stated = range_after(words)
    assert stated is not None
    assert {stated.judge(below), stated.judge(above)} < {"low", "normal", "high"}
    assert stated.judge(below) != stated.judge(above)


@pytest.mark.parametrize(
    "words",
    [
        " g/dL and rose to 12 g/dL",
        " g/dL (on day 4)",
        " g/dL, and the other values, which were taken later, were unremarkable (12–16)",
        " g/dL (16–12 g/dL)",
        "",
    ],
)
def test_no_range_is_read_where_none_is_printed(words: str) -> None:
    assert range_after(words) is None


@pytest.mark.parametrize(
    ("head", "low", "high"),
    [
        ("Haemoglobin (12–16 g/dL)", 12, 16),
        ("Free T4 (0.89–1.76 ng/dL)", 0.89, 1.76),
        ("LDH, normal 135-225", 135, 225),
    ],
)
def test_the_range_in_a_tables_head(head: str, low: float, high: float) -> None:
    assert range_in(head) == Range(low=low, high=high)


@pytest.mark.parametrize("head", ["Haemoglobin (g/dL)", "Platelets, ×10⁹/L", "CD4/CD8"])
def test_a_unit_is_no_range(head: str) -> None:
    assert range_in(head) is None


def test_a_cell_of_reference_values() -> None:
    assert plain_range("150–400") == Range(low=150, high=400)
    assert plain_range("12-16 g/dL") == Range(low=12, high=16)
    assert plain_range("negative") is None


def test_what_is_left_of_a_head_without_its_range_is_its_unit() -> None:
    left = without_ranges("Free T4 (0.89–1.76 ng/dL)")
    assert "ng/dL" in left
    assert "1.76" not in left


_NUMBERS = st.integers(min_value=0, max_value=10_000)


@given(low=_NUMBERS, width=st.integers(min_value=1, max_value=1000), value=_NUMBERS)
def test_a_value_is_judged_by_both_ends(low: int, width: int, value: int) -> None:
    stated = range_after(f" ({low}–{low + width})")
    assert stated is not None
    assert stated.judge(value) == ("low" if value < low else "high" if value > low + width else "normal")


def test_the_ends_of_a_range_are_normal() -> None:
    assert Range(low=4, high=10).judge(4) == Range(low=4, high=10).judge(10) == "normal"


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        (" (normal 13–35 U/L)", "U/L"),
        (" (0–40) U/L, and", "U/L"),
        (" (normal: 3.9–6.1 mmol/L)", "mmol/L"),
        (" (normal < 20)", ""),
        (" on day 3, when the other one was 12 (3–5 g/L)", ""),
    ],
)
def test_a_bare_value_has_the_unit_of_its_range(words: str, unit: str) -> None:
    assert unit_beside_range(words) == unit
