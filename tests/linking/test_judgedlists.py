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
    ],
)
def test_a_word_that_judges_a_list(read, text, told):
    assert measured(read, text, "abnormal") == told
