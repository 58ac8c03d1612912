import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.values import SexValue, Unresolved
from pipeline.normalizers.sex import normalize


@pytest.mark.parametrize(
    ("text", "sex"), [("woman", "female"), ("Girls", "female"), ("F", "female"), ("he", "male"), ("gentleman", "male")]
)
def test_sex(text: str, sex: str) -> None:
    mention = Mention(start=0, end=len(text), label="SEX", text=text, rule="test")
    assert normalize(mention) == SexValue(sex=sex)


def test_other_words_are_refused() -> None:
    mention = Mention(start=0, end=7, label="SEX", text="patient", rule="test")
    assert isinstance(normalize(mention), Unresolved)
