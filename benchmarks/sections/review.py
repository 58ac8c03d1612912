"""What a page of the review desk takes over a run of 10,000 rows."""

from collections.abc import Iterator

from benchmarks.desk_client import DeskClient, quantile
from benchmarks.figures import Figure, Given
from benchmarks.large_run import write_large_run

TITLE = "The review desk over 10,000 rows (`casebook review`)"
RANK = 8
ROUNDS = 40


def measure(given: Given) -> Iterator[Figure]:
    """Processor time of each page, median and 95th percentile, the client's own share included."""
    run = write_large_run(given.scratch / "large", documents=100, rows_each=100)
    client = DeskClient(run, given.scratch / "ledger.sqlite")
    client.work(ROUNDS)
    for what, seconds in client.seconds.items():
        middle, worst = 1000 * quantile(seconds, 0.5), 1000 * quantile(seconds, 0.95)
        yield Figure(what=what, ours=f"{middle:.0f} ms median, {worst:.0f} ms 95th")
