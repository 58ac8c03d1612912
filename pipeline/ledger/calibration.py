"""Learning from curators: how far rows can be trusted, refitted from what was accepted, edited and rejected.

The shipped weights are where the fit begins and what it is drawn back to, so that few decisions change little. Nothing
but ``confidence``, ``slot_confidence`` and the order of the queue is touched.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from pipeline.datamodel import Fact, Regimen
from pipeline.datamodel.vocabulary import FactKind
from pipeline.ledger.decision import Cells
from pipeline.ledger.fitting import about
from pipeline.ledger.replay import CuratedRow
from pipeline.linking.confidence import SLOTS, features, probability, shipped_weights, slot_features, slots_of
from pipeline.tables import fact_of
from pipeline.tables.review import flag_errors

_PULL = 1 / 0.3  # the L2 penalty that the shipped weights were fitted with, here towards them
_FLAG_PRIOR = 10  # judged rows that the shipped estimate of a flag counts as
_STEPS = 30
_SMALLEST_STEP = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A machine's row that a curator has decided on.

    Attributes:
        right: it was kept, and still is about the same therapy, event, response or analyte.
        faultless: it was accepted as it was.
        cells: of its columns that the curator could have changed, whether they were right; of right regimens.
    """

    doc_id: str
    kind: FactKind
    fact: Fact
    right: bool
    faultless: bool
    cells: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Weights of the confidence models, by kind and of cells, and how often a flag means that a row is wrong."""

    weights: Mapping[str, Mapping[str, float]]
    flags: Mapping[str, float]


def shipped() -> Calibration:
    """What casebook comes with."""
    return Calibration(weights=shipped_weights(), flags=flag_errors())


def judged(rows: Iterable[CuratedRow]) -> list[Judged]:
    """The decided ones among the machine's rows, each as the machine had it."""
    return [_judge(row) for row in rows if row.kind != "case" and row.status != "auto" and not row.added]


def refitted(rows: Sequence[Judged], before: Calibration) -> Calibration:
    """The calibration that the decisions speak for, drawn towards the one before."""
    weights = {kind: _fit(list(_examples(rows, kind)), old) for kind, old in before.weights.items()}
    return Calibration(weights=weights, flags=_flags(rows, before.flags))


def confidence_of(kind: FactKind, fact: Fact, by: Calibration) -> float:
    """A row's confidence under a calibration."""
    return probability(features(fact), by.weights[kind])


def held_out(rows: Sequence[Judged], before: Calibration, folds: int = 10) -> list[tuple[Judged, Calibration]]:
    """Each row with a calibration that has not seen its document."""
    documents = sorted({row.doc_id for row in rows})
    fold_of = {doc_id: place % min(folds, len(documents)) for place, doc_id in enumerate(documents)}
    made = {
        fold: refitted([row for row in rows if fold_of[row.doc_id] != fold], before)
        for fold in sorted(set(fold_of.values()))
    }
    return [(row, made[fold_of[row.doc_id]]) for row in rows]


def _judge(row: CuratedRow) -> Judged:
    assert row.kind != "case"
    machine: Cells = {**row.cells, **row.machine}
    same = about(row.kind, machine)[0] == about(row.kind, row.cells)[0]
    about_same = all(name not in row.machine for name in ("attribution", "assertion", "case_id"))
    right = row.status != "rejected" and same and about_same
    fact = fact_of(row.kind, machine)
    cells = {name: name not in row.machine for name in slots_of(fact)} if right and isinstance(fact, Regimen) else {}
    return Judged(
        doc_id=machine["doc_id"],
        kind=row.kind,
        fact=fact,
        right=right,
        faultless=row.status == "accepted",
        cells=cells,
    )


def _examples(rows: Iterable[Judged], kind: str) -> Iterator[tuple[dict[str, float], bool]]:
    for row in rows:
        if kind == row.kind:
            yield features(row.fact), row.right
        elif kind == SLOTS and isinstance(row.fact, Regimen):
            yield from ((slot_features(row.fact, name), right) for name, right in row.cells.items())


def _fit(examples: Sequence[tuple[Mapping[str, float], bool]], before: Mapping[str, float]) -> dict[str, float]:
    """Weights that tell right from wrong, by Newton's method; a penalty draws them to those before."""
    names = list(before)
    start = np.array([before[name] for name in names])
    if not examples:
        return dict(before)
    marks = np.array([[found.get(name, 0.0) for name in names] for found, _ in examples])
    truth = np.array([right for _, right in examples], dtype=float)
    weights = start.copy()

    def loss(at: "np.ndarray[Any, Any]") -> float:
        scores = marks @ at
        return float(np.logaddexp(0, scores).sum() - truth @ scores + _PULL / 2 * ((at - start) ** 2).sum())

    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-(marks @ weights)))
        slope = marks.T @ (likely - truth) + _PULL * (weights - start)
        bend = (marks.T * (likely * (1 - likely))) @ marks + _PULL * np.eye(len(names))
        step = np.linalg.solve(bend, slope)
        # A whole step may leap over the valley where nearly all rows are judged alike.
        while loss(weights - step) > loss(weights) and np.abs(step).max() > _SMALLEST_STEP:
            step /= 2
        weights -= step
        if np.abs(step).max() < _SMALLEST_STEP:
            break
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def _flags(rows: Sequence[Judged], before: Mapping[str, float]) -> dict[str, float]:
    """How often a row with the flag is not accepted as it is; the estimate before counts as so many rows."""
    errors = {}
    for flag, error in before.items():
        raised = [row for row in rows if flag in row.fact.flags]
        wrong = sum(not row.faultless for row in raised)
        errors[flag] = round((_FLAG_PRIOR * error + wrong) / (_FLAG_PRIOR + len(raised)), 3)
    return errors
