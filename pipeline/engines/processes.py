"""Worker processes on this machine. A worker that crashes or hangs costs the one item that it worked on.

Such an item is tried once more in a fresh worker before it is given up.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from pipeline.engines._pool import Pool
from pipeline.engines._seam import Done, Limits, Lost

Given = TypeVar("Given")
Made = TypeVar("Made")


def work_through(
    build: Callable[[], Callable[[Given], Made]], items: Sequence[Given], limits: Limits
) -> Iterator[Done[Made] | Lost]:
    """One outcome an item, as they become ready."""
    pool = Pool(build, limits)
    try:
        yield from pool.work_through(items)
    finally:
        pool.close()
