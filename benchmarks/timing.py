"""Processor seconds of a child process: unlike the clock's, they hardly depend on who else uses the machine."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ALONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
"""One thread each, so that all are measured on one core."""


def seconds(command: Sequence[str], *, told: Path | None = None) -> float:
    """Processor seconds (user and system) of a command and of its own children, its start included.

    Args:
        command: the program and its arguments.
        told: file that its standard output goes to.

    Raises:
        CalledProcessError: it failed.
    """
    with Path(told or os.devnull).open("wb") as output:
        child = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL, env={**os.environ, **ALONE})
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, list(command))
    return usage.ru_utime + usage.ru_stime


def casebook(*arguments: str | Path) -> float:
    """Processor seconds of a call of the command line."""
    return seconds([sys.executable, "-m", "pipeline", *map(str, arguments)])
