from pipeline.datamodel import Mention
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.ner.agreement import added, agree, styles_for
from pipeline.ner.reading import Reading
from pipeline.ner.text_kind import TextKind

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


def test_agreed_mentions_tell_both_readers_and_keep_their_meaning() -> None:
    rule = mention("ibuprofen", "DRUG")
    (found,) = agree(TEXT, [rule], [read("ibuprofen", "DRUG", "phee_therapy")], LONE)
    assert found.rule == "lexicon:drugs+model:casebook.phee_therapy"
    assert found.entry == rule.entry


def test_lone_sentence_takes_the_whole_effect_phrase() -> None:
    rules = [mention("blistering", "CONDITION", "lexicon:conditions")]
    found = agree(TEXT, rules, [read("severe blistering of both hands", "TOXICITY", "phee_events")], LONE)
    assert told(found) == {("severe blistering of both hands", "TOXICITY")}


def test_drug_with_the_readers_borders_means_what_the_lexicon_says() -> None:
    (found,) = agree(TEXT, [mention("ibuprofen", "DRUG")], [read("ibuprofen tablets", "DRUG", "phee_therapy")], LONE)
    assert (found.text, found.entry) == ("ibuprofen tablets", "ibuprofen")


def test_style_of_another_kind_of_text_is_not_heeded() -> None:
    found = agree(TEXT, [], [read("severe blistering of both hands", "TOXICITY", "phee_events")], REPORT)
    assert found == []


def test_unlikely_spans_are_left_out() -> None:
    assert agree(TEXT, [], [read("tablets", "DRUG", "phee_therapy", 0.3)], LONE) == []


def test_a_mention_of_both_is_surer_than_of_one() -> None:
    drug, reading = mention("ibuprofen", "DRUG"), read("ibuprofen", "DRUG", "phee_therapy", 0.99)
    (both,) = agree(TEXT, [drug], [reading], LONE)
    (alone,) = agree(TEXT, [], [reading], LONE)
    assert both.confidence > alone.confidence


def test_rules_alone_keep_what_no_annotator_marked() -> None:
    duration = mention("hands", "DURATION", "pattern:DURATION.span")
    assert agree(TEXT, [duration], [], LONE) == [duration]


def test_likelier_of_two_that_overlap_is_taken() -> None:
    readings = [read("ibuprofen tablets", "DRUG", "maccrobat", 0.6)]
    sure = read("ibuprofen", "DRUG", "maccrobat", 0.999)
    (found,) = agree(TEXT, [mention("ibuprofen", "DRUG")], [*readings, sure], REPORT)
    assert found.text == "ibuprofen"


def test_reader_without_styles_adds_where_the_rules_have_nothing() -> None:
    rules = [mention("ibuprofen", "DRUG")]
    found = added(rules, [read("ibuprofen tablets", "DRUG", ""), read("severe blistering", "CONDITION", "")])
    assert told(found) == {("ibuprofen", "DRUG"), ("severe blistering", "CONDITION")}


def test_styles_follow_the_kind_of_text() -> None:
    assert set(styles_for(LONE)) == {"phee_events", "phee_therapy"}
    assert set(styles_for(TextKind(lone=0.0, abstract=0.5, report=0.5))) == {"bc5cdr", "maccrobat"}
    assert styles_for(REPORT)["maccrobat"] >= {"DRUG", "CONDITION", "ANALYTE", "VALUE"}
