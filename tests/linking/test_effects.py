from pipeline.datamodel import Mention, Relation
from pipeline.datamodel.vocabulary import MentionLabel, RelationLabel
from pipeline.linking._relations.effects import settled_effects


def mention(start: int, label: MentionLabel, confidence: float = 0.9) -> Mention:
    return Mention(start=start, end=start + 4, label=label, text="word", rule="test", confidence=confidence)


def tie(drug: Mention, event: Mention, label: RelationLabel, confidence: float) -> Relation:
    return Relation(head=drug, tail=event, label=label, rule="link:scored", confidence=confidence)


DRUG = mention(0, "DRUG")


def test_caused_condition_becomes_a_toxicity() -> None:
    rash = mention(10, "CONDITION")
    new, kept = settled_effects([DRUG, rash], [tie(DRUG, rash, "CAUSES", 0.7)])
    assert new[rash].label == "TOXICITY"
    assert len(kept) == 1


def test_marked_toxicity_that_is_treated_is_a_condition() -> None:
    psoriasis = mention(10, "TOXICITY", 0.9)
    new, _ = settled_effects([DRUG, psoriasis], [tie(DRUG, psoriasis, "TREATS", 0.9)])
    assert new[psoriasis].label == "CONDITION"


def test_marked_toxicity_that_is_caused_stays() -> None:
    rash = mention(10, "TOXICITY", 0.6)
    new, kept = settled_effects([DRUG, rash], [tie(DRUG, rash, "CAUSES", 0.8)])
    assert new == {}
    assert [r.label for r in kept] == ["CAUSES"]


def test_what_a_reader_of_effects_left_out_is_no_effect() -> None:
    rash, gout = mention(10, "TOXICITY", 0.95), mention(20, "CONDITION")
    new, kept = settled_effects([DRUG, rash, gout], [tie(DRUG, gout, "CAUSES", 0.6)])
    assert new == {}
    assert kept == []
