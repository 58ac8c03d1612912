import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.values import Count, Unresolved, Value
from pipeline.normalizers.cycles import normalize


def _of(text: str) -> Value:
    return normalize(Mention(start=0, end=len(text), label="CYCLES", text=text, rule="test"))


@pytest.mark.parametrize(
    ("text", "low", "high", "of"),
    [
        ("six cycles", 6, 6, "cycles"),
        ("4 courses", 4, 4, "cycles"),
        ("2–4 cycles", 2, 4, "cycles"),
        ("a cycle", 1, 1, "cycles"),
        ("4 weekly doses", 4, 4, "doses"),
        ("a single dose", 1, 1, "doses"),
        ("three infusions", 3, 3, "doses"),
        ("25 fractions", 25, 25, "sessions"),
        ("× 4 doses", 4, 4, "doses"),
        ("x4", 4, 4, "cycles"),
    ],
)
def test_counts(text: str, low: float, high: float, of: str) -> None:
    assert _of(text) == Count(low=low, high=high, of=of)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["several cycles", "cycles"])
def test_no_number_is_refused(text: str) -> None:
    assert isinstance(_of(text), Unresolved)
