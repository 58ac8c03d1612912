import re
from typing import Any

import pytest

from pipeline.datamodel import Mention, Sentence
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.ner.conventions import RULES, as_marked
from pipeline.ner.patterns import ENTITIES, PatternMatcher
from pipeline.toml import read_toml

PATTERNS = PatternMatcher(ENTITIES)
CASES = [
    (rule["label"], case["found"], case["marked"])
    for kind in read_toml(RULES).values()
    for rule in kind["lone"]
    for case in rule["cases"]
]


def plain(marked: str) -> str:
    return re.sub(r"\[\[|\]\]", "", marked)


def in_brackets(text: str, mentions: Any) -> str:
    for mention in sorted(mentions, key=lambda m: -m.start):
        assert text[mention.start : mention.end] == mention.text
        text = f"{text[: mention.start]}[[{mention.text}]]{text[mention.end :]}"
    return text


def found(text: str, label: MentionLabel) -> list[Mention]:
    sentence = Sentence(start=0, end=len(text), section="case", block="paragraph")
    return [m for m in PATTERNS.find(text, [sentence]) if m.label == label]


@pytest.mark.parametrize(("label", "rules_find", "marked"), CASES)
def test_what_is_marked_of_what_the_rules_find(label: MentionLabel, rules_find: str, marked: str) -> None:
    text = plain(marked)
    ruled = found(text, label)
    assert in_brackets(text, ruled) == rules_find
    assert in_brackets(text, as_marked(text, ruled, "lone")) == marked


@pytest.mark.parametrize(("label", "rules_find", "marked"), CASES)
@pytest.mark.parametrize("kind", ["abstract", "report"])
def test_other_kinds_of_text_are_left_alone(label: MentionLabel, rules_find: str, marked: str, kind: str) -> None:
    text = plain(marked)
    assert as_marked(text, found(text, label), kind) == found(text, label)


def test_each_rule_has_a_case_that_it_changes_and_one_that_it_does_not() -> None:
    for kind in read_toml(RULES).values():
        for rule in kind["lone"]:
            changed = {case["found"] != case["marked"] for case in rule["cases"]}
            assert changed == {True, False}, rule["label"]


def test_mentions_of_other_labels_stay_between() -> None:
    text = "A rash in children was seen in a 6-year-old boy."
    rash = Mention(start=2, end=6, label="CONDITION", text="rash", rule="lexicon:conditions", entry="rash")
    boy = Mention(start=44, end=47, label="SEX", text="boy", rule="pattern:SEX.noun", entry="boy")
    kept = as_marked(text, [rash, *found(text, "AGE"), boy], "lone")
    assert [m.text for m in kept] == ["rash", "6-year-old", "boy"]
