import pytest

from pipeline.datamodel import Mention
from pipeline.datamodel.vocabulary import MentionLabel
from pipeline.ner.text_kind import TextKind, kind_of, traits

REPORT = (
    "A 61-year-old man was admitted with fever.\n"
    + "He was given ibuprofen and left.\n"
    + "He felt better on day 3.\n" * 40
)
ABSTRACT = "Ibuprofen in rats. " + "Ibuprofen and naproxen were given to rats by mouth daily. " * 20


def mentions(text: str, words: str, label: MentionLabel) -> list[Mention]:
    places = [i for i in range(len(text)) if text.startswith(words, i)]
    return [Mention(start=i, end=i + len(words), label=label, text=words, rule="lexicon:drugs") for i in places]


def test_few_sentences_are_read_alone() -> None:
    assert kind_of("Fever. Cough.", 2, []).name == "lone"


def test_a_report_opens_with_its_patient() -> None:
    found = mentions(REPORT, "61-year-old", "AGE") + mentions(REPORT, "ibuprofen", "DRUG")
    assert traits(REPORT, found)["opens_with_age"] == 1.0
    assert kind_of(REPORT, 42, found).name == "report"


def test_many_drugs_and_no_patient_make_an_abstract() -> None:
    assert kind_of(ABSTRACT, 21, mentions(ABSTRACT, "naproxen", "DRUG")).name == "abstract"


@pytest.mark.parametrize(
    ("report", "heeded"), [(0.95, {"report": 1.0}), (0.5, {"abstract": 0.5, "report": 0.5}), (0.02, {"abstract": 1.0})]
)
def test_kinds_that_weigh_little_are_not_asked(report: float, heeded: dict[str, float]) -> None:
    assert TextKind(lone=0.0, abstract=1 - report, report=report).heeded() == heeded
