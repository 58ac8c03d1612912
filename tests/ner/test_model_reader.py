from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language

from pipeline.datamodel import Document, Mention, Sentence, Source
from pipeline.errors import UsageError
from pipeline.lexicon import load_lexicons
from pipeline.ner import Recognizer
from pipeline.ner._reader.component import Reader, Words
from pipeline.ner._reader.crf import allowed, decode, decode_sparse, spans, tag_sequence
from pipeline.ner._reader.marks import marks
from pipeline.ner.model_reader import ModelReader, load_reader, model_hash, shipped
from pipeline.settings import NerSettings

STYLES = {"trial": ["DRUG", "CONDITION"], "ward": ["DRUG"]}
TEXT = "A hospital.\nRituximab gave her blue toes."


def sentences() -> tuple[Sentence, ...]:
    return (
        Sentence(start=0, end=11, section="case", block="paragraph"),
        Sentence(start=12, end=len(TEXT), section="case", block="paragraph"),
    )


def ruled(folder: Path, label: str) -> Path:
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": label, "pattern": "blue toes"}, {"label": "ORG", "pattern": "hospital"}])
    nlp.to_disk(folder / "tiny")
    return folder / "tiny"


def own() -> Language:
    """A tiny untrained pipeline of casebook's own kind."""
    np.random.seed(3)
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "casebook.Words.v1"}}})
    model = {"@architectures": "casebook.StyleReader.v1", "width": 8, "depth": 2, "part_width": 4}
    model |= {"vector_width": 4, "context_after": 1}
    nlp.add_pipe("casebook_reader", config={"model": model, "styles": STYLES})
    nlp.get_pipe("casebook_reader").model.initialize()
    return nlp


@pytest.mark.parametrize(
    ("label", "mapped"), [("CONDITION", {}), ("DISEASE", {}), ("SYMPTOM", {"SYMPTOM": "CONDITION"})]
)
def test_any_pipeline_reads_beside_the_rules(tmp_path: Path, label: str, mapped: dict[str, str]) -> None:
    settings = NerSettings(model=str(ruled(tmp_path, label)), labels=mapped)
    report = Document(source=Source(doc_id="letter", path=""), text=TEXT, sentences=sentences())
    found = Recognizer(settings, load_lexicons()).recognize(report)
    told = [(m.text, m.label, m.rule) for m in found if m.label in ("DRUG", "CONDITION")]
    assert told == [("Rituximab", "DRUG", "lexicon:drugs"), ("blue toes", "CONDITION", "model:tiny")]


def test_missing_model_is_named_with_what_is_known() -> None:
    with pytest.raises(UsageError, match=r"no-such-model.*known: none"):
        load_reader(NerSettings(model="no-such-model"))


def test_unknown_label_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="MEDICINE"):
        load_reader(NerSettings(model=str(ruled(tmp_path, "CONDITION")), labels={"CHEMICAL": "MEDICINE"}))


def test_none_means_rules_only() -> None:
    assert load_reader(NerSettings(model="none")) is None


def test_own_pipeline_survives_the_disk(tmp_path: Path) -> None:
    nlp = own()
    nlp.to_disk(tmp_path / "own")
    again = spacy.load(tmp_path / "own")
    before, after = (ModelReader("own", each, {}).find(TEXT, sentences(), ()) for each in (nlp, again))
    assert before == after
    assert before, "an untrained model marks at random, but it marks"
    assert all(TEXT[r.mention.start : r.mention.end] == r.mention.text for r in before)
    assert {r.mention.rule for r in before} <= {"model:own.trial", "model:own.ward"}
    assert model_hash(tmp_path / "own") == model_hash(tmp_path / "own")


def test_own_pipeline_marks_docs_of_its_own() -> None:
    doc = own()(TEXT)
    assert set(doc.spans) == set(STYLES)


def test_sentence_is_read_alike_alone_and_among_others() -> None:
    nlp = own()
    reader = nlp.get_pipe("casebook_reader")
    assert isinstance(reader, Reader)
    docs = [nlp.make_doc(TEXT), nlp.make_doc(""), nlp.make_doc("Fever of 39.5 °C on day 3.")]
    together = reader.read(docs)
    assert together == [reader.read([doc])[0] for doc in docs]
    assert together[1] == []


@pytest.mark.parametrize("text", ["10mg/kg of 5-FU", "naïve 🙂 cells\r\n2.5%", "anti-PD-1 (0,5 mg)"])
def test_words_keep_every_sign(text: str) -> None:
    doc = Words(spacy.blank("en").vocab)(text)
    assert "".join(t.text for t in doc) == "".join(text.split())


def test_path_and_spans_are_each_others_reverse() -> None:
    marked = [(0, 1, 1), (2, 5, 0), (5, 7, 1)]
    assert list(spans(tag_sequence(8, marked))) == marked


def test_decoding_keeps_to_allowed_sequences() -> None:
    rng = np.random.default_rng(5)
    transitions = allowed(2)
    lengths = [4, 1, 7, 3]
    scores = rng.normal(size=(sum(lengths), 9)).astype("f")
    paths = decode(scores, lengths, transitions)
    start = 0
    for length, path in zip(lengths, paths, strict=True):
        steps = [9, *path, 9]
        assert all(transitions[a, b] == 0 for a, b in pairwise(steps))
        best = scores[start : start + length].max(axis=1).sum()
        assert scores[np.arange(start, start + length), path].sum() <= best
        start += length
    assert np.array_equal(np.concatenate(paths), decode_sparse(scores, lengths, transitions, 1e6))


def test_sparse_decoding_finds_what_stands_out() -> None:
    scores = np.full((9, 5), -20.0, dtype="f")
    scores[:, 0] = 5.0
    wanted = tag_sequence(9, [(2, 4, 0), (5, 6, 0)])
    scores[np.arange(9), wanted] = 10.0
    assert np.array_equal(decode_sparse(scores, [5, 4], allowed(1), 4.0), wanted)


def test_marks_tell_where_mentions_begin_and_go_on() -> None:
    words = [(0, 4), (5, 9), (10, 14), (15, 20)]
    drug = Mention(start=0, end=4, label="DRUG", text="abcd", rule="lexicon:drugs")
    event = Mention(start=0, end=14, label="CONDITION", text="abcd efgh ijkl", rule="lexicon:conditions")
    other = Mention(start=15, end=20, label="DRUG", text="mnopq", rule="name:mab")
    assert marks(words, [drug, event, other]) == ["D1C1", "C2", "C2", "d1"]


@pytest.mark.skipif(shipped() is None, reason="no trained model in this checkout")
def test_shipped_model_reads_an_effect_whole() -> None:
    text = "She developed severe painful blisters after the second infusion of gemcitabine."
    sentence = Sentence(start=0, end=len(text), section="case", block="paragraph")
    reader = load_reader(NerSettings())
    assert reader is not None
    found = {(r.mention.text, r.mention.label) for r in reader.find(text, [sentence], ())}
    assert ("gemcitabine", "DRUG") in found
    assert any("blisters" in words and label in ("TOXICITY", "CONDITION") for words, label in found)
