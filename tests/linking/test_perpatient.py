"""Values of a sentence about several patients, and of their relatives."""

import pytest

from tests.linking.report import OF_TWO
from tests.linking.test_measurements import measured


@pytest.mark.parametrize(
    "text",
    [
        "The haemoglobin was 9.1 g/dL and 11 g/dL in patients 1 and 2, respectively.",
        "Their haemoglobin levels were 9.1 g/dL and 11 g/dL, respectively.",
        "The haemoglobin was 9.1 g/dL in patient 1 and 11 g/dL in patient 2.",
    ],
)
def test_values_given_to_one_patient_each(read, text):
    parts = {"title": OF_TWO["title"], "opening": OF_TWO["opening"]}
    told = {case: measured(read, f"Both patients were ill. {text}", "value_low", case=case, **parts) for case in (1, 2)}
    assert told == {1: [("hemoglobin", 9.1)], 2: [("hemoglobin", 11)]}


def test_the_values_of_two_tests_are_not_two_patients(read):
    text = "In both patients the haemoglobin and the CRP were 9.1 g/dL and 11 mg/L, respectively."
    parts = {"title": OF_TWO["title"], "opening": OF_TWO["opening"]}
    assert measured(read, text, "value_low", case=2, **parts) == [("c-reactive protein", 11), ("hemoglobin", 9.1)]


def test_a_relatives_values_are_not_the_patients(read):
    assert measured(read, "Her mother's haemoglobin was 8.1 g/dL.", "value_low") == []
