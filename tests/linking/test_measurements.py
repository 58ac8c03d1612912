"""An analyte with the value that belongs to it, in running text."""

import pytest

from tests.linking.report import OF_TWO


def measured(read, text, *slots, case=1, **parts):
    """The patient's measurements, sorted, each with the slots asked for."""
    rows = [m for m in read(text, **parts).result.measurements if m.case == case]
    return sorted(((m.analyte, *(getattr(m, slot) for slot in slots)) for m in rows), key=str)


def test_a_value_with_its_unit(read):
    told = measured(read, "She had a haemoglobin of 9.1 g/dL.", "value_low", "value_high", "unit")
    assert told == [("hemoglobin", 9.1, 9.1, "g/dL")]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("She had a haemoglobin of 9.1 g/dL.", 91, "g/L"),
        ("She had a platelet count of 12,000/µL.", 12, "10*9/L"),
        ("She had a platelet count of 18 × 10⁹/L.", 18, "10*9/L"),
        ("She had a creatinine of 1.9 mg/dL.", 168, "umol/L"),
        ("She had a glucose of 126 mg/dL.", 7.0, "mmol/L"),
    ],
)
def test_values_are_converted_to_one_unit_an_analyte(read, text, value, unit):
    ((_, low, high, si_unit),) = measured(read, text, "si_value_low", "si_value_high", "si_unit")
    assert low == high == pytest.approx(value, rel=0.005)
    assert si_unit == unit


def test_a_value_without_a_unit_is_not_converted(read):
    ((_, value, converted, unit),) = measured(
        read, "She had neutrophils of 9.6.", "value_low", "si_value_low", "si_unit"
    )
    assert (value, converted, unit) == (9.6, None, "")


def test_several_analytes_keep_their_own_values(read):
    text = "Laboratory tests showed a sodium of 128 mmol/L, a potassium of 4.1 mmol/L and a CRP of 61 mg/L."
    assert measured(read, text, "value_low") == [("c-reactive protein", 61), ("potassium", 4.1), ("sodium", 128)]


def test_a_bound_is_kept_as_a_bound(read):
    text = "Laboratory tests showed a neutrophil count of <0.1 × 10⁹/L."
    assert measured(read, text, "comparator", "value_low") == [("neutrophils", "<", 0.1)]
    text = "Her platelets exceeded 50 × 10⁹/L in week 4."
    assert measured(read, text, "comparator", "value_low") == [("platelets", ">", 50)]


@pytest.mark.parametrize(
    ("text", "abnormal"),
    [
        ("She had a chloride of 106 mEq/L (95–105 mEq/L).", "high"),
        ("She had a chloride of 94 mEq/L (95–105 mEq/L).", "low"),
        ("She had a chloride of 100 mEq/L (95–105 mEq/L).", "normal"),
        ("She had a haemoglobin of 9.1 g/dL (normal range 12–16 g/dL).", "low"),
        ("She had a creatinine of 1.9 mg/dL (<1.1 mg/dL).", "high"),
        ("She had an elevated CRP of 61 mg/L.", "high"),
        ("She had a low sodium of 128 mmol/L.", "low"),
        ("She had a normal sodium of 140 mmol/L.", "normal"),
        ("She had a sodium of 140 mmol/L.", None),
        ("She had a sodium of 128 mmol/L, which was low.", "low"),
        ("She had a sodium of 140 mmol/L with a lower chloride.", None),
        ("By week 6 her platelets had increased to 49 × 10⁹/L.", None),
        ("The ferritin decreased gradually from its peak to 310 µg/L.", None),
    ],
)
def test_how_a_value_lies_to_its_range(read, text, abnormal):
    ((_, told),) = measured(read, text, "abnormal")
    assert told == abnormal


def test_a_reference_range_is_no_measurement(read):
    text = "She had a haemoglobin of 9.1 g/dL (normal range 12–16 g/dL)."
    assert measured(read, text, "value_low") == [("hemoglobin", 9.1)]


@pytest.mark.parametrize(
    "text",
    [
        "Response was defined as a platelet count of 100 × 10⁹/L.",
        "Aspirin was given until the platelet count fell to <50 × 10⁹/L.",
        "Her mother had a platelet count of 20 × 10⁹/L.",
    ],
)
def test_definitions_limits_and_relatives_are_not_measured_in_the_patient(read, text):
    assert measured(read, text) == []


