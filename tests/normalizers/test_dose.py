import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Quantity, Unresolved, Value
from pipeline.normalizers.dose import normalize


def _of(text: str, rule: str = "pattern:DOSE.amount", entry: str = "") -> Value:
    return normalize(Mention(start=0, end=len(text), label="DOSE", text=text, rule=rule, entry=entry))


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("40 mg", 40, 40, "mg"),
        ("30mg", 30, 30, "mg"),
        ("375 mg/m2", 375, 375, "mg/m2"),
        ("375 mg/m²", 375, 375, "mg/m2"),
        ("1.5 mg per square meter", 1.5, 1.5, "mg/m2"),
        ("0·5 mg/kg", 0.5, 0.5, "mg/kg"),
        ("0,5 mg/kg", 0.5, 0.5, "mg/kg"),
        ("1,500 mg", 1500, 1500, "mg"),
        ("1\u2009500\u2009mg", 1500, 1500, "mg"),
        ("2 mg/kg/day", 2, 2, "mg/kg/d"),
        ("0.1 mg·kg⁻¹·d⁻¹", 0.1, 0.1, "mg/kg/d"),
        ("600 mg/day", 600, 600, "mg/d"),
        ("35 mg a day", 35, 35, "mg/d"),
        ("15 mg/week", 15, 15, "mg/wk"),
        ("12.5-15 mg", 12.5, 15, "mg"),
        ("from 60 to 150 mg", 60, 150, "mg"),
        ("between 5 and 10 mg", 5, 10, "mg"),
        ("50 mg–100 mg", 50, 100, "mg"),
        ("3–9 MU", 3, 9, "10*6.[iU]"),
        ("three million units", 3, 3, "10*6.[iU]"),
        ("5,000 IU", 5000, 5000, "[iU]"),
        ("AUC 5", 5, 5, "mg.min/mL"),
        ("AUC2", 2, 2, "mg.min/mL"),
        ("area under the curve of 5", 5, 5, "mg.min/mL"),
        ("30 Gy", 30, 30, "Gy"),
        ("30 mCi", 30, 30, "mCi"),
        ("two tablets", 2, 2, "{tablet}"),
        ("0.1%", 0.1, 0.1, "%"),
    ],
)
def test_amounts(text: str, low: float, high: float, unit: str) -> None:
    assert _of(text) == Quantity(low=low, high=high, unit=unit)


def test_a_bound_keeps_its_comparator() -> None:
    assert _of("up to 40 mg") == Quantity(low=40, high=40, unit="mg", comparator="<=")


def test_a_listed_dose_has_the_unit_of_its_list() -> None:
    assert _of("250", entry="250 mg") == Quantity(low=250, high=250, unit="mg")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("high-dose", "in_words"),
        ("overdose", "overdose"),
        ("10 mg", "step"),
        ("200/50 mg", "combination"),
        ("40", "amount"),
        ("1,2345 mg", "amount"),
        ("10 foo", "amount"),
        ("20 to 10 mg", "amount"),
    ],
)
def test_what_is_no_clear_dose_is_refused(text: str, rule: str) -> None:
    assert isinstance(_of(text, f"pattern:DOSE.{rule}"), Unresolved)
