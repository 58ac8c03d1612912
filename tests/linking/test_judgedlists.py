"""Words that judge a whole list of values."""

import pytest

from tests.linking.test_measurements import measured


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Elevated CRP (14 mg/L), ferritin (500 µg/L) and LDH (600 U/L) were noted.",
            [("c-reactive protein", "high"), ("ferritin", "high"), ("lactate dehydrogenase", "high")],
        ),
        (
            "CRP (14 mg/L) and ferritin (500 µg/L) were both markedly elevated.",
            [("c-reactive protein", "high"), ("ferritin", "high")],
        ),
        (
            "There were elevated CRP (14 mg/L) and liver enzyme levels (AST 44 U/L, ALT 58 U/L).",
            [
                ("alanine aminotransferase", "high"),
                ("aspartate aminotransferase", "high"),
                ("c-reactive protein", "high"),
            ],
        ),
        (
            "She had a low ferritin (5 µg/L), and a sodium of 140 mmol/L.",
            [("ferritin", "low"), ("sodium", None)],
        ),
        (
            "He had elevated inflammatory markers, including CRP (45 mg/L), and ESR (70 mm/h).",
            [("c-reactive protein", "high"), ("erythrocyte sedimentation rate", "high")],
        ),
        (
            "The inflammatory markers remained elevated (CRP 66 mg/L, ESR 90 mm/h).",
            [("c-reactive protein", "high"), ("erythrocyte sedimentation rate", "high")],
        ),
        ("He had renal failure with a creatinine of 4 mg/dL.", [("creatinine", "high")]),
        ("He had no renal failure (creatinine 0.8 mg/dL).", [("creatinine", None)]),
    ],
)
def test_a_word_that_judges_a_list(read, text, told):
    assert measured(read, text, "abnormal") == told
