"""Words a second through the whole chain, and how much faster an unchanged second run is."""

from collections.abc import Iterator

from benchmarks.figures import Figure, Given
from benchmarks.timing import casebook

TITLE = "From reports to tables (`casebook run`)"
RANK = 3


def measure(given: Given) -> Iterator[Figure]:
    """One process, start included."""
    call = ("run", given.reports, "-o", given.scratch / "run", "-j", "1")
    first, second = casebook(*call), casebook(*call)
    texts = sorted((given.scratch / "run" / "text").glob("*.txt"))
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in texts)
    yield Figure(what=f"run over {len(texts)} reports", ours=f"{words / first:,.0f} words/s")
    yield Figure(what="reports a second", ours=f"{len(texts) / first:.1f}")
    again, once = f"{second:.2f} s", f"{first:.1f} s"
    yield Figure(what="unchanged second run", ours=again, peer="the first run", theirs=once, ratio=first / second)
