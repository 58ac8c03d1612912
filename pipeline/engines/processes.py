"""Worker processes on this machine. A worker that crashes or hangs costs the one item that it worked on.

Such an item is tried once more in a fresh worker before it is given up.
"""

import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, TypeVar

from pipeline.engines._attempt import attempt, timed_out
from pipeline.engines._seam import Done, Limits, Lost
from pipeline.errors import CasebookError

Given = TypeVar("Given")
Made = TypeVar("Made")

_READY = "ready"
_TICK = 0.2


def work_through(
    build: Callable[[], Callable[[Given], Made]], items: Sequence[Given], limits: Limits
) -> Iterator[Done[Made] | Lost]:
    """One outcome an item, as they become ready."""
    pool = _Pool(build, items, limits)
    try:
        yield from pool.outcomes()
    finally:
        pool.close()


def _serve(build: Callable[[], Callable[[Any], Any]], pipe: "Connection[Any, Any]", seconds: float) -> None:
    """A worker's life: build once, then answer item by item until the pipe closes."""
    # An interrupt goes to the whole process group; the parent decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        work = build()
    except CasebookError as error:
        pipe.send(error)
        return
    except Exception:
        pipe.send(RuntimeError(f"a worker could not be built\n{traceback.format_exc()}"))
        return
    # An end of the pipe, either way, is the end of the parent.
    with suppress(EOFError, OSError):
        pipe.send(_READY)
        while True:
            index, given = pipe.recv()
            pipe.send(attempt(work, index, given, seconds))


@dataclass(slots=True, eq=False)
class _Worker:
    process: SpawnProcess
    pipe: "Connection[Any, Any]"
    ready: bool = False
    served: int = 0
    index: int | None = None
    begun: float = 0.0


class _Pool(Generic[Given, Made]):
    def __init__(self, build: Callable[[], Callable[[Given], Made]], items: Sequence[Given], limits: Limits) -> None:
        self._build, self._items, self._limits = build, items, limits
        self._waiting = deque(range(len(items)))
        self._tried: set[int] = set()
        self._workers: list[_Worker] = []
        self._context = multiprocessing.get_context("spawn")

    def outcomes(self) -> Iterator[Done[Made] | Lost]:
        while self._work_left():
            self._staff()
            for worker in self._heard_from():
                yield from self._listen(worker)
            yield from self._end_the_stuck()

    def close(self) -> None:
        for worker in self._workers:
            worker.pipe.close()
        for worker in self._workers:
            if worker.index is not None or not worker.ready:
                worker.process.kill()
            worker.process.join(timeout=5)
            if worker.process.is_alive():
                worker.process.kill()
        self._workers.clear()

    def _work_left(self) -> bool:
        if self._limits.stop():
            self._waiting.clear()
        return bool(self._waiting) or any(worker.index is not None for worker in self._workers)

    def _staff(self) -> None:
        """Start the workers that are missing, and give every idle one an item."""
        busy = sum(worker.index is not None for worker in self._workers)
        wanted = min(self._limits.jobs, busy + len(self._waiting))
        while len(self._workers) < wanted:
            self._workers.append(self._hire())
        for worker in self._workers:
            if worker.ready and worker.index is None and self._waiting:
                self._hand(worker, self._waiting.popleft())

    def _hire(self) -> _Worker:
        # One thread a worker: the cores are already taken by the workers themselves.
        for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
            os.environ.setdefault(name, "1")
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(self._build, there, self._limits.seconds), daemon=True)
        # A worker that is still starting must not die of an interrupt either: it inherits that it is ignored.
        with _interrupts_ignored():
            process.start()
        there.close()
        return _Worker(process=process, pipe=here)

    def _hand(self, worker: _Worker, index: int) -> None:
        worker.index, worker.begun = index, time.monotonic()
        try:
            worker.pipe.send((index, self._items[index]))
        except OSError:
            return  # The worker is dead; listening to it tells.

    def _heard_from(self) -> list[_Worker]:
        ready = set(wait([worker.pipe for worker in self._workers], timeout=_TICK))
        return [worker for worker in self._workers if worker.pipe in ready]

    def _listen(self, worker: _Worker) -> Iterator[Done[Made] | Lost]:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._bury(worker, "crash", "")
            return
        if isinstance(said, Exception):
            raise said
        if said == _READY:
            worker.ready = True
            return
        worker.index = None
        worker.served += 1
        if worker.served >= self._limits.recycle:
            self._dismiss(worker)
        yield said

    def _end_the_stuck(self) -> Iterator[Lost]:
        latest = time.monotonic() - self._limits.seconds - self._limits.grace
        for worker in [w for w in self._workers if w.index is not None and w.begun < latest]:
            worker.process.kill()
            yield from self._bury(worker, "timeout", timed_out(self._limits.seconds))

    def _bury(self, worker: _Worker, reason: Any, detail: str) -> Iterator[Lost]:
        """The worker is gone: its item goes to a fresh one, or is given up the second time."""
        index, seconds = worker.index, time.monotonic() - worker.begun
        self._dismiss(worker)
        if index is None:
            if not worker.ready:
                raise RuntimeError(f"a worker process ended before it could work (exit {worker.process.exitcode})")
            return
        if index not in self._tried:
            self._tried.add(index)
            self._waiting.appendleft(index)
            return
        said = detail or f"the worker process died twice ({_cause(worker.process.exitcode)})"
        yield Lost(index=index, reason=reason, detail=said, seconds=seconds)

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join(timeout=5)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


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


def _cause(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        try:
            return signal.Signals(-exit_code).name
        except ValueError:
            pass
    return f"exit code {exit_code}"
