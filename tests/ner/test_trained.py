from pathlib import Path

import pytest
import spacy

from pipeline.datamodel import Document, Sentence, Source
from pipeline.errors import UsageError
from pipeline.lexicon import load_lexicons
from pipeline.ner import Recognizer
from pipeline.settings import NerSettings


@pytest.fixture
def model(tmp_path: Path) -> Path:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "CONDITION", "pattern": "blue toes"}, {"label": "ORG", "pattern": "hospital"}])
    nlp.to_disk(tmp_path / "tiny")
    return tmp_path / "tiny"


def test_its_mentions_are_merged_with_the_rules(model: Path) -> None:
    text = "A hospital.\nRituximab gave her blue toes."
    sentences = (
        Sentence(start=0, end=11, section="case", block="paragraph"),
        Sentence(start=12, end=len(text), section="case", block="paragraph"),
    )
    report = Document(source=Source(doc_id="letter", path=""), text=text, sentences=sentences)
    mentions = Recognizer(NerSettings(model=str(model)), load_lexicons()).recognize(report)
    found = [(m.text, m.label, m.rule) for m in mentions if m.label in ("DRUG", "CONDITION")]
    assert found == [("Rituximab", "DRUG", "lexicon:drugs"), ("blue toes", "CONDITION", f"model:{model}")]


def test_missing_model_is_named() -> None:
    with pytest.raises(UsageError, match="no-such-model"):
        Recognizer(NerSettings(model="no-such-model"), load_lexicons())
