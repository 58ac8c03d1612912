"""Fit how the rules and the trained reader are weighed: ``python models/training/agreement.py CORPORA [READER]``.

CORPORA is the folder of ``train.py``; READER the folder of the readers that it made, each of which has not seen a
part of any corpus. Each part is read by the rules and by its reader, and for each label of each kind of text a
logistic model learns how often what is told like this is right. What is written, ``pipeline/ner/agreement.tsv``
and ``text_kind.tsv``, holds marks and their weights, no text. Prints how true the probabilities are on texts
that the model was not fitted on (cross-validation), as a table for the model card.
"""

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from reading.parts import PARTS, part_of
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline import extractors, segmentation
from pipeline.datamodel import Mention
from pipeline.lexicon import load_lexicons
from pipeline.logistic import AT_LEAST, BIAS
from pipeline.ner import Recognizer, agreement, text_kind
from pipeline.ner.agreement import styles_for
from pipeline.ner.candidates import Proposals
from pipeline.ner.model_reader import ModelReader, load_reader
from pipeline.ner.reading import Reading
from pipeline.ner.text_kind import TextKind, traits
from pipeline.settings import NerSettings
from pipeline.toml import read_toml

READER = Path(__file__).parents[2] / "build" / "held_out_reader"
CORPORA = {"lone": "phee_train.jsonl", "abstract": "bc5cdr_train.jsonl", "report": "maccrobat_train.jsonl"}
SEEN_AT_LEAST = 5
SMALLEST = 0.02
STRENGTH = 1.0  # inverse of the L2 penalty
FOLDS = 5
FLAT = 0.003
LEAST = [step / 20 for step in range(5, 14)]
Row = tuple[int, int, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Told:
    """One document: its gold spans, what the rules found and what the reader marked."""

    key: str
    text: str
    gold: dict[str, set[tuple[int, int]]]
    ruled: tuple[Mention, ...]
    readings: list[Reading]


def held_out(corpora: Path, kind: str, recognizer: Recognizer, readers: Sequence[ModelReader]) -> Iterator[Told]:
    """The documents of a corpus, each read by the reader that has not seen it."""
    styles = styles_for(replace(TextKind(lone=0.0, abstract=0.0, report=0.0), **{kind: 1.0}))
    for line in (corpora / CORPORA[kind]).read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        key = str(given["id"])
        document = segmentation.segment(extractors.from_raw_text(given["text"]))
        ruled = recognizer.recognize(document)
        gold: dict[str, set[tuple[int, int]]] = {}
        for span in given["spans"]:
            gold.setdefault(span["label"], set()).add((span["start"], span["end"]))
        readings = readers[part_of(key)].find(given["text"], document.sentences, ruled, styles)
        yield Told(key, given["text"], gold, ruled, readings)


def fitted(rows: Sequence[dict[str, float]], right: Sequence[bool]) -> dict[str, float]:
    """Marks and weights of a logistic model."""
    counts = Counter(mark for marks in rows for mark in marks)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{m: v for m, v in r.items() if counts[m] >= SEEN_AT_LEAST} for r in rows])
    model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(matrix, np.array(right))
    weights = dict(zip(vectorizer.feature_names_, model.coef_[0].tolist(), strict=True))
    return {BIAS: float(model.intercept_[0]), **{m: w for m, w in weights.items() if abs(w) >= SMALLEST}}


def probability(weights: dict[str, float], marks: dict[str, float]) -> float:
    """As :meth:`pipeline.logistic.LogisticModels.of_values`."""
    total = weights[BIAS] + sum(weights.get(mark, 0.0) * value for mark, value in marks.items())
    return float(1 / (1 + np.exp(-total)))


def f1(judged: Sequence[tuple[float, bool, bool]], gold: int, least: float) -> float:
    """Of the candidates that are taken at this least probability; one that overlaps a likelier one is not taken."""
    right = sum(good for p, good, first in judged if p >= least and first)
    taken = sum(p >= least and first for p, _, first in judged)
    return 2 * right / max(taken + gold, 1)


def threshold(judged: Sequence[tuple[float, bool, bool]], gold: int) -> float:
    """The middle of the probabilities that serve about equally well: the very best one is mostly chance."""
    found = {least: f1(judged, gold, least) for least in LEAST}
    good = [least for least, score in found.items() if score >= max(found.values()) - FLAT]
    return round(float(np.mean(good)), 2)


