"""Fit how far rows can be trusted: ``python models/training/confidence.py RUN GOLD [--first-sight RUN GOLD]``.

RUN is a run directory that ``casebook run --fresh`` has just written, GOLD a folder with hand-written gold for its
documents. Rows of documents that the rules were mended on are more often right than those of new ones: a run of a
time when nobody had looked at its documents (``--first-sight``) keeps the confidence from being too bold.

Each affirmed row about a patient is right where it states a gold row, optional ones included. Logistic models over
:func:`pipeline.linking.confidence.features` are fitted per table, and one over the cells of the regimens that are
right as rows; L2, the same folds each time, documents never split between folds.

Writes ``pipeline/linking/confidence.toml`` and the figures in ``docs/accuracy.md``, and prints these.
"""

import argparse
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from pipeline.datamodel import Fact, Regimen
from pipeline.evaluation import Match, evaluate
from pipeline.evaluation.comparing import column_of
from pipeline.evaluation.gold import FACTS
from pipeline.linking.confidence import KINDS, SLOTS, WEIGHTS, features, slot_features, slots_of
from pipeline.store import decode
from pipeline.tables import keyed

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "docs" / "accuracy.md"
MARKS = ("<!-- figures: made by make confidence -->", "<!-- end of figures -->")
STRENGTH = 0.3  # inverse of the L2 penalty
FOLDS, SEED, BINS = 10, 20, 10
JUDGED_AT_LEAST = 5  # judged cells below which nothing is said of a column
SMALLEST = 0.02
# What can only speak for a row, and what only against it: a weight of the other sign is chance and left out.
FOR = (
    "told_again",
    "narrative",
    "tied",
    "own_words",
    "coded",
    "dosed",
    "stated",
    "classified",
    "followed",
    "with_unit",
)
AGAINST = ("ambiguous_attribution", "ambiguous_link", "unknown_term", "class_name", "by_pattern", "placed", "beside")


@dataclass
class Judged:
    """Rows or cells of one model: what it looks at, whether right, and the document."""

    found: list[dict[str, float]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)

    def add(self, found: dict[str, float], right: bool, document: str) -> None:
        """One more."""
        self.found.append(found)
        self.right.append(right)
        self.documents.append(document)


def stored_rows(run: Path) -> dict[str, Fact]:
    """The run's rows by their ``evidence_id``, as linking made them."""
    results = [decode(path.read_bytes()) for path in sorted(run.glob(".cache/results/*/*.json"))]
    return {entry.evidence_id: entry.fact for result in results for entry in keyed(result).facts}


def judged(*runs: tuple[Path, Path]) -> dict[str, Judged]:
    """What the gold says of the rows and cells of runs, by model."""
    found = {name: Judged() for name in (*KINDS.values(), SLOTS)}
    for run, gold in runs:
        _judge(run, gold, found)
    return found


def _judge(run: Path, gold: Path, found: Mapping[str, Judged]) -> None:
    rows = stored_rows(run)
    for score in evaluate(run, gold):
        for match in score.matches:
            row = rows[match.row["evidence_id"]]
            if row.assertion != "affirmed":
                continue
            found[KINDS[type(row)]].add(features(row), match.wanted is not None, score.doc_id)
            for column, right in judged_cells(row, match):
                found[SLOTS].add(slot_features(row, column), right, score.doc_id)


def judged_cells(row: Fact, match: Match) -> Iterator[tuple[str, bool]]:
    """The cells of a regimen that the gold speaks of."""
    if isinstance(row, Regimen) and match.wanted is not None:
        stated = set(slots_of(row))
        columns = ((column_of(match.table, slot), right) for slot, right in match.slots.items())
        yield from ((column, right) for column, right in columns if column in stated)


def fitted(rows: Judged) -> dict[str, float]:
    """Weights by name, of a model over all rows; small ones are left out."""
    names, marks, right = _matrix(rows)
    bias, weights = _fit(names, marks, right)
    told = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
    return {"one": round(bias, 3)} | {name: weight for name, weight in told.items() if abs(weight) >= SMALLEST}


def held_out(rows: Judged) -> np.ndarray:
    """For each row, what a model says of it that has not seen its document."""
    names, marks, right = _matrix(rows)
    documents = sorted(set(rows.documents))
    np.random.default_rng(SEED).shuffle(documents)
    fold_of = {document: i % FOLDS for i, document in enumerate(documents)}
    folds = np.array([fold_of[document] for document in rows.documents])
    said = np.zeros(len(right))
    for fold in sorted(set(folds)):
        seen = folds != fold
        bias, weights = _fit(names, marks[seen], right[seen])
        said[~seen] = 1 / (1 + np.exp(-(bias + marks[~seen] @ weights)))
    return said.round(2).clip(0.01, 0.99)


def _matrix(rows: Judged) -> tuple[list[str], np.ndarray, np.ndarray]:
    vectors = DictVectorizer(sparse=False)
    marks = vectors.fit_transform([{n: v for n, v in found.items() if n != "one"} for found in rows.found])
    return list(vectors.get_feature_names_out()), marks, np.array(rows.right)


