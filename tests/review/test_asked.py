"""Numbers that a browser asks with."""

import pytest

pytest.importorskip("starlette")

from pipeline.review.asked import whole


@pytest.mark.parametrize(("told", "number"), [("12", 12), ("", 7), ("-1", 7), ("1.5", 7), ("٣", 7), ("9" * 16, 7)])
def test_only_a_plain_number_is_one(told: str, number: int) -> None:
    assert whole(told, 7) == number
