import subprocess
import sys

import pytest

from pipeline.datamodel import Sentence
from pipeline.ner.abbreviations import Abbreviations, occurrences


@pytest.fixture(scope="module")
def abbreviations() -> Abbreviations:
    return Abbreviations()


def sentence(text: str, start: int = 0) -> Sentence:
    return Sentence(start=start, end=start + len(text), section="case", block="paragraph")


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("A man with Sézary syndrome (SS) was seen.", "SS", "Sézary syndrome"),
        ("She had immune thrombocytopenia (ITP; Figure 1).", "ITP", "immune thrombocytopenia"),
        ("Then mycosis fungoides (MF) [3] relapsed.", "MF", "mycosis fungoides"),
        ("granulocyte colony-stimulating factor (G-CSF) 300 µg", "G-CSF", "granulocyte colony-stimulating factor"),
        ("chronic graft versus host disease [GVHD] of the skin", "GVHD", "graft versus host disease"),
        ("mycophenolate mofetil (MMF, CellCept) was begun", "MMF", "mycophenolate mofetil"),
    ],
)
def test_definitions(abbreviations: Abbreviations, text: str, short: str, long: str) -> None:
    found = abbreviations.definitions(text, [sentence(text)])
    assert [(d.short, d.long) for d in found] == [(short, long)]
    assert all(text[d.start : d.end] == d.long for d in found)


@pytest.mark.parametrize(
    "text",
    [
        "He took prednisone (20 mg) daily.",
        "This was seen before (Figure 2).",
        "The men (n = 5) were well.",
        "The rash was treated (see text).",
        "They were seen (p < 0.05).",
        "",
        "()",
    ],
)
def test_brackets_that_define_nothing(abbreviations: Abbreviations, text: str) -> None:
    assert abbreviations.definitions(text, [sentence(text)] if text else []) == ()


def test_no_definition_crosses_a_sentence(abbreviations: Abbreviations) -> None:
    first, second = "He had Sézary syndrome.", "(SS) was bad."
    text = f"{first} {second}"
    assert abbreviations.definitions(text, [sentence(first), sentence(second, len(first) + 1)]) == ()


def test_occurrences_are_whole_words_with_their_plural(abbreviations: Abbreviations) -> None:
    text = "A mass lesion (ML) was seen; more MLs and an HTML page."
    defined = abbreviations.definitions(text, [sentence(text)])
    found = [text[start:end] for start, end, _ in occurrences(text, [sentence(text)], defined)]
    assert found == ["ML", "MLs"]


LOADED = """
import sys
from pipeline.datamodel import Sentence
from pipeline.ner.abbreviations import Abbreviations

def loaded(text):
    Abbreviations().definitions(text, [Sentence(start=0, end=len(text), section="case", block="paragraph")])
    return "spacy" in sys.modules

print(loaded("He took prednisone (20 mg) daily."), loaded("A man with mycosis fungoides (MF)."))
"""


def test_spacy_is_loaded_for_a_candidate_only() -> None:
    """It takes most of the time in which a run starts."""
    told = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True)
    assert (told.stdout.strip(), told.stderr) == ("False True", "")
