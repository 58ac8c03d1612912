import re

import pytest

from pipeline.datamodel import Span
from pipeline.lexicon import load_lexicons
from pipeline.ner.lexicon_matcher import LexiconMatcher
from pipeline.ner.name_rules import RULES, NameRules
from pipeline.ner.overlaps import resolve
from pipeline.toml import read_toml

TABLE = read_toml(RULES)
LABELS = {"drug_endings": "DRUG", "operation_endings": "THERAPY", "operation_heads": "THERAPY"}
EXAMPLES = [(rule, example) for rule in TABLE for example in TABLE[rule]["examples"] + TABLE[rule]["negative"]]


@pytest.fixture(scope="module")
def matcher() -> LexiconMatcher:
    return LexiconMatcher(load_lexicons())


@pytest.fixture(scope="module")
def rules() -> NameRules:
    return NameRules()


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{rule}: {text}" for rule, text in EXAMPLES])
def test_example(matcher: LexiconMatcher, rules: NameRules, rule: str, example: str) -> None:
    text = re.sub(r"\[\[|\]\]", "", example)
    sentence = Span(start=0, end=len(text))
    words = matcher.words(text, 0, len(text))
    named = matcher.find(text, sentence, words)
    found = resolve([*named, *rules.find(text, words, named)])
    label = LABELS.get(rule, "CONDITION")
    assert [m.text for m in found if m.label == label] == re.findall(r"\[\[(.+?)\]\]", example)
