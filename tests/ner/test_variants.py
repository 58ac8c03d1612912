import re

import pytest

from pipeline.ner.variants import RULES, variants
from pipeline.toml import read_toml

KEY = ("maccrobat", "DRUG")


def of(text: str, *given: str) -> set[str]:
    places = [(text.index(words), text.index(words) + len(words)) for words in given]
    return {text[start:end] for start, end in variants(text, places, *KEY)}


@pytest.mark.parametrize(
    ("text", "given", "also"),
    [
        ("Steroid therapy was begun.", "Steroid", {"Steroid therapy"}),
        (
            "Steroid replacement therapy was begun.",
            "Steroid",
            {"Steroid replacement", "Steroid replacement therapy", "replacement therapy"},
        ),
        ("Steroid therapy was begun.", "Steroid therapy", {"Steroid"}),
        ("She took oral zinc.", "zinc", {"oral zinc"}),
        ("She took oral zinc.", "oral zinc", {"zinc"}),
        ("Zinc was given.", "Zinc", set()),
    ],
)
def test_a_word_more_or_less(text: str, given: str, also: set[str]) -> None:
    assert of(text, given) == {given, *also}


def test_general_words_are_proposed_wherever_they_stand() -> None:
    assert of("Under general anesthesia she received packed red blood cells.") == {
        "general anesthesia",
        "packed red blood cells",
    }


def test_other_styles_have_what_is_proposed_alone() -> None:
    text = "Steroid therapy and platelets"
    assert variants(text, [(0, 7)], "bc5cdr", "DRUG") == {(0, 7)}
    assert variants(text, [(0, 7)], "maccrobat", "CONDITION") == {(0, 7)}


def test_examples_in_the_comments_hold() -> None:
    comments = re.findall(r"# .*Example: `([^`]+)` in `([^`]+)`", RULES.read_text(encoding="utf-8"))
    behind, before, general = (told.split("#")[0] for told in (comments[0][0], comments[1][0], comments[2][0]))
    rules = read_toml(RULES)["maccrobat"]["DRUG"]
    assert behind in rules["behind"]
    assert before in rules["before"]
    assert general in of(comments[2][1])
