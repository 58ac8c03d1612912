"""The unit table against UCUM, and conversions there and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.units import conflict, convert, measure, ucum, unit_of_label, unit_table


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("mg", "mg"),
        ("mg/m2", "mg/m2"),
        ("mg per square meter", "mg/m2"),
        ("mg·kg⁻¹·d⁻¹", "mg/kg/d"),
        ("mg/kg/day", "mg/kg/d"),
        ("mg a day", "mg/d"),
        ("mg/24 h", "mg/d"),
        ("mg/week", "mg/wk"),
        ("MU", "10*6.[iU]"),
        ("million units", "10*6.[iU]"),
        ("× 10⁹/L", "10*9/L"),
        ("x 10(9)/L", "10*9/L"),
        ("×10^9 /L", "10*9/L"),
        ("10*3/uL", "10*3/uL"),
        ("×10³/µl", "10*3/uL"),
        ("x 10 9/L", "10*9/L"),
        ("× 10⁹ per L", "10*9/L"),
        ("/mm3", "/mm3"),
        ("/mm ³", "/mm3"),
        ("K/µL", "10*3/uL"),
        ("thou/uL", "10*3/uL"),
        ("M/mm3", "10*6/mm3"),
        ("per microliter", "/uL"),
        ("IU/l", "[iU]/L"),
        ("µIU/ml", "u[iU]/mL"),
        ("mm Hg", "mm[Hg]"),
        ("copies/mL", "{copies}/mL"),
        ("°C", "Cel"),
        ("\u2009mg", "mg"),
        ("", ""),
    ],
)
def test_written_forms(written: str, code: str) -> None:
    assert ucum(written) == code


@pytest.mark.parametrize("written", ["weeks ago", "mg/foo", "patients", "mg to 5"])
def test_what_is_no_unit_is_refused(written: str) -> None:
    assert ucum(written) is None


@pytest.mark.parametrize(
    ("value", "unit", "to", "analyte", "expected"),
    [
        (12000, "/uL", "10*9/L", "", 12),
        (18, "10*3/uL", "10*9/L", "platelets", 18),
        (4.2, "10*6/uL", "10*12/L", "erythrocytes", 4.2),
        (250, "/mm3", "10*9/L", "cd4", 0.25),
        (9.6, "g/dL", "g/L", "hemoglobin", 96),
        (1, "mg/dL", "umol/L", "creatinine", 88.4016973126),
        (140, "meq/L", "mmol/L", "sodium", 140),
        (2.5, "meq/L", "mmol/L", "calcium", 1.25),
        (98.6, "[degF]", "Cel", "body temperature", 37),
        (40, "[iU]/L", "U/L", "alanine aminotransferase", 40),
        (100, "cGy", "Gy", "", 1),
    ],
)
def test_conversions(value: float, unit: str, to: str, analyte: str, expected: float) -> None:
    assert convert(value, unit, to, analyte) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("unit", "to", "analyte"),
    [("mg/dL", "umol/L", ""), ("mg/dL", "umol/L", "ferritin"), ("mg", "mL", ""), ("foo", "mg", ""), ("U", "g", "iron")],
)
def test_what_cannot_be_converted_is_none(unit: str, to: str, analyte: str) -> None:
    assert convert(1.0, unit, to, analyte) is None


def test_a_logarithm_is_not_a_count() -> None:
    assert measure("{log_copies}/mL") is None


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Creatinine, mg/dl", "mg/dL"),
        ("White blood cells (×10⁹ per L)", "10*9/L"),
        ("White blood cell count, per mm3", "/mm3"),
        ("Platelets × 10⁹/L", "10*9/L"),
        ("Neutrophils (x10(9)/L)", "10*9/L"),
        ("TSH (µIU/mL, 0.4-4.0)", "u[iU]/mL"),
        ("Temperature (°C)*", "Cel"),
        ("Total protein", ""),
        ("Case (1)", ""),
    ],
)
def test_unit_of_a_label(label: str, code: str) -> None:
    assert unit_of_label(label) == code


@pytest.fixture(scope="module")
def registry() -> object:
    return pytest.importorskip("ucumvert").PintUcumRegistry()


def test_every_code_is_ucum_and_every_factor_is_pints(registry: object) -> None:
    base = {"g": "g", "m": "m", "s": "s", "mol": "mol", "iU": "[iU]", "U": "U", "Bq": "Bq", "Gy": "Gy", "Pa": "Pa"}
    for code, known in unit_table().measures.items():
        quantity = registry.from_ucum(code)  # type: ignore[attr-defined]
        if known.offset or len(known.base) != 1 or known.base[0][0] not in base:
            continue
        name, power = known.base[0]
        target = registry.from_ucum(f"{base[name]}{power if power > 1 else ''}")  # type: ignore[attr-defined]
        assert (1 * quantity).to(target.units if hasattr(target, "units") else target).magnitude == pytest.approx(
            known.factor
        ), code


CODES = sorted(unit_table().measures)


@given(st.floats(1e-6, 1e6), st.sampled_from(CODES), st.sampled_from(CODES))
def test_there_and_back(value: float, unit: str, to: str) -> None:
    there = convert(value, unit, to)
    if there is not None:
        back = convert(there, to, unit)
        assert back == pytest.approx(value, rel=1e-6, abs=1e-6 * max(1.0, abs(value)))


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    code = ucum(text)
    assert code is None or isinstance(code, str)
    assert isinstance(unit_of_label(text), str)


@pytest.mark.parametrize(
    ("unit", "usual", "differ"),
    [
        ("g/dL", "10*9/L", True),
        ("kg", "cm", True),
        ("/uL", "10*9/L", False),
        ("/[HPF]", "10*9/L", False),
        ("%", "10*9/L", False),
        ("mmol/L", "mg/L", False),
        ("", "cm", False),
    ],
)
def test_units_that_a_test_cannot_have(unit: str, usual: str, differ: bool) -> None:
    assert conflict(unit, usual) is differ