def test_the_literatures_values_are_no_rows(read):
    discussion = "Adams et al. described a man with a platelet count of 20 × 10⁹/L."
    assert measured(read, "She slept.", discussion=discussion) == []


def test_one_value_told_twice_is_one_row(read):
    told = measured(
        read,
        "On admission, she had a platelet count of 18 × 10⁹/L.",
        "value_low",
        "mentions",
        discussion="In our patient, a platelet count of 18 × 10⁹/L was found.",
    )
    assert told == [("platelets", 18, 2)]


def test_two_values_at_two_times_are_two_rows(read):
    text = (
        "On admission, she had a platelet count of 18 × 10⁹/L. Dapsone was started. "
        "After 4 weeks she had a platelet count of 120 × 10⁹/L."
    )
    assert measured(read, text, "value_low", "phase", "time_days") == [
        ("platelets", 120, "on_treatment", 28),
        ("platelets", 18, "baseline", None),
    ]


def test_each_patient_has_her_own_values(read):
    opening = OF_TWO["opening"] + " Patient 1 had a haemoglobin of 9.1 g/dL. Patient 2 had a haemoglobin of 11 g/dL."
    parts = {"title": OF_TWO["title"], "opening": opening}
    assert measured(read, "", "value_low", case=1, **parts) == [("hemoglobin", 9.1)]
    assert measured(read, "", "value_low", case=2, **parts) == [("hemoglobin", 11)]


def test_a_neighbours_word_judges_no_value(read):
    text = "Laboratory tests showed a low sodium of 128 mmol/L and a normal potassium of 4.1 mmol/L."
    assert measured(read, text, "abnormal") == [("potassium", "normal"), ("sodium", "low")]


def test_a_name_that_says_low_or_high_judges_its_own_value(read):
    text = "She had thrombocytopenia (12 × 10⁹/L), anemia (7.9 g/dL) and leukocytosis (18.2 × 10⁹/L)."
    assert measured(read, text, "abnormal") == [("hemoglobin", "low"), ("leukocytes", "high"), ("platelets", "low")]


@pytest.mark.parametrize("verb", ["was noted to be", "returned to", "peaked at", "gradually increased to"])
def test_a_value_tied_by_its_verb(read, verb):
    assert measured(read, f"Her serum creatinine {verb} 1.2 mg/dL.", "value_low") == [("creatinine", 1.2)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A bedside test noted a 540 mg/dL glucose level.", [("glucose", 540)]),
        ("The proliferation index (Ki-67) was ~40%.", [("ki-67 index", 40)]),
        ("IGF-1 was below normal on one occasion (7.3 ng/mL, normal: 27–113 ng/mL).", [("igf-1", 7.3)]),
        (
            "She had a creatinine serum level of 2.7 mg/dL and a creatinine clearance on 24-h collection of 28 mL/min.",
            [("creatinine clearance", 28), ("creatinine", 2.7)],
        ),
        (
            "Her forced expiratory volume in 1 s (FEV1) was 2.1 L, accounting for 72.3% of the predicted value.",
            [("forced expiratory volume in 1 second", 2.1), ("forced expiratory volume in 1 second", 72.3)],
        ),
        ("Bile acids slowly increased to 29.4 µmol/L.", [("bile acids", 29.4)]),
        ("Her nonstimulated Tg level suddenly decreased to 140 ng/mL.", [("thyroglobulin", 140)]),
        ("The TG level was 3.1 mmol/L.", [("triglycerides", 3.1)]),
        ("Natremia was 123 mmol/L.", [("sodium", 123)]),
    ],
)
def test_the_unit_and_the_place_tell_the_test(read, text, told):
    assert measured(read, text, "value_low") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Her folic acid was 12 ng/mL.", [("folate", 12)]),
        ("Her tacrolimus trough level was 7.2 ng/mL.", [("tacrolimus level", 7.2)]),
        ("She took folic acid 5 mg daily.", []),
        ("She received methotrexate 25 mg/mL.", []),
    ],
)
def test_what_is_a_drug_too_is_measured_by_its_concentration_only(read, text, told):
    assert measured(read, text, "value_low") == told
    given = {row.therapy for row in read(text).result.regimens}
    assert not (told and given)


