"""How much faster two workers are than one, by the clock: only true on a machine that does nothing else.

The documents are the given texts over and over, each with a number of its own, so that none is read once for two. They
are of a report's length: what a batch costs beside its reading (the start, the tables) does not depend on it.
"""

import json
import os
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from benchmarks.figures import Figure, Given
from benchmarks.sections.growth import mined, written

TITLE = "Over cores"
RANK = 70

SIZE = int(os.environ.get("CORES", "400"))


def measure(given: Given) -> Iterator[Figure]:
    """Wall-clock seconds with one worker and with several."""
    papers = repeated(given.texts, given.scratch / "cores") if given.texts else written(given.scratch / "cores", SIZE)
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


def repeated(texts: Path, folder: Path) -> Path:
    """A folder with :data:`SIZE` reports made of the texts, the same every time."""
    folder.mkdir()
    lines = texts.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(islice(cycle(lines), SIZE)):
        text = f"Report {number}\n\n{json.loads(line)['text']}\n"
        (folder / f"report{number:06}.txt").write_text(text, encoding="utf-8")
    return folder
