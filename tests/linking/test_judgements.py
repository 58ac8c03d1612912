"""Which words judge a value, what is out of all question, and units that papers write oddly."""

import pytest


def _measured(read, text, *slots):
    rows = [m for m in read(text).result.measurements if m.case == 1]
    return {m.analyte: tuple(getattr(m, slot) for slot in slots) for m in rows}


@pytest.mark.parametrize(
    ("text", "abnormal"),
    [
        ("ALT (167 IU/L), normal serum electrolytes, positive CRP (15 mg/L) were found.", None),
        ("Coagulation was normal, CRP (15 mg/L) was measured.", None),
        ("Positive CRP (36 mg/L), low creatinine and fever were found.", None),
        ("CRP was 36 mg/L, elevated for months.", "high"),
        ("CRP was 3 mg/L, normal.", "normal"),
        ("Normal tests included a CRP of 3 mg/L.", "normal"),
    ],
)
def test_the_adjective_of_another_finding_judges_no_value(read, text, abnormal):
    assert _measured(read, text, "abnormal")["c-reactive protein"] == (abnormal,)


@pytest.mark.parametrize("words", ["mm at the first hour", "mm/first hour", "mm first hour", "mm in one hour"])
def test_the_first_hour_belongs_to_the_sedimentation_rate(read, words):
    told = _measured(read, f"CRP was 15 mg/L and ESR was 45 {words}.", "unit", "time_days", "time_text")
    assert told == {"c-reactive protein": ("mg/L", None, ""), "erythrocyte sedimentation rate": ("mm/h", None, "")}


@pytest.mark.parametrize("unit", ["uIU/mL", "uUI/ml", "uIU/ml", "µIU/mL"])
def test_micro_units_are_units(read, unit):
    assert _measured(read, f"TSH was 5.6 {unit}.", "unit", "si_value_high") == {
        "thyroid-stimulating hormone": ("u[iU]/mL", 5.6)
    }


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Hemoglobin was 14 g/L.", ("implausible_value",)),
        ("Hemoglobin was 14 g/dL.", ()),
        ("Creatinine was 75 mg/dL.", ("implausible_value",)),
        ("Creatinine was 7.5 mg/dL.", ()),
    ],
)
def test_the_usual_number_of_another_unit_is_flagged(read, text, flags):
    ((told,),) = _measured(read, text, "flags").values()
    assert told == flags
