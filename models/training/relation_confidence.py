"""Fit how sure relations are: ``python models/training/relation_confidence.py CORPORA [READERS]``.

CORPORA is the folder of ``relations.py``; READERS that of the readers that ``train.py`` made. Each document is read by
the reader, and its pairs scored by weights, that have not seen the part that it belongs to. For each kind of relation a
logistic model (Platt scaling, a term for each rule) then learns how often what is told like this is right: the corpus
ties two spans that overlap these. What is written, ``pipeline/linking/_relations/calibration.tsv``, holds marks and
weights, no text; the figures in ``docs/accuracy.md`` are of documents that the model was not fitted on.
"""

import argparse
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from agreement import FOLDS, READER, fold_of
from reading.parts import PARTS, part_of
from relations import collected, documents, write
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline.datamodel import Relation
from pipeline.linking.relations import CALIBRATION, scored, traits
from pipeline.logistic import BIAS, LogisticModels, logistic
from pipeline.process import Corridor
from pipeline.settings import NerSettings, Settings

REPORT = Path(__file__).resolve().parents[2] / "docs" / "accuracy.md"
MARKS = ("<!-- figures of relations: made by make models -->", "<!-- end of figures of relations -->")
# What a corpus annotates completely enough to say that a relation is wrong.
JUDGED = {
    "phee_train": ("CAUSES", "TREATS", "DOSE_OF", "ROUTE_OF", "FREQUENCY_OF", "DURATION_OF"),
    "maccrobat_train": ("DOSE_OF", "ROUTE_OF", "VALUE_OF"),
}
STRENGTH = 1.0  # inverse of the L2 penalty
SEEN_AT_LEAST = 10
JUDGED_AT_LEAST = 300  # of fewer the calibration is itself mostly chance
BINS = 10


@dataclass
class Judged:
    """Relations of one label: what the calibration looks at, whether right, and the document."""

    traits: list[dict[str, float]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def is_right(relation: Relation, record: dict[str, Any]) -> bool:
    """The corpus ties two spans that overlap these."""
    head, tail = relation.head, relation.tail
    return any(
        r["label"] == relation.label
        and r["head"][0] < head.end
        and head.start < r["head"][1]
        and r["tail"][0] < tail.end
        and tail.start < r["tail"][1]
        for r in record["relations"]
    )


def found(corpora: Path, readers: Path) -> Iterator[tuple[str, dict[str, Any], Relation]]:
    """The relations of all documents as one tells them who has not seen the document, with the corpus's record."""
    examples = collected(corpora, Corridor.build(Settings()))
    for part in range(PARTS):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "weights.tsv")
            write(path, [seen for number, seen in enumerate(examples) if number != part])
            models = LogisticModels(path)
        corridor = Corridor.build(Settings(ner=NerSettings(model=str(readers / str(part)))))
        for corpus in JUDGED:
            for record, document in documents(corpora / f"{corpus}.jsonl"):
                if part_of(str(record["id"])) == part:
                    _, relations = scored(document, corridor.mentions(document, phrases=True), models)
                    yield from ((corpus, record, relation) for relation in relations)


def fitted(judged: Judged, places: list[int]) -> dict[str, float]:
    """Marks and weights of a logistic model over some of the relations."""
    counts = Counter(mark for i in places for mark in judged.traits[i])
    rows = [{m: v for m, v in judged.traits[i].items() if counts[m] >= SEEN_AT_LEAST} for i in places]
    vectorizer = DictVectorizer()
    model = LogisticRegression(C=STRENGTH).fit(vectorizer.fit_transform(rows), [judged.right[i] for i in places])
    weights = dict(zip(vectorizer.feature_names_, model.coef_[0].tolist(), strict=True))
    return {BIAS: float(model.intercept_[0]), **weights}


def probability(weights: dict[str, float], marks: dict[str, float]) -> float:
    """As :meth:`pipeline.logistic.LogisticModels.of_values`."""
    return logistic(weights[BIAS] + sum(weights.get(mark, 0.0) * value for mark, value in marks.items()))


def crossed(judged: Judged) -> list[float]:
    """Each relation's probability by a model that was fitted on other documents."""
    folds = [fold_of(key) for key in judged.keys]
    told = [0.0] * len(folds)
    for fold in range(FOLDS):
        weights = fitted(judged, [i for i, of in enumerate(folds) if of != fold])
        for i in (i for i, of in enumerate(folds) if of == fold):
            told[i] = probability(weights, judged.traits[i])
    return told


def gap(told: list[float], right: list[bool]) -> float:
    """The expected calibration error over ten bins."""
    bins = defaultdict(list)
    for p, good in zip(told, right, strict=True):
        bins[min(int(p * BINS), BINS - 1)].append(p - good)
    return sum(abs(sum(each)) for each in bins.values()) / len(told)


def line(label: str, judged: Judged) -> str:
    """A row of the table: what was said before and after the calibration, and what is right."""
    before = [logistic(marks["odds"]) for marks in judged.traits]
    told = crossed(judged)
    figures = f"{np.mean(judged.right):.2f} | {np.mean(told):.2f}"
    return f"| {label} | {len(told)} | {figures} | {gap(before, judged.right):.3f} | {gap(told, judged.right):.3f} |"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("readers", type=Path, nargs="?", default=READER)
    arguments = parser.parse_args()
    by_label: dict[str, Judged] = defaultdict(Judged)
    for corpus, record, relation in found(arguments.corpora, arguments.readers):
        if relation.label in JUDGED[corpus]:
            judged = by_label[relation.label]
            judged.traits.append(traits(relation))
            judged.right.append(is_right(relation, record))
            judged.keys.append(str(record["id"]))
    fit = {label: judged for label, judged in sorted(by_label.items()) if len(judged.right) >= JUDGED_AT_LEAST}
    table = [
        "| relation | judged | right | mean confidence | error before calibration | error after |",
        "| --- | --: | --: | --: | --: | --: |",
        *(line(label, judged) for label, judged in fit.items()),
    ]
    print("\n".join(table))
    with CALIBRATION.open("w", encoding="utf-8", newline="\n") as file:
        file.write("# model\tmark\tweight; made by models/training/relation_confidence.py\n")
        for label, judged in fit.items():
            weights = fitted(judged, list(range(len(judged.right))))
            file.writelines(f"{label}\t{mark}\t{weight:.3f}\n" for mark, weight in sorted(weights.items()))
    head, _, rest = REPORT.read_text(encoding="utf-8").partition(MARKS[0])
    _, _, tail = rest.partition(MARKS[1])
    REPORT.write_text("\n\n".join([head + MARKS[0], "\n".join(table), MARKS[1] + tail]), encoding="utf-8")


if __name__ == "__main__":
    main()
