"""Train the weights of the relation scorer: ``python models/training/relations.py CORPORA``.

CORPORA is a folder with ``phee_train.jsonl`` (MIT), ``maccrobat_train.jsonl`` (CC BY 4.0) and
``bc5cdr_train.jsonl`` (one object a line: text, spans, relations). What is written,
``pipeline/linking/_relations/weights.tsv``, holds marks of pairs and their weights, no text.

Each corpus is read twice, once with its own mentions and once with the recognizer's, so that the scorer
knows both clean and found mentions. PHEE's sentences were chosen because they report an adverse event; so
that a drug and a disease in one sentence are not taken for one, pairs of whole case reports (MACCROBAT)
without a causal cue, and pairs of abstracts (BC5CDR) that its curators did not list, count as negative.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from reading.parts import PARTS, part_of
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline import extractors, segmentation
from pipeline.datamodel import Document, Mention
from pipeline.datamodel.vocabulary import MentionLabel, words
from pipeline.lexicon import Lexicons
from pipeline.linking._relations.cues import default_cues
from pipeline.linking._relations.pairs import LINKED, Pair, attribute_pairs, event_pairs, value_pairs
from pipeline.linking._relations.sentences import Reading, read_sentences
from pipeline.linking.relations import WEIGHTS
from pipeline.ner.context import apply_context
from pipeline.normalizers import normalize
from pipeline.process import Corridor
from pipeline.settings import Settings

STRENGTH = {"attributes": 0.3, "values": 0.3, "causes": 0.12, "treats": 0.12}  # inverse of the L1 penalty
SEEN_AT_LEAST = 4
SMALLEST = 0.05
CURATED, WITHOUT_CUE, WITH_WEAK_CUE = 0.4, 1.0, 0.4  # how much an inferred label counts against an annotated one
EXPLICIT = {"causes", "caused_by"}
WEAK = {"while_on", "developed", "stopped"}
AFTER = {"after", "following", "during"}


@dataclass
class Examples:
    """Marks, labels and weights of one model."""

    marks: list[dict[str, float]] = field(default_factory=list)
    labels: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)

    def add(self, pair: Pair, label: bool, weight: float = 1.0) -> None:
        """One more pair."""
        self.marks.append(dict.fromkeys(pair.marks, 1.0))
        self.labels.append(label)
        self.weights.append(weight)


def joined(parts: list[Examples]) -> Examples:
    """The examples of several parts as one."""
    return Examples(
        marks=[marks for part in parts for marks in part.marks],
        labels=[label for part in parts for label in part.labels],
        weights=[weight for part in parts for weight in part.weights],
    )


def documents(path: Path) -> Iterator[tuple[dict[str, Any], Document]]:
    """Each record with its segmented text."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield record, segmentation.segment(extractors.from_raw_text(record["text"]))


def annotated(record: dict[str, Any], document: Document) -> list[Mention]:
    """The corpus's own mentions; toxicities are conditions until a drug is found to cause them."""
    known = set(words(MentionLabel))
    spans = {(s["start"], s["end"], "CONDITION" if s["label"] == "TOXICITY" else s["label"]) for s in record["spans"]}
    mentions = [
        Mention(start=start, end=end, label=label, text=document.text[start:end], rule="corpus")
        for start, end, label in sorted(spans)
        if label in known
    ]
    return apply_context(document.text, document.sentences, mentions)


def readings(document: Document, mentions: list[Mention], lexicons: Lexicons) -> Iterator[Reading]:
    """The document's sentences with its mentions, normalized."""
    mentions = [normalize(mention, lexicons) for mention in mentions]
    return read_sentences(document, sorted(mentions, key=lambda m: (m.start, m.end, m.label)), default_cues())


def is_told(pair: Pair, label: str, record: dict[str, Any]) -> bool:
    """The corpus ties two spans that overlap the pair's."""
    return any(
        r["label"] == label
        and r["head"][0] < pair.head.end
        and pair.head.start < r["head"][1]
        and r["tail"][0] < pair.tail.end
        and pair.tail.start < r["tail"][1]
        for r in record["relations"]
    )


