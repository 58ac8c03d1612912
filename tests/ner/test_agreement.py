from pipeline.datamodel import Mention
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.ner.agreement import TextKind, agree, kind_of, styles_for
from pipeline.ner.model_reader import Reading

TEXT = "A 61-year-old man took ibuprofen tablets and developed severe blistering of both hands."
LONE = TextKind(lone=1.0, abstract=0.0, report=0.0)
REPORT = TextKind(lone=0.0, abstract=0.0, report=1.0)


def mention(words: str, label: MentionLabel, rule: str = "lexicon:drugs", confidence: float = 0.9) -> Mention:
    start = TEXT.index(words)
    end = start + len(words)
    return Mention(start=start, end=end, label=label, text=words, rule=rule, entry=words, confidence=confidence)


def read(words: str, label: MentionLabel, style: str, score: float = 0.9) -> Reading:
    return Reading(mention=mention(words, label, f"model:casebook.{style}", score), style=style)


def told(mentions: list[Mention]) -> set[tuple[str, str]]:
    return {(m.text, m.label) for m in mentions}


def test_agreed_mentions_are_surer_and_keep_their_meaning() -> None:
    rule = mention("ibuprofen", "DRUG")
    (found,) = agree([rule], [read("ibuprofen", "DRUG", "phee_therapy")], LONE)
    assert found.confidence > rule.confidence
    assert found.rule == "lexicon:drugs+model:casebook.phee_therapy"
    assert found.entry == rule.entry


def test_lone_sentence_takes_the_whole_effect_phrase() -> None:
    rules = [mention("blistering", "CONDITION", "lexicon:conditions")]
    found = agree(rules, [read("severe blistering of both hands", "TOXICITY", "phee_events")], LONE)
    assert told(found) == {("severe blistering of both hands", "TOXICITY")}


def test_drug_with_the_readers_borders_means_what_the_lexicon_says() -> None:
    (found,) = agree([mention("ibuprofen", "DRUG")], [read("ibuprofen tablets", "DRUG", "phee_therapy")], LONE)
    assert (found.text, found.entry) == ("ibuprofen tablets", "ibuprofen")


def test_style_of_another_kind_of_text_is_not_heeded() -> None:
    rules = [mention("blistering", "CONDITION", "lexicon:conditions")]
    found = agree(rules, [read("severe blistering of both hands", "TOXICITY", "phee_events")], REPORT)
    assert told(found) == {("blistering", "CONDITION")}


def test_unlikely_spans_are_left_out() -> None:
    assert agree([], [read("tablets", "DRUG", "phee_therapy", 0.3)], LONE) == []


def test_silent_reader_changes_nothing() -> None:
    rules = [mention("ibuprofen", "DRUG"), mention("61-year-old", "AGE", "pattern:AGE.years")]
    assert agree(rules, [], LONE) == rules


def test_reader_without_styles_adds_where_the_rules_have_nothing() -> None:
    rules = [mention("ibuprofen", "DRUG")]
    found = agree(rules, [read("ibuprofen tablets", "DRUG", ""), read("severe blistering", "CONDITION", "")], REPORT)
    assert told(found) == {("ibuprofen", "DRUG"), ("severe blistering", "CONDITION")}


def test_kind_follows_length_and_content() -> None:
    age = [mention("61-year-old", "AGE", "pattern:AGE.years")]
    assert kind_of(1, 20, age).name == "lone"
    assert kind_of(8, 180, [mention("ibuprofen", "DRUG")] * 9).name == "abstract"
    assert kind_of(25, 600, age).name == "report"
    assert set(styles_for(LONE)) == {"phee_events", "phee_therapy"}
