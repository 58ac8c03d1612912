"""Decisions as JSON lines: one a line, keys sorted, so that two states of a ledger can be compared line by line."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields

from pipeline.errors import UsageError
from pipeline.ledger.decision import Decision

_NAMES = {each.name for each in fields(Decision)}


def to_lines(decisions: Iterable[Decision]) -> Iterator[str]:
    """Each decision as a line with its line feed, in the order of their numbers."""
    for one in sorted(decisions, key=lambda each: each.number):
        yield json.dumps(asdict(one), sort_keys=True, ensure_ascii=False) + "\n"


def from_lines(told: str) -> list[Decision]:
    """The decisions that :func:`to_lines` wrote.

    Raises:
        UsageError: a line is none; the message says which.
    """
    made = []
    # Only a line feed ends a line: JSON leaves other separators as they are.
    for number, line in enumerate(told.split("\n"), 1):
        if line.strip():
            try:
                made.append(_decision(json.loads(line)))
            except (ValueError, TypeError, AttributeError) as error:
                raise UsageError(f"line {number} is no decision: {error}") from error
    return made


def _decision(told: object) -> Decision:
    if not isinstance(told, dict) or not told.keys() <= _NAMES:
        raise ValueError("it has other keys than a decision")
    for name in ("before", "after"):
        cells = told.get(name, {})
        if not isinstance(cells, dict) or not all(isinstance(cell, str) for cell in cells.values()):
            raise ValueError(f"{name} is a row of cells")
    for name in ("number", "undoes"):
        if type(told.get(name)) not in ((int, type(None)) if name == "undoes" else (int,)):
            raise ValueError(f"{name} is a whole number")
    return Decision(**told)