def add_phee(record: dict[str, Any], found: Iterator[Reading], models: dict[str, Examples]) -> None:
    """All relations are annotated."""
    for reading in found:
        for pair in attribute_pairs(reading, reading.of(*LINKED)):
            models["attributes"].add(pair, is_told(pair, f"{pair.head.label}_OF", record))
        for pair in event_pairs(reading):
            models["causes"].add(pair, is_told(pair, "CAUSES", record))
            models["treats"].add(pair, is_told(pair, "TREATS", record))


def add_maccrobat(record: dict[str, Any], found: Iterator[Reading], models: dict[str, Examples]) -> None:
    """Causes are not annotated: only pairs without an explicit causal cue count, as negative."""
    for reading in found:
        for pair in attribute_pairs(reading, reading.of(*LINKED)):
            models["attributes"].add(pair, is_told(pair, f"{pair.head.label}_OF", record))
        for pair in value_pairs(reading, reading.of("VALUE")):
            models["values"].add(pair, is_told(pair, "VALUE_OF", record))
        for pair in event_pairs(reading):
            low, high = sorted((pair.head, pair.tail), key=lambda m: m.start)
            gap = reading.between(low.end, high.start)
            kinds = reading.cues.kinds_in(gap)
            if not kinds & EXPLICIT or (AFTER & set(gap) and not reading.kinds & WEAK):
                weak = kinds & WEAK or AFTER & set(gap)
                models["causes"].add(pair, False, WITH_WEAK_CUE if weak else WITHOUT_CUE)


def add_bc5cdr(record: dict[str, Any], found: Iterator[Reading], models: dict[str, Examples]) -> None:
    """The curators listed what a chemical induces in the abstract, not where it says so."""
    codes = {(s["start"], s["end"]): str(s.get("mesh", "")).split("|") for s in record["spans"]}
    curated = {tuple(pair) for pair in record["cid"]}
    for reading in found:
        for pair in event_pairs(reading):
            drug, disease = (codes[(m.start, m.end)] for m in (pair.head, pair.tail))
            models["causes"].add(pair, any((a, b) in curated for a in drug for b in disease), CURATED)


def fitted(name: str, examples: Examples) -> list[tuple[str, float]]:
    """Marks and weights of one model, those of no weight left out."""
    counts = Counter(mark for marks in examples.marks for mark in marks)
    rows = [{m: 1.0 for m in marks if counts[m] >= SEEN_AT_LEAST} for marks in examples.marks]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    labels = np.array(examples.labels)
    model = LogisticRegression(C=STRENGTH[name], l1_ratio=1, solver="liblinear", max_iter=500, random_state=0)
    model.fit(matrix, labels, sample_weight=np.array(examples.weights))
    kept = [(m, w) for m, w in zip(vectorizer.feature_names_, model.coef_[0], strict=True) if abs(w) >= SMALLEST]
    print(f"{name}: {len(labels)} pairs, {labels.mean():.0%} related, {len(kept)} marks kept")
    return [("(bias)", float(model.intercept_[0])), *sorted(kept)]


def collected(corpora: Path, corridor: Corridor) -> list[dict[str, Examples]]:
    """The examples of the four models, by the part that their document belongs to."""
    recognizer, lexicons = corridor.recognizer, corridor.lexicons
    parts = [{name: Examples() for name in STRENGTH} for _ in range(PARTS)]
    for corpus, add in (("phee_train", add_phee), ("maccrobat_train", add_maccrobat)):
        for record, document in documents(corpora / f"{corpus}.jsonl"):
            models = parts[part_of(str(record["id"]))]
            add(record, readings(document, annotated(record, document), lexicons), models)
            add(record, readings(document, list(recognizer.recognize(document)), lexicons), models)
    for record, document in documents(corpora / "bc5cdr_train.jsonl"):
        found = readings(document, annotated(record, document), lexicons)
        add_bc5cdr(record, found, parts[part_of(str(record["id"]))])
    return parts


def write(path: Path, parts: list[dict[str, Examples]]) -> None:
    """Fit the four models on these parts and write their weights."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("# model\tmark\tweight; made by models/training/relations.py\n")
        for name in STRENGTH:
            for mark, weight in fitted(name, joined([part[name] for part in parts])):
                file.write(f"{name}\t{mark}\t{weight:.3f}\n")


def main() -> None:
    """Read the corpora, fit the four models, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    began = time.monotonic()
    write(arguments.output, collected(arguments.corpora, Corridor.build(Settings())))
    print(f"{arguments.output} in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
