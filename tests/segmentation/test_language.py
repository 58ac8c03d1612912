"""The language of a text, and that nothing is said where it is not evident."""

import pytest

from pipeline.extractors import from_raw_text
from pipeline.segmentation import segment
from pipeline.segmentation.cues import rules
from pipeline.segmentation.language import told_by

ENGLISH = rules("language")["language"][0]["example"]


@pytest.mark.parametrize(
    "told", rules("language")["language"] + rules("language")["script"], ids=lambda one: one["code"]
)
def test_each_language_knows_its_example(told: dict[str, str]) -> None:
    assert told_by(" ".join([told["example"]] * 4)) == told["code"]
    assert segment(from_raw_text(" ".join([told["example"]] * 4))).metadata.language == told["code"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        ENGLISH,
        "Hb 9.1 g/dL, WBC 4.2, platelets 88, creatinine 1.2, urea 40. " * 20,
        "Больной поступил с лихорадкой. " * 20,
    ],
    ids=["nothing", "one sentence", "values alone", "a language that is not listed"],
)
def test_what_is_not_evident_is_not_said(text: str) -> None:
    assert told_by(text) == ""


def test_of_a_long_text_the_story_tells() -> None:
    french = rules("language")["language"][1]["example"]
    assert told_by(ENGLISH * 3 + french * 400) == "fr"
    assert told_by(french * 3 + ENGLISH * 400) == "en"
