"""Tests that share the words behind them."""

import pytest

from tests.linking.test_measurements import measured


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Total and direct bilirubin were 5.2 and 3.1 mg/dL, respectively.",
            [("direct bilirubin", 3.1), ("total bilirubin", 5.2)],
        ),
        ("Creatinine and blood glucose were 1.2 mg/dL and 90 mg/dL.", [("creatinine", 1.2), ("glucose", 90)]),
    ],
)
def test_a_word_before_and_shares_the_head_behind(read, text, told):
    assert sorted(measured(read, text, "value_low")) == told
