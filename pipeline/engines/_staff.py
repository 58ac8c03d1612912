"""How worker processes come to be, and how they end.

Where the system allows, one process builds what the workers need and they are forked from it: a further worker, or
one in the place of another, costs next to nothing, and they share what was built. Elsewhere each is started anew.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import send_handle
from pathlib import Path
from typing import Any, Protocol

from pipeline.engines._seam import Limits
from pipeline.engines._serve import BEAR, end_orphan, serve, tend

PATIENCE = 5.0
"""Seconds for an idle process to end by itself."""

Build = Callable[[], Callable[[Any], Any]]


@dataclass(slots=True, eq=False)
class Hand:
    """A worker process: ``pipe`` leads to it; it says its number first, which is put down in ``pid``."""

    pipe: "Connection[Any, Any]"
    process: BaseProcess | None = None
    pid: int = 0


class Staff(Protocol):
    """Starts workers and ends them."""

    def hire(self) -> Hand:
        """A new worker, which says its number when it is ready for work, or why it cannot be."""

    def end(self, hand: Hand, patience: float = PATIENCE) -> int | None:
        """Close its pipe and wait for its end, by force after ``patience`` seconds; the exit code, None if unknown."""

    def close(self) -> None:
        """No worker is left; end what they came from."""


def staff_for(build: Build, limits: Limits) -> Staff:
    """What suits the system."""
    # macOS has fork, but its own libraries do not survive it.
    return Nursery(build, limits) if sys.platform == "linux" else Spawned(build, limits)


class Spawned:
    """Each worker is a fresh interpreter that builds for itself."""

    def __init__(self, build: Build, limits: Limits) -> None:
        self._build, self._limits = build, limits

    def hire(self) -> Hand:
        """A new worker."""
        here, there = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(
            target=serve, args=(self._build, there, self._limits.unasked()), daemon=True
        )
        started(process)
        there.close()
        return Hand(pipe=here, process=process)

    def end(self, hand: Hand, patience: float = PATIENCE) -> int | None:
        """Wait for its end."""
        hand.pipe.close()
        return None if hand.process is None else _joined(hand.process, patience)

    def close(self) -> None:
        """Nothing is left."""


class Nursery:
    """One process builds; the workers are its forks."""

    def __init__(self, build: Build, limits: Limits) -> None:
        self._build, self._limits = build, limits
        self._process: BaseProcess | None = None
        self._orders: Connection[Any, Any] | None = None
        self._grown = False
        self._exit_code: int | None = None

    def hire(self) -> Hand:
        """A new worker; it is born when the nursery has built."""
        here, there = multiprocessing.Pipe()
        with there:
            try:
                self._order(there)
            except OSError:
                # The nursery is gone: another one takes its place.
                self.close()
                self._order(there)
        return Hand(pipe=here)

    def end(self, hand: Hand, patience: float = PATIENCE) -> int | None:
        """Wait for its end."""
        hand.pipe.close()
        if not hand.pid:
            return self._exit_code if self._process is None else self._process.exitcode
        self._grown = True
        code: int | None = None
        try:
            if self._orders is not None:
                self._orders.send((hand.pid, patience))
                code = self._orders.recv()
        except (OSError, EOFError):
            end_orphan(hand.pid, patience)
        return code

    def close(self) -> None:
        """End the nursery."""
        if self._orders is not None:
            self._orders.close()
        if self._process is not None:
            # One that is still building does not listen.
            self._exit_code = _joined(self._process, PATIENCE if self._grown else 0)
        self._orders = self._process = None
        self._grown = False

    def _order(self, pipe: "Connection[Any, Any]") -> None:
        if self._orders is None:
            self._found()
        assert self._orders is not None
        self._orders.send(BEAR)
        send_handle(self._orders, pipe.fileno(), None)

    def _found(self) -> None:
        """Start the nursery: forked, so that nothing is loaded twice, where no other thread may hold a lock."""
        here, there = multiprocessing.Pipe()
        is_alone = _is_alone()
        inherited = _open_files(there.fileno()) if is_alone else []
        context: Any = multiprocessing.get_context("fork" if is_alone else "spawn")
        process: BaseProcess = context.Process(
            target=tend, args=(self._build, there, inherited, self._limits.unasked()), daemon=True
        )
        started(process)
        there.close()
        self._process, self._orders = process, here


def _is_alone() -> bool:
    """Whether this process has one thread, those of libraries included; where that is not told, it may have more."""
    try:
        return len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208
    except OSError:
        return False


def _open_files(but: int) -> list[int]:
    """Numbers of this process's files beside the standard ones and ``but``."""
    numbers = map(int, os.listdir("/proc/self/fd"))  # noqa: PTH208
    return [number for number in numbers if number not in (0, 1, 2, but) and Path(f"/proc/self/fd/{number}").exists()]


def started(process: BaseProcess) -> None:
    """Start a process that no interrupt ends, in which each library uses one thread."""
    # The cores are already taken by the workers themselves.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    # One that is still starting must not die of an interrupt either: it inherits that it is ignored.
    with _interrupts_ignored(), _children_allowed():
        process.start()


def _joined(process: BaseProcess, patience: float) -> int | None:
    process.join(timeout=patience)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _children_allowed() -> Iterator[None]:
    """A cluster's workers are daemons, which multiprocessing forbids to have children; ours end with their pipe."""
    config: dict[str, Any] = getattr(multiprocessing.current_process(), "_config", {})
    daemon = config.pop("daemon", None)
    try:
        yield
    finally:
        if daemon is not None:
            config["daemon"] = daemon
