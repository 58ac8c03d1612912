import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.ner.candidates import Proposals
from pipeline.ner.reading import Reading
from pipeline.ner.surroundings import RULES, counts, surroundings
from pipeline.toml import read_toml


def marks(marked: str) -> dict[str, float]:
    """Of the span in double brackets."""
    start, end = marked.index("[["), marked.index("]]") - 2
    return dict(surroundings(marked.replace("[[", "").replace("]]", ""), start, end))


@pytest.mark.parametrize("rule", read_toml(RULES)["rule"], ids=lambda rule: f"{rule['mark']} {rule['where']}")
def test_each_rule_by_its_own_sentences(rule: dict[str, str]) -> None:
    assert rule["mark"] in marks(rule["example"])
    assert rule["mark"] not in marks(rule["negative"])


def test_other_sentences_say_nothing() -> None:
    found = marks("The isolate was resistant. She received care.\n[[Rituximab]] helped. It was given twice.")
    assert found == {"ends=mab": 1.0}


@pytest.mark.parametrize("text", ["[[x]]", "[[β-blocker]] levels", "A 𝒜 level of [[é]]"])
def test_any_span_has_marks(text: str) -> None:
    assert any(mark.startswith("ends=") for mark in marks(text))


def mention(text: str, words: str, label: MentionLabel, rule: str = "lexicon:drugs") -> Mention:
    start = text.index(words)
    return Mention(start=start, end=start + len(words), label=label, text=words, rule=rule, confidence=0.9)


TEXT = "The digoxin level was high after digoxin 2 mg."


def test_mentions_are_counted_in_lone_sentences_only() -> None:
    ruled = [mention(TEXT, "digoxin", "DRUG"), mention(TEXT, "2 mg", "DOSE"), mention(TEXT, "high", "CONDITION")]
    assert counts(ruled, "phee_therapy") == {"has DRUG": 1.0, "has DOSE": 1.0}
    assert counts(ruled * 9, "phee_therapy")["has DRUG"] == read_toml(RULES)["counted"]["most"]
    assert counts(ruled, "maccrobat") == {}


def test_what_other_labels_hold_the_span() -> None:
    drug, level = mention(TEXT, "digoxin", "DRUG"), mention(TEXT, "digoxin level", "ANALYTE")
    told = Reading(mention=mention(TEXT, "digoxin level", "ANALYTE", "model:casebook.maccrobat"), style="maccrobat")
    elsewhere = Reading(mention=mention(TEXT, "digoxin", "CONDITION", "model:casebook.ncbi"), style="ncbi")
    (found,) = Proposals(TEXT, [drug, level], [told, elsewhere]).candidates("DRUG", "maccrobat")
    assert {"rules:ANALYTE:within", "reader:ANALYTE:within", "measured"} <= set(found.marks)
    assert not [mark for mark in found.marks if "CONDITION" in mark]


def test_surroundings_of_conditions_are_not_asked() -> None:
    rash = mention("The rash level was low.", "rash", "CONDITION")
    (found,) = Proposals("The rash level was low.", [rash], []).candidates("CONDITION", "maccrobat")
    assert "measured" not in found.marks