def test_an_abbreviation_of_a_test_is_no_drugs(read):
    text = "Her serum thyroglobulin (Tg) level was 118 ng/mL. She had a Tg of 11,488 ng/mL."
    assert measured(read, text, "value_low") == [("thyroglobulin", 11488), ("thyroglobulin", 118)]


def test_values_of_the_literature_are_a_cohorts(read):
    discussion = "A patient of Miller et al. [4] had a platelet count of 4 × 10⁹/L. The hazard ratio was HR = 0.85 [5]."
    rows = read("She had a platelet count of 90 × 10⁹/L.", discussion=discussion).result.measurements
    assert [(m.case, m.attribution, m.analyte, m.value_low) for m in rows if m.case is None] == [
        (None, "cohort", "platelets", 4)
    ]
    assert [m.value_low for m in rows if m.case == 1] == [90]


def test_a_test_in_a_compound_measures_nothing(read):
    assert measured(read, "Scans were done in a temperature-controlled (22–24 °C) room.", "value_low") == []


@pytest.mark.parametrize("words", ["labeling", "labelling index", "expression", "index"])
def test_words_of_staining_may_stand_before_the_share(read, words):
    told = read(f"The Ki-67 {words} was 40–45% of all cells.")
    assert [(m.value_low, m.value_high) for m in told.result.measurements] == [(40, 45)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Creatinine and urea were 2.3 mg/dL and 45 mg/dL.",
            [("creatinine", 2.3, "mg/dL"), ("urea", 45, "mg/dL")],
        ),
        ("Her weight and height were 50 kg and 160 cm.", [("body weight", 50, "kg"), ("height", 160, "cm")]),
        ("The ALT was 85 (0–40 U/L).", [("alanine aminotransferase", 85, "U/L")]),
        (
            "The left and right ankle brachial index was 0.72 and 0.85, respectively.",
            [("ankle-brachial index", 0.72, ""), ("ankle-brachial index", 0.85, "")],
        ),
        (
            "The haemoglobin was 7.2 g/dL at admission, 8.1 g/dL on day 3 and 9.2 g/dL on day 9.",
            [("hemoglobin", 7.2, "g/dL"), ("hemoglobin", 8.1, "g/dL"), ("hemoglobin", 9.2, "g/dL")],
        ),
        ("Platelets were found at 10.2 g/dL.", []),
        ("The TSH was 3.1 mlU/L.", [("thyroid-stimulating hormone", 3.1, "m[iU]/L")]),
    ],
)
def test_lists_and_series(read, text, told):
    assert measured(read, text, "value_low", "unit") == told


def test_a_change_says_nothing_of_the_range(read):
    assert measured(read, "The creatinine decreased from 3.4 mg/dL to 1.2 mg/dL.", "abnormal") == [
        ("creatinine", None),
        ("creatinine", None),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Her haemoglobin had dropped to 6. 5 g/dL.", [("hemoglobin", 6.5)]),
        ("The prothrombin time was 9. 8 seconds.", []),
    ],
)
def test_a_torn_decimal_is_read_only_with_a_laboratory_unit(read, text, told):
    assert measured(read, text, "value_low") == told


def test_of_two_pressures_none_is_taken_for_the_diastolic_one(read):
    assert measured(read, "Her diastolic blood pressure was 167/89 mmHg.", "value_low") == []
    text = "Her diastolic blood pressure was 95 mmHg."
    assert measured(read, text, "value_low") == [("diastolic blood pressure", 95)]


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("The haemoglobin fell from 9.1 g/dL to 7.2 g/dL.", ["baseline", "on_treatment"]),
        (
            "The haemoglobin rose to 9.1 g/dL from 7.2 g/dL before the administration.",
            ["on_treatment", "baseline"],
        ),
        ("The temperature was 38.2∘ C.", ["on_treatment"]),
    ],
)
def test_the_phase_of_each_value_of_a_change(read, text, phases):
    result = read(f"Alemtuzumab 30 mg was started. {text}", title="Alemtuzumab for mycosis fungoides").result
    rows = sorted((m for m in result.measurements if m.case), key=lambda m: m.end)
    assert [m.phase for m in rows] == phases


def test_a_degree_can_be_any_small_circle(read):
    assert measured(read, "The temperature was 38.2∘ C.", "unit") == [("body temperature", "Cel")]
