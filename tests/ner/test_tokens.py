"""The tokens are spaCy's, to the letter."""

import random
import subprocess
import sys

import pytest
import spacy
from spacy.language import Language

from pipeline.ner.tokens import Tokenizer

TEXTS = (
    "A man with Sézary syndrome (SS) was seen at 8a.m. by Dr. O'Neill, who'd left.",
    "He's taken 20mg/m2 of IFN-α-2b (q8h), i.e. 3×10^9/L; see https://example.org/a-b?c=1.",
    " two  blanks\tand a tab \n",
    "“quoted”—dash… and/or U.S.A.'s well-known α-hemolytic 5'-end (e.g., p<0.05).)",
    "can't won't y'all 'tis C++ :-) :) (8p.m.) 10°C 37.5°C. a.b.c.",
    "\u00a0no-break\u00a0space ",
    "",
    " ",
)
LETTERS = "ab1.,-/()[]'’\"“ \t\n\u00a0 :;)am p.m.%°µg×^@#$€…~"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.blank("en")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer()


def alike(nlp: Language, tokenizer: Tokenizer, text: str) -> bool:
    found = [(token.text, token.start, token.blank) for token in tokenizer.tokens(text)]
    return found == [(token.text, token.idx, bool(token.whitespace_)) for token in nlp.make_doc(text)]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(nlp: Language, tokenizer: Tokenizer, text: str) -> None:
    assert alike(nlp, tokenizer, text)


def test_any_text(nlp: Language, tokenizer: Tokenizer) -> None:
    chance = random.Random(7)
    special = sorted(nlp.tokenizer.rules)
    for _ in range(3000):
        pieces = [chance.choice((chance.choice(LETTERS), chance.choice(special))) for _ in range(chance.randrange(14))]
        text = "".join(pieces)
        assert alike(nlp, tokenizer, text), text


def test_every_special_case(nlp: Language, tokenizer: Tokenizer) -> None:
    wrong = [word for word in nlp.tokenizer.rules for text in (word, f"({word}),") if not alike(nlp, tokenizer, text)]
    assert wrong == []


def test_rows_are_found_without_loading_spacy() -> None:
    """It would take most of the start of a run; the first time on a machine its rules are asked of it."""
    found = (
        "import sys; from pipeline.process import Corridor; from pipeline.settings import Settings;"
        "Corridor.build(Settings()).rehearse(); print({'spacy', 'pandas', 'pyarrow'} & set(sys.modules))"
    )
    Tokenizer()
    told = subprocess.run([sys.executable, "-c", found], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"
