"""Misspelt names: what is recognized, what is left alone, and that scispaCy's own generator agrees with the index."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.datamodel import Mention, Source
from pipeline.lexicon import load_lexicons, load_likeness
from pipeline.ner.misspelt import RULES, Misspellings
from pipeline.process import Corridor
from pipeline.toml import read_toml

TABLE = read_toml(RULES)
SPOILT = (
    "ketoralac",
    "anastrazole",
    "labetolol",
    "tecoplanin",
    "cholestatis",
    "infecion",
    "ceftriazone",
    "inflamation",
)


@pytest.fixture(scope="module")
def misspellings() -> Misspellings:
    return Misspellings(load_likeness, load_lexicons().dose_ranges)


def found(misspellings: Misspellings, text: str) -> list[Mention]:
    return misspellings.find(text, 0, len(text), [])


@pytest.mark.parametrize("example", TABLE["examples"], ids=lambda example: example["name"])
def test_examples(misspellings: Misspellings, example: dict[str, str]) -> None:
    marked = re.findall(r"\[\[(.*?)\]\]", example["text"])
    mentions = found(misspellings, re.sub(r"\[\[|\]\]", "", example["text"]))
    assert [m.text for m in mentions] == marked
    assert mentions[0].entry == example["name"]


@pytest.mark.parametrize("text", TABLE["negative"]["examples"])
def test_words_that_are_not_misspelt(misspellings: Misspellings, text: str) -> None:
    assert found(misspellings, text) == []


def test_a_word_like_two_names_is_left_alone(misspellings: Misspellings) -> None:
    assert misspellings.taken_for("prednisoone") is None


def test_names_that_are_spelled_right_are_not_tried(misspellings: Misspellings) -> None:
    assert [
        n for n in ("rituximab", "Methotrexate", "thrombocytopenia", "chemotherapy") if misspellings.taken_for(n)
    ] == []


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_the_text_stays_as_it_is(misspellings: Misspellings, text: str) -> None:
    assert all(m.text == text[m.start : m.end] for m in found(misspellings, text))


def test_rows_with_a_misspelt_name_say_so(corridor: Corridor, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    text = "A 50-year-old man had lymphoma. He received rituxmab 375 mg/m2 intravenously weekly for four doses.\n"
    report.write_text(text, encoding="utf-8")
    result = corridor.process(Source(doc_id="report", path=str(report)))
    row = next(row for row in result.regimens if row.therapy == "rituximab")
    assert row.therapy_text == "rituxmab"
    assert "noisy_text" in row.flags
    assert any("rituxmab" in note for note in row.notes)


def test_scores_are_those_of_scispacy_s_candidate_generation() -> None:
    """Its recipe (trigrams within the word, tf-idf, cosine) by its own means, over the same names, without its index.

    That index is approximate, another one at each build, and needs scipy before 1.11. What differs: a trigram that no
    name has counts against a word here, so words without such are compared.
    """
    text = pytest.importorskip("sklearn.feature_extraction.text")
    likeness = load_likeness()
    vectorizer = text.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), min_df=1)
    names = vectorizer.fit_transform(likeness.names)
    known = set(vectorizer.get_feature_names_out())
    spoilt = [word for word in SPOILT if {f" {word} "[i : i + 3] for i in range(len(word))} <= known]
    assert len(spoilt) > 3
    for word in spoilt:
        shares = (names @ vectorizer.transform([word]).T).toarray()[:, 0]
        near = likeness.near(word)
        assert [likely.score for likely in near] == pytest.approx(
            [shares[likeness.names.index(n.name)] for n in near], abs=1e-4
        )
        same = [share for name, share in zip(likeness.names, shares, strict=True) if abs(len(name) - len(word)) <= 1]
        assert near[0].score == pytest.approx(max(same), abs=1e-4)
