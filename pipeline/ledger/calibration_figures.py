"""What a calibration is worth: figures of rows whose documents it has not seen, beside those of the one before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UsageError
from pipeline.ledger.calibration import Calibration, Judged, confidence_of
from pipeline.tables.review import doubt, price
from pipeline.toml import TOMLDecodeError, read_toml

FILE = "calibration.toml"
"""Where a run directory keeps its calibration."""

_BINS = 10
_FLAGS = "flags"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Of some rows: how many, the share right, Brier score and expected calibration error, before and after."""

    rows: int
    right: float
    brier: tuple[float, float]
    error: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """Figures by kind, ``all`` among them; and of the queue the average precision of rows that needed a curator."""

    figures: Mapping[str, Figures]
    queue: tuple[float, float]

    @property
    def is_better(self) -> bool:
        """Whether the refitted confidence is nearer to the truth on documents that it has not seen."""
        before, after = self.figures["all"].brier
        return after < before


def worth(fitted: Sequence[tuple[Judged, Calibration]], before: Calibration) -> Worth:
    """Measure calibrations on rows that they have not seen.

    Args:
        fitted: each row with a calibration made without its document.
        before: what they are compared with.
    """
    kinds = [*dict.fromkeys(row.kind for row, _ in fitted), "all"]
    figures = {kind: _figures([one for one in fitted if kind in (one[0].kind, "all")], before) for kind in kinds}
    wrong = [not row.faultless for row, _ in fitted]
    then = average_precision([urgency(row, before) for row, _ in fitted], wrong)
    now = average_precision([urgency(row, after) for row, after in fitted], wrong)
    return Worth(figures=figures, queue=(then, now))


def urgency(row: Judged, by: Calibration) -> float:
    """How early the row comes in the queue."""
    return doubt(confidence_of(row.kind, row.fact, by), row.fact.flags, by.flags) * price(row.kind, row.fact)


def average_precision(scores: Sequence[float], wanted: Sequence[bool]) -> float:
    """Mean, over the wanted rows, of the share wanted among the rows that come no later; ties count as unlucky."""
    order = sorted(zip(scores, wanted, strict=True), key=lambda pair: (-pair[0], pair[1]))
    found, total = 0, 0.0
    for place, (_, is_wanted) in enumerate(order, 1):
        if is_wanted:
            found += 1
            total += found / place
    return total / found if found else 0.0


def lines(found: Worth) -> Iterator[str]:
    """A Markdown table to be read, and the queue's figure."""
    yield "| rows of | judged | right | Brier before | after | calibration error before | after |"
    yield "| --- | --: | --: | --: | --: | --: | --: |"
    for kind, one in found.figures.items():
        cells = (*one.brier, *one.error)
        yield f"| {kind} | {one.rows} | {one.right:.2f} | {' | '.join(f'{cell:.3f}' for cell in cells)} |"
    yield ""
    yield f"queue: average precision of the rows that needed a curator {found.queue[0]:.3f}, then {found.queue[1]:.3f}"


def written(calibration: Calibration, found: Worth) -> str:
    """The file that keeps a calibration, with what it is worth."""
    told = ["# Made by casebook calibrate from curators' decisions; figures: documents not seen.", "#"]
    told += [f"# {line}".rstrip() for line in lines(found)]
    for name, weights in (*calibration.weights.items(), (_FLAGS, calibration.flags)):
        told += ["", f"[{name}]", *(f"{key} = {weight}" for key, weight in weights.items())]
    return "\n".join([*told, ""])


def read_calibration(path: Path, shipped: Calibration) -> Calibration:
    """A calibration that :func:`written` wrote; a model that it leaves out is the shipped one.

    Raises:
        UsageError: it is none.
    """
    try:
        told = read_toml(path)
        flags = {**shipped.flags, **{name: float(error) for name, error in told.pop(_FLAGS, {}).items()}}
        weights = {name: {key: float(one) for key, one in own.items()} for name, own in told.items()}
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    except (TOMLDecodeError, UnicodeDecodeError, AttributeError, TypeError, ValueError) as error:
        raise UsageError(f"{path} is no calibration: {error}") from error
    if unknown := set(weights) - set(shipped.weights) | set(flags) - set(shipped.flags):
        raise UsageError(f"{path} is no calibration: {sorted(unknown)[0]} is not known")
    return Calibration(weights={**shipped.weights, **weights}, flags=flags)


def _figures(fitted: Sequence[tuple[Judged, Calibration]], before: Calibration) -> Figures:
    truth = [float(row.right) for row, _ in fitted]
    then = [confidence_of(row.kind, row.fact, before) for row, _ in fitted]
    now = [confidence_of(row.kind, row.fact, after) for row, after in fitted]
    return Figures(
        rows=len(truth),
        right=sum(truth) / len(truth),
        brier=(_brier(then, truth), _brier(now, truth)),
        error=(_calibration_error(then, truth), _calibration_error(now, truth)),
    )


def _brier(told: Sequence[float], truth: Sequence[float]) -> float:
    return sum((said - right) ** 2 for said, right in zip(told, truth, strict=True)) / len(truth)


def _calibration_error(told: Sequence[float], truth: Sequence[float]) -> float:
    """Expected calibration error over ten bins."""
    gaps = [0.0] * _BINS
    for one, right in zip(told, truth, strict=True):
        gaps[min(int(one * _BINS), _BINS - 1)] += one - right
    return sum(map(abs, gaps)) / len(truth)
