import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.values import GradeValue, Unresolved
from pipeline.normalizers.grade import normalize


@pytest.mark.parametrize(
    ("text", "low", "high", "scale"),
    [
        ("grade IV", 4, 4, ""),
        ("Grade 3/4", 3, 4, ""),
        ("grades 1 and 2", 1, 2, ""),
        ("CTCAE v4.0 grade 2", 2, 2, "CTCAE"),
        ("grade ≥3", 3, 5, ""),
    ],
)
def test_grades(text: str, low: int, high: int, scale: str) -> None:
    mention = Mention(start=0, end=len(text), label="GRADE", text=text, rule="test")
    assert normalize(mention) == GradeValue(low=low, high=high, scale=scale)


def test_no_figure_is_refused() -> None:
    mention = Mention(start=0, end=9, label="GRADE", text="low grade", rule="test")
    assert isinstance(normalize(mention), Unresolved)
