import pytest

from pipeline.datamodel import Mention
from pipeline.ner.overlaps import resolve

TEXT = "severe heparin-induced thrombocytopenia after platelet transfusion, oxygen saturation, vitamin D deficiency"


def mention(label: str, words: str) -> Mention:
    start = TEXT.index(words)
    return Mention(start=start, end=start + len(words), label=label, text=words, rule="test")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([("CONDITION", "thrombocytopenia"), ("CONDITION", "severe heparin-induced thrombocytopenia")], [1]),
        ([("CONDITION", "heparin-induced thrombocytopenia"), ("DRUG", "heparin")], [0, 1]),
        ([("ANALYTE", "platelet"), ("THERAPY", "platelet transfusion")], [1]),
        ([("DRUG", "oxygen"), ("ANALYTE", "oxygen saturation")], [1]),
        ([("DRUG", "vitamin D"), ("CONDITION", "vitamin D deficiency")], [1]),
        ([("DRUG", "heparin"), ("DRUG", "heparin")], [0]),
        ([("DRUG", "platelet"), ("THERAPY", "platelet transfusion")], [1]),
    ],
)
def test_what_stays(given: list[tuple[str, str]], kept: list[int]) -> None:
    mentions = [mention(*one) for one in given]
    assert resolve(mentions) == sorted([mentions[i] for i in kept], key=lambda m: (m.start, m.end, m.label))


def test_order_of_the_input_does_not_matter() -> None:
    mentions = [mention("DRUG", "heparin"), mention("CONDITION", "thrombocytopenia"), mention("ANALYTE", "platelet")]
    assert resolve(mentions) == resolve(reversed(mentions))
