"""``make bench``: how fast the samples are read, and how much of their gold is found."""

import tempfile
import time
from pathlib import Path

from tests.golden import gold
from tests.golden.expected import run_samples, table


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder)
        started = time.perf_counter()
        run_samples(run)
        seconds = time.perf_counter() - started
        words = sum(len(path.read_text(encoding="utf-8").split()) for path in (run / "text").glob("*.txt"))
        print(f"{len(table(run, 'documents'))} reports, {words} words in {seconds:.1f} s, process start included")
        for kind, (held, wanted) in gold.found(run).items():
            print(f"{kind:<14}{held:>4} of {wanted:>4} gold rows found")
        print(f"traps sprung: {len(gold.sprung(run))}")


if __name__ == "__main__":
    main()
