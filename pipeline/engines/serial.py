"""One item after the other in this very process: no start-up of workers, no guard against a crash of native code."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from pipeline.engines._attempt import attempt
from pipeline.engines._seam import Done, Limits, Lost

Given = TypeVar("Given")
Made = TypeVar("Made")


def work_through(
    build: Callable[[], Callable[[Given], Made]], items: Sequence[Given], limits: Limits
) -> Iterator[Done[Made] | Lost]:
    """One outcome an item, in the items' order."""
    work = build() if items else None
    for index, given in enumerate(items):
        if work is None or limits.stop():
            return
        yield attempt(work, index, given, limits)
