import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalizers._amounts import Amount, amount, comparator, number, plain


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("12", 12),
        ("1.5", 1.5),
        ("1,5", 1.5),
        ("0,500", 0.5),
        ("1,500", 1500),
        ("12,345,678", 12345678),
        ("1,234.5", 1234.5),
        ("44 000", 44000),
        (".5", 0.5),
        ("twenty-one", 21),
        ("seven", 7),
    ],
)
def test_numbers(figure: str, value: float) -> None:
    assert number(figure) == value


@pytest.mark.parametrize("figure", ["1,2345", "12,3456", "many", "two three", "", "1.2.3"])
def test_unclear_numbers_are_refused(figure: str) -> None:
    assert number(figure) is None


@pytest.mark.parametrize(
    ("text", "sign"), [("≤ 5", "<="), ("<= 5", "<="), ("< = 5", "<="), ("more than 5", ">"), ("at least 5", ">=")]
)
def test_comparators(text: str, sign: str) -> None:
    assert comparator(text) == (sign, "5")


def test_a_range_must_rise() -> None:
    assert amount("30-10 mg") is None
    assert amount("10-30 mg") == Amount(low=10, high=30, unit="mg")


@given(st.floats(0.001, 1e6).map(lambda value: round(value, 3)))
def test_what_is_printed_is_read(value: float) -> None:
    for printed in (f"{value:,.3f}", f"{value:.3f}", f"{value:.3f}".replace(".", "·")):
        read = amount(plain(f"{printed} mg"))
        assert read is not None
        assert read.low == pytest.approx(value)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    read = amount(plain(text))
    assert read is None or read.low <= read.high
