"""What the ledger has acknowledged is there after ``kill -9``."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from pipeline.ledger.ledger import open_ledger

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = 1000
KILLS = (137, 402, 768)


def test_no_acknowledged_decision_is_missing(address: str) -> None:
    acknowledged: list[int] = []
    for stop in (*KILLS, DECISIONS):
        acknowledged += decide_until(address, len(acknowledged) + 1, stop)
        ledger = open_ledger(address)
        kept = [one.number for one in ledger.decisions()]
        ledger.close()
        assert set(acknowledged) <= set(kept)
        assert kept == list(range(1, len(kept) + 1)), "none is numbered twice or left out"
        # The last decision may be on disk though its writer was killed before it could say so.
        assert len(kept) - len(acknowledged) <= len(KILLS)
    assert len(acknowledged) == DECISIONS


def decide_until(address: str, first: int, stop: int) -> list[int]:
    """Numbers that a process acknowledged before it was killed after the decision ``stop``, or ended."""
    command = [sys.executable, "-m", "tests.ledger.deciding", address, str(first), str(DECISIONS)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)
    assert process.stdout is not None
    seen: list[int] = []
    for line in process.stdout:
        if line.endswith("\n"):
            seen.append(int(line))
        if first + len(seen) - 1 >= stop and stop < DECISIONS:
            process.send_signal(signal.SIGKILL)
            break
    rest = process.stdout.read()
    process.wait()
    return [*seen, *(int(line) for line in rest.split("\n")[:-1])]
