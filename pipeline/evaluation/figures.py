"""Counts become figures: precision, recall, F1, shares; and a report to be read."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.evaluation.gold import FACTS
from pipeline.evaluation.scoring import DocumentScore

_SHARES = {
    "cohort": ("cohort_recall", "found"),
    "recommendation": ("recommendation_recall", "found"),
    "doc_type": ("doc_type", "right"),
    "case_slots": ("case_slots", "right"),
    "case_number": ("case_number", "right"),
}
_HEADS = ("P", "R", "F1", "slots")


def summary(scores: Sequence[DocumentScore]) -> dict[str, Any]:
    """The figures over all documents; a share of nothing is None.

    ``P``, ``R`` and ``F1`` are of affirmed rows about patients; ``slots`` is the share right of all slots that the
    gold states, those of missing rows included.
    """
    totals: dict[str, Counter[str]] = {}
    for score in scores:
        for group, counts in score.counts.items():
            totals.setdefault(group, Counter()).update(counts)
    told: dict[str, Any] = {table: _rows([totals[table]]) for table in FACTS}
    told["all"] = _rows(totals[table] for table in FACTS)
    for group, (name, part) in _SHARES.items():
        told[name] = _share(totals[group][part], totals[group]["wanted"])
    told["traps_sprung"] = f"{totals['traps']['sprung']}/{totals['traps']['set']}"
    told["flags_raised"] = f"{totals['flags']['raised']}/{totals['flags']['wanted']}"
    return told


def report(scores: Sequence[DocumentScore], verbose: bool = False) -> Iterator[str]:
    """Lines to be read: a table of the figures; with ``verbose``, each document's misses before it."""
    for score in scores if verbose else ():
        yield f"== {score.doc_id}"
        yield from (f"   {note}" for note in score.notes)
    told = summary(scores)
    yield f"{'':14}{'gold':>6}" + "".join(f"{head:>8}" for head in _HEADS)
    for name in (*FACTS, "all"):
        cells = (told[name][head] for head in _HEADS)
        yield f"{name:14}{told[name]['gold']:6}" + "".join(f"{_shown(cell):>8}" for cell in cells)
    for name, figure in told.items():
        if not isinstance(figure, dict):
            yield f"{name:24}{_shown(figure)}"


def _rows(counts: Iterable[Counter[str]]) -> dict[str, Any]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    precision = _share(total["found"], total["found"] + total["extra"])
    recall = _share(total["found"], total["found"] + total["missing"])
    f1 = round(2 * precision * recall / (precision + recall), 4) if precision and recall else 0.0
    return {
        "gold": total["found"] + total["missing"],
        "P": precision,
        "R": recall,
        "F1": f1,
        "slots": _share(total["slots_right"], total["slots"]),
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _shown(figure: float | str | None) -> str:
    return "-" if figure is None else figure if isinstance(figure, str) else f"{figure:.3f}"
