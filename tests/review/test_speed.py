"""A run of ten thousand rows is no slower to look through than a small one."""

from pathlib import Path

from benchmarks.desk_client import DeskClient, quantile
from benchmarks.large_run import write_large_run

MEDIAN, WORST = 0.1, 0.3  # seconds; what they are on a machine that is not busy is a fraction of it


def test_pages_of_ten_thousand_rows(tmp_path: Path) -> None:
    client = DeskClient(write_large_run(tmp_path / "run", documents=100, rows_each=100), tmp_path / "ledger.sqlite")
    client.work(12)
    slow = {
        what: (quantile(seconds, 0.5), quantile(seconds, 0.95))
        for what, seconds in client.seconds.items()
        if quantile(seconds, 0.5) > MEDIAN or quantile(seconds, 0.95) > WORST
    }
    assert slow == {}