def crossed(
    documents: list[list[Row]], gold: list[set[tuple[int, int]]], keys: list[str]
) -> list[tuple[float, bool, bool]]:
    """Each candidate's probability by a model that did not see its document, whether it is right and whether free."""
    judged = []
    folds = [fold_of(key) for key in keys]
    for fold in range(FOLDS):
        seen = [i for i in range(len(documents)) if folds[i] != fold]
        weights = fitted(
            [marks for i in seen for *_, marks in documents[i]],
            [(start, end) in gold[i] for i in seen for start, end, _ in documents[i]],
        )
        for i in (i for i in range(len(documents)) if folds[i] == fold):
            taken: list[tuple[int, int]] = []
            told = [(probability(weights, marks), start, end) for start, end, marks in documents[i]]
            for p, start, end in sorted(told, key=lambda each: (-each[0], each[1:])):
                free = not any(start < e and s < end for s, e in taken)
                judged.append((p, (start, end) in gold[i], free))
                taken += [(start, end)] * free
    return judged


def fold_of(key: str) -> int:
    """Sentences of one document stay in one fold, which has documents of each part."""
    return zlib.crc32(key.split("_")[0].encode()) // PARTS % FOLDS


def reliability(name: str, judged: Sequence[tuple[float, bool, bool]], gold: int, least: float) -> str:
    """A line of the model card: what is taken, how sure it is said to be, how often it is right, the gap, exact F1."""
    taken = [(p, good) for p, good, free in judged if free and p >= least]
    bins: dict[int, list[tuple[float, bool]]] = {}
    for p, good in taken:
        bins.setdefault(min(int(p * 10), 9), []).append((p, good))
    gap = sum(abs(sum(p for p, _ in b) - sum(g for _, g in b)) for b in bins.values()) / max(len(taken), 1)
    said, right = np.mean([p for p, _ in taken]), np.mean([good for _, good in taken])
    kind, label = name.split(".")
    return f"| {kind} | {label} | {len(taken)} | {said:.2f} | {right:.2f} | {gap:.3f} | {f1(judged, gold, least):.3f} |"


def fitted_kind(corpora: Path, recognizer: Recognizer) -> dict[str, float]:
    """What tells reports from abstracts."""
    rows, right = [], []
    for kind in ("abstract", "report"):
        for line in (corpora / CORPORA[kind]).read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            document = segmentation.segment(extractors.from_raw_text(text))
            rows.append(traits(text, recognizer.recognize(document)))
            right.append(kind == "report")
    model = LogisticRegression(max_iter=5000).fit(np.array([list(row.values()) for row in rows]), np.array(right))
    return {BIAS: float(model.intercept_[0]), **dict(zip(rows[0], model.coef_[0].tolist(), strict=True))}


def write(path: Path, models: dict[str, dict[str, float]]) -> None:
    """The models as a file of lines of model, mark and weight."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("# model\tmark\tweight; made by models/training/agreement.py\n")
        for model, weights in models.items():
            file.writelines(f"{model}\t{mark}\t{weight:.3f}\n" for mark, weight in sorted(weights.items()))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("reader", type=Path, nargs="?", default=READER)
    arguments = parser.parse_args()
    recognizer = Recognizer(NerSettings(model="none"), load_lexicons())
    loaded = (load_reader(NerSettings(model=str(arguments.reader / str(part)))) for part in range(PARTS))
    readers = [reader for reader in loaded if reader is not None]
    rules = read_toml(agreement.RULES)
    write(text_kind.WEIGHTS, {"report": fitted_kind(arguments.corpora, recognizer)})
    models = {}
    for kind in CORPORA:
        documents = list(held_out(arguments.corpora, kind, recognizer, readers))
        for label in [label for label, mode in rules["modes"][kind].items() if mode == "weigh"]:
            rows, gold = [], [told.gold.get(label, set()) for told in documents]
            for told in documents:
                found = Proposals(told.text, told.ruled, told.readings).candidates(label, rules["styles"][label][kind])
                rows.append([(c.start, c.end, c.marks) for c in found])
            judged, marked = crossed(rows, gold, [told.key for told in documents]), sum(map(len, gold))
            least = threshold(judged, marked)
            print(reliability(f"{kind}.{label}", judged, marked, least), flush=True)
            right = [(s, e) in places for row, places in zip(rows, gold, strict=True) for s, e, _ in row]
            models[f"{kind}.{label}"] = {AT_LEAST: least, **fitted([m for row in rows for *_, m in row], right)}
    write(agreement.WEIGHTS, models)


if __name__ == "__main__":
    main()
