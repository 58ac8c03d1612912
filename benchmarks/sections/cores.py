"""How much faster two workers are than one, by the clock: only true on a machine that does nothing else."""

import os
import time
from collections.abc import Iterator

from benchmarks.figures import Figure, Given
from benchmarks.sections.growth import mined, written

TITLE = "Over cores"
RANK = 70

SIZE = 400


def measure(given: Given) -> Iterator[Figure]:
    """Wall-clock seconds with one worker and with several."""
    papers = written(given.scratch / "cores", SIZE)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    first = 0.0
    for jobs in sorted({1, 2, 4, cores} & set(range(1, cores + 1))):
        begun = time.perf_counter()
        mined(papers, given.scratch / f"cores{jobs}", jobs)
        spent = time.perf_counter() - begun
        first = first or spent
        yield Figure(
            what=f"{SIZE} documents with {jobs} worker{'s' if jobs > 1 else ''} (clock)",
            ours=f"{spent:.1f} s, {first / spent:.2f} times one worker",
        )
