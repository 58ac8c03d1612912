import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Quantity, Unresolved, Value
from pipeline.normalizers.measured import normalize


def _of(text: str, entry: str = "") -> Value:
    return normalize(Mention(start=0, end=len(text), label="VALUE", text=text, rule="test", entry=entry))


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "comparator"),
    [
        ("4 × 10^9/L", 4, 4, "10*9/L", None),
        ("132 × 10⁹/L", 132, 132, "10*9/L", None),
        ("3.2 x 109/L", 3.2, 3.2, "10*9/L", None),
        ("132 x 10 9/L", 132, 132, "10*9/L", None),
        ("12–30 × 10^9/L", 12, 30, "10*9/L", None),
        ("(4.2–5.4) × 10⁹/L", 4.2, 5.4, "10*9/L", None),
        ("between (1.5 and 2.4) × 10⁹/L", 1.5, 2.4, "10*9/L", None),
        ("281 × 10³ platelets per microliter", 281, 281, "10*3/uL", None),
        (">1500 ng/mL", 1500, 1500, "ng/mL", ">"),
        ("≥ 20 U/L", 20, 20, "U/L", ">="),
        ("less than 5 mg/dL", 5, 5, "mg/dL", "<"),
        ("12,000/µL", 12000, 12000, "/uL", None),
        ("36 790 per microliter", 36790, 36790, "/uL", None),
        ("50%–90%", 50, 90, "%", None),
        ("7.4 ± 3.5 g/dL", 7.4, 7.4, "g/dL", None),
        ("120/80 mmHg", 120, 120, "mm[Hg]", None),
        ("39.6°C", 39.6, 39.6, "Cel", None),
        ("1:160", 160, 160, "{titer}", None),
        ("32:1", 32, 32, "", None),
        ("100/50 mm of Hg", 100, 100, "mm[Hg]", None),
        ("≥1:1,280", 1280, 1280, "{titer}", ">="),
        ("1,156 per 200,000", 1156, 1156, "/200000", None),
        ("10. 5 g/dL", 10.5, 10.5, "g/dL", None),
        ("0, 4 g/l", 0.4, 0.4, "g/L", None),
        ("213.000/mm3", 213000, 213000, "/mm3", None),
        ("25.590 Giga/L", 25.59, 25.59, "10*9/L", None),
        ("866 mumol/L", 866, 866, "umol/L", None),
        ("105 mg.L-1", 105, 105, "mg/L", None),
        ("3600 E/mm 3", 3600, 3600, "/mm3", None),
        ("2.3", 2.3, 2.3, "", None),
        ("9,6", 9.6, 9.6, "", None),
        ("−5.1 mmol/l", -5.1, -5.1, "mmol/L", None),
    ],
)
def test_values(text: str, low: float, high: float, unit: str, comparator: str | None) -> None:
    assert _of(text) == Quantity(low=low, high=high, unit=unit, comparator=comparator)  # type: ignore[arg-type]


def test_a_listed_value_has_the_unit_of_its_list() -> None:
    assert _of("9", "9 %") == Quantity(low=9, high=9, unit="%")


@pytest.mark.parametrize("text", ["high", "20/70", "1,2345 U/L", "5 quux", "30 to 10 %", ">5–8 g/L"])
def test_what_is_not_clear_is_refused(text: str) -> None:
    assert isinstance(_of(text), Unresolved)