def _fit(names: Sequence[str], marks: np.ndarray, right: np.ndarray) -> tuple[float, np.ndarray]:
    """Bias and weights; those of the wrong sign are taken out one after the other, the worst first.

    Where all rows are right, or none is, the bias is the share by Laplace's rule.
    """
    if right.all() or not right.any():
        share = (right.sum() + 1) / (len(right) + 2)
        return float(np.log(share / (1 - share))), np.zeros(len(names))
    signs = np.array([1 if name in FOR else -1 if name in AGAINST else 0 for name in names])
    kept = np.ones(len(names), dtype=bool)
    while True:
        model = LogisticRegression(C=STRENGTH, max_iter=2000).fit(marks * kept, right)
        weights = model.coef_[0] * kept
        wrong = weights * signs
        if wrong.min() >= 0:
            return float(model.intercept_[0]), weights
        kept[wrong.argmin()] = False


def bins(said: np.ndarray, right: np.ndarray) -> Iterator[tuple[int, int, float, float]]:
    """Bin, rows in it, mean confidence, share right; empty bins are left out."""
    places = np.minimum((said * BINS).astype(int), BINS - 1)
    for place in range(BINS):
        here = places == place
        if here.any():
            yield place, int(here.sum()), float(said[here].mean()), float(right[here].mean())


def calibration_error(said: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error: the gap between confidence and share right, weighted by rows."""
    return sum(count * abs(mean - share) for _, count, mean, share in bins(said, right)) / len(said)


def figures(found: Mapping[str, Judged], new: Collection[str]) -> list[str]:
    """Markdown: the errors per table, of documents ``new`` to the rules, and the reliability table over all rows."""
    said = {name: held_out(rows) for name, rows in found.items()}
    right = {name: np.array(rows.right, dtype=float) for name, rows in found.items()}
    tables = list(KINDS.values())
    unseen = {name: np.isin(found[name].documents, sorted(new)) for name in tables}
    said["unseen"] = np.concatenate([said[name][unseen[name]] for name in tables])
    right["unseen"] = np.concatenate([right[name][unseen[name]] for name in tables])
    said["all rows"] = np.concatenate([said[name] for name in tables])
    right["all rows"] = np.concatenate([right[name] for name in tables])
    lines = [
        "| rows of | judged | right | mean confidence | expected calibration error |",
        "| --- | --: | --: | --: | --: |",
    ]
    labels = dict(zip(tables, FACTS, strict=True)) | {"all rows": "**all**", SLOTS: "cells of regimens"}
    if new:
        labels["unseen"] = f"the {len(new)} documents at first sight"
    for name, label in labels.items():
        p, y = said[name], right[name]
        lines.append(f"| {label} | {len(y)} | {y.mean():.2f} | {p.mean():.2f} | {calibration_error(p, y):.3f} |")
    lines += ["", "| confidence | rows | mean confidence | right |", "| --- | --: | --: | --: |"]
    for place, count, mean, share in bins(said["all rows"], right["all rows"]):
        lines.append(f"| {place / BINS:.1f} to {(place + 1) / BINS:.1f} | {count} | {mean:.2f} | {share:.2f} |")
    return lines


def known(rows: Judged) -> Judged:
    """Cells of the columns that are judged often enough."""
    seen: dict[str, int] = defaultdict(int)
    for found in rows.found:
        seen[_column(found)] += 1
    kept = Judged()
    for found, right, document in zip(rows.found, rows.right, rows.documents, strict=True):
        if seen[_column(found)] >= JUDGED_AT_LEAST:
            kept.add(found, right, document)
    return kept


def _column(found: Mapping[str, float]) -> str:
    return list(found)[1]


def write_weights(found: Mapping[str, Judged], told: Sequence[str]) -> None:
    """The weights file with what it was made of."""
    rows = sum(len(found[name].right) for name in KINDS.values())
    documents = len({document for judged_rows in found.values() for document in judged_rows.documents})
    lines = [
        "# Weights of the confidence models, a table a kind of fact and one for the cells of regimens.",
        f"# Made by models/training/confidence.py of {rows} rows in {documents} documents with hand-written gold;",
        f"# logistic regression, L2 with C = {STRENGTH}; figures below: {FOLDS} folds over documents, held out.",
        "#",
        *(f"# {line}".rstrip() for line in told),
    ]
    for name in (*KINDS.values(), SLOTS):
        lines += ["", f"[{name}]"]
        weights = fitted(found[name])
        if name == SLOTS:  # a column that is judged has its confidence, however small its weight
            weights |= {column: weights.get(column, 0.0) for column in sorted({_column(f) for f in found[name].found})}
        lines += [f"{key} = {weight}" for key, weight in weights.items()]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_report(told: Sequence[str]) -> None:
    """The figures into the document, between its marks."""
    text = REPORT.read_text(encoding="utf-8")
    before, _, rest = text.partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    REPORT.write_text("\n".join([before + MARKS[0], "", *told, "", MARKS[1] + after]), encoding="utf-8")


def main() -> None:
    """Fit, write, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--first-sight", nargs=2, type=Path, metavar=("RUN", "GOLD"), default=())
    arguments = parser.parse_args()
    first_sight = tuple(arguments.first_sight)
    found = judged((arguments.run, arguments.gold), *([first_sight] if first_sight else []))
    found[SLOTS] = known(found[SLOTS])
    new = {path.stem for path in first_sight[1].glob("*.yaml")} if first_sight else set()
    told = figures(found, new)
    write_weights(found, told)
    write_report(told)
    print("\n".join(told))


if __name__ == "__main__":
    main()
