"""How many of the sample reports' hand-written rows are found."""

from collections.abc import Iterator

from benchmarks.figures import Figure, Given
from tests.golden import gold
from tests.golden.expected import run_samples

TITLE = "Rows of the sample reports"
RANK = 9


def measure(given: Given) -> Iterator[Figure]:
    """Whatever reports are measured otherwise, the samples are those of ``corpus/``."""
    run = given.scratch / "samples"
    run.mkdir()
    run_samples(run)
    for kind, (held, wanted) in gold.found(run).items():
        yield Figure(what=f"{kind} of the gold found", ours=f"{held} of {wanted}")
    yield Figure(what="traps sprung", ours=str(len(gold.sprung(run))))
