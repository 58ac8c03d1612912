from pipeline.datamodel import Mention
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.ner.candidates import Proposals, source_of
from pipeline.ner.reading import Reading

TEXT = "She took ibuprofen tablets 400 mg, then PGX."


def mention(words: str, label: MentionLabel, rule: str, confidence: float = 0.9) -> Mention:
    start = TEXT.index(words)
    return Mention(start=start, end=start + len(words), label=label, text=words, rule=rule, confidence=confidence)


def told(words: str, score: float) -> Reading:
    return Reading(mention=mention(words, "DRUG", "model:casebook.trial", score), style="trial")


def marks(ruled: list[Mention], readings: list[Reading]) -> dict[str, dict[str, float]]:
    found = Proposals(TEXT, ruled, readings).candidates("DRUG", "trial")
    return {TEXT[c.start : c.end]: c.marks for c in found}


def test_marks_tell_how_each_reader_lies_to_the_span() -> None:
    found = marks([mention("ibuprofen", "DRUG", "lexicon:drugs")], [told("ibuprofen tablets", 0.5)])
    assert {"rules:same:lexicon:drugs", "reader:within"} <= set(found["ibuprofen"])
    assert {"rules:holds", "reader:same"} <= set(found["ibuprofen tablets"])
    assert found["ibuprofen tablets"]["reader:same:sure"] == 0.0


def test_a_dose_beside_a_drug_is_a_mark() -> None:
    ruled = [mention("400 mg", "DOSE", "pattern:DOSE.amount")]
    found = marks(ruled, [told("ibuprofen tablets", 0.9), told("PGX", 0.9)])
    assert "beside" in found["ibuprofen tablets"]
    assert {"short form", "rules:none"} <= set(found["PGX"])


def test_a_span_of_neither_reader_is_a_mention_of_its_words() -> None:
    found = Proposals(TEXT, [], []).variant(9, 18, "DRUG")
    assert (found.text, found.entry, found.rule) == ("ibuprofen", "ibuprofen", "variant")


def test_other_styles_are_not_heard() -> None:
    assert not list(Proposals(TEXT, [], [told("PGX", 0.9)]).candidates("DRUG", "ward"))


def test_a_rule_is_known_by_what_it_is_of() -> None:
    assert source_of("pattern:AGE.years_old") == "pattern:AGE"
    assert source_of("lexicon:conditions+modifier") == "lexicon:conditions"
