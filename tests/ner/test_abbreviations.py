import random

import pytest
import spacy
from scispacy.abbreviation import find_abbreviation, short_form_filter
from spacy.tokens import Doc

from pipeline.datamodel import Sentence
from pipeline.ner.abbreviations import Abbreviations, is_short_form, long_form, occurrences
from pipeline.ner.tokens import Tokenizer


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


WORDS = [
    "graft-versus-host",
    "of",
    "the",
    "colony",
    "stimulating",
    "factor",
    "2",
    "β",
    "IL-2",
    "non-Hodgkin's",
    "T-cell",
]
WORDS += ["a.m.", "(CD4+)", "interferon", "alfa-2b"]
SHORT = ["GVHD", "CSF", "G-CSF", "IL-2", "NHL", "TCL", "IFN-α", "Ia", "2B", "a", "HAART-R", "tNs", "aM", "x", "β2M"]


def test_scispacy_finds_the_same() -> None:
    nlp, tokenizer, chance = spacy.blank("en"), Tokenizer(), random.Random(3)
    found = 0
    for _ in range(4000):
        text = " ".join(chance.choices(WORDS, k=chance.randrange(1, 9)))
        short = chance.choices(SHORT, k=chance.randrange(1, 3))
        theirs = Doc(nlp.vocab, words=short)[:]
        assert is_short_form(short) == short_form_filter(theirs)
        _, long = find_abbreviation(nlp.make_doc(text)[:], theirs)
        ours = long_form(tokenizer.tokens(text), " ".join(short))
        assert bool(ours) == (long is not None)
        if long is not None:
            assert (ours[0].start, [token.text for token in ours]) == (long.start_char, [token.text for token in long])
            found += 1
    assert found > 100
