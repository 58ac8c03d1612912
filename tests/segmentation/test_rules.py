"""The rules of segmentation are data; their examples are their tests."""

import re

import pytest

from pipeline.segmentation.cues import narration, rules
from pipeline.segmentation.sections import bare, named
from pipeline.segmentation.sentences import split

PATIENTS = [(group, rule) for group, found in rules("patients").items() if group != "numbers" for rule in found]


@pytest.mark.parametrize(("group", "rule"), PATIENTS, ids=[f"{g}: {r['what'][:40]}" for g, r in PATIENTS])
def test_a_rule_about_patients_finds_its_examples_and_not_its_counterexamples(group, rule):
    pattern = re.compile(rule["pattern"])
    assert all(pattern.search(example) for example in rule["examples"]), rule["examples"]
    assert not [example for example in rule["counterexamples"] if pattern.search(example)]


@pytest.mark.parametrize("rule", rules("sections")["name"], ids=lambda rule: rule["example"])
def test_a_section_name_is_known_by_its_heading(rule):
    name = named(rule["example"])
    assert name is not None
    assert (name.kind, name.drop) == (rule["kind"], rule.get("drop", False))


@pytest.mark.parametrize("key", ["run_in", "abstract_label"])
def test_a_label_in_a_paragraph_is_known(key):
    rule = rules("sections")[key]
    assert re.match(rule["pattern"], rule["example"], re.IGNORECASE)


@pytest.mark.parametrize("cue", rules("narration")["cue"], ids=lambda cue: cue["example"])
def test_a_cue_of_narration_moves_its_example_its_way(cue):
    assert re.search(cue["pattern"], cue["example"])
    assert (narration(cue["example"], cited=False).score > 0) == (cue["weight"] > 0)


@pytest.mark.parametrize("cue", rules("doctype")["cue"], ids=lambda cue: cue["example"])
def test_a_cue_of_the_document_type_finds_its_example(cue):
    assert re.search(cue["pattern"], cue["example"])


@pytest.mark.parametrize(
    "rule", [*rules("sentences")["abbreviations"], rules("sentences")["openers"]], ids=lambda rule: rule["what"]
)
def test_a_rule_of_sentences_splits_its_example(rule):
    assert len(list(split(rule["example"], 0, len(rule["example"])))) == rule["sentences"]


def test_a_reference_mark_left_in_the_text_is_known():
    rule = rules("narration")["citation"]
    assert all(re.search(rule["pattern"], example) for example in rule["examples"])
    assert not [example for example in rule["counterexamples"] if re.search(rule["pattern"], example)]


def test_a_heading_loses_its_number_and_closing_marks():
    assert bare("2.1. Case Presentation:") == "case presentation"
    assert bare("III. DISCUSSION") == "discussion"
    assert bare("Case 2") == "case 2"
