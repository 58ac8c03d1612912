"""What every normalizer promises: a value or a reason, for any words, and the same one each time."""

from types import ModuleType

import pytest

from pipeline import normalizers, registry
from pipeline.datamodel import Mention
from pipeline.datamodel.values import Unresolved
from pipeline.datamodel.vocabulary import MentionLabel, words
from pipeline.lexicon import load_lexicons

MEMBERS = registry.members(normalizers)
LABELS = [label for member in MEMBERS for label in member.LABELS]
ODD = ["1", "—", "10 mg", "every other day", "𝟙𝟘 mg", "3–", "1,2,3", "⁹", "grade", "0", "- 5", "a" * 200, "10 10 10"]


def mention(label: str, text: str) -> Mention:
    return Mention(start=0, end=len(text), label=label, text=text, rule="test")  # type: ignore[arg-type]


@pytest.mark.parametrize("member", MEMBERS, ids=lambda m: m.__name__.rsplit(".", 1)[-1])
def test_member_answers_for_labels_of_the_contract(member: ModuleType) -> None:
    assert member.LABELS
    assert set(member.LABELS) <= set(words(MentionLabel))


def test_no_two_members_answer_for_one_label() -> None:
    assert len(LABELS) == len(set(LABELS))


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("text", ODD)
def test_any_words_give_a_value_or_a_reason(label: str, text: str) -> None:
    lexicons = load_lexicons()
    first = normalizers.normalize(mention(label, text), lexicons).value
    assert first is not None
    if isinstance(first, Unresolved):
        assert first.reason
    assert normalizers.normalize(mention(label, text), lexicons).value == first
