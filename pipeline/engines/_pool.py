"""Worker processes of this machine, which outlive their items and are replaced when they die, hang or grow old."""

import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import Generic, TypeVar

from pipeline.engines._attempt import timed_out
from pipeline.engines._seam import Done, Limits, Lost, Reason
from pipeline.engines._staff import PATIENCE, Hand, staff_for

Given = TypeVar("Given")
Made = TypeVar("Made")

_TICK = 0.2
_MOST_STILLBORN = 3
_AGAIN = frozenset({"timeout", "memory"})


@dataclass(slots=True, eq=False)
class _Worker:
    hand: Hand
    served: int = 0
    index: int | None = None
    begun: float = 0.0


class Pool(Generic[Given, Made]):
    """Workers that a function was built in. Close it when no more work comes.

    An item that its worker is lost with, or that takes too long or too much memory, is tried once more in a fresh
    worker, after those that wait, before it is given up.
    """

    def __init__(self, build: Callable[[], Callable[[Given], Made]], limits: Limits) -> None:
        self._staff, self._limits = staff_for(build, limits), limits
        self._items: Sequence[Given] = ()
        self._waiting: deque[int] = deque()
        self._tried: set[int] = set()
        self._workers: list[_Worker] = []
        self._stillborn = 0

    def work_through(self, items: Sequence[Given]) -> Iterator[Done[Made] | Lost]:
        """One outcome an item, as they become ready.

        Raises:
            CasebookError: the function cannot be built, or says that the whole run must end.
            RuntimeError: workers die, one after the other, before they can work.
        """
        self._items, self._waiting, self._tried = items, deque(range(len(items))), set()
        if self._work_left():
            self._occupy()
            self._limits.meanwhile()
        while self._work_left():
            self._occupy()
            for worker in self._heard_from():
                yield from self._listen(worker)
            yield from self._end_the_stuck()

    def close(self) -> None:
        """End all workers; what they work on is lost."""
        for worker in self._workers:
            # The idle ones end by themselves, all at once, when their pipes are closed.
            worker.hand.pipe.close()
        for worker in self._workers:
            busy = worker.index is not None or not worker.hand.pid
            self._staff.end(worker.hand, patience=0 if busy else PATIENCE)
        self._workers.clear()
        self._staff.close()

    def _work_left(self) -> bool:
        if self._limits.stop():
            self._waiting.clear()
        return bool(self._waiting) or any(worker.index is not None for worker in self._workers)

    def _occupy(self) -> None:
        """Start the workers that are missing, and give every idle one an item."""
        busy = sum(worker.index is not None for worker in self._workers)
        wanted = min(self._limits.jobs, busy + len(self._waiting))
        while len(self._workers) < wanted:
            self._workers.append(_Worker(hand=self._staff.hire()))
        for worker in self._workers:
            if worker.hand.pid and worker.index is None and self._waiting:
                self._hand(worker, self._waiting.popleft())

    def _hand(self, worker: _Worker, index: int) -> None:
        worker.index, worker.begun = index, time.monotonic()
        try:
            worker.hand.pipe.send((index, self._items[index]))
        except OSError:
            return  # The worker is dead; listening to it tells.

    def _heard_from(self) -> list[_Worker]:
        ready = set(wait([worker.hand.pipe for worker in self._workers], timeout=_TICK))
        return [worker for worker in self._workers if worker.hand.pipe in ready]

    def _listen(self, worker: _Worker) -> Iterator[Done[Made] | Lost]:
        try:
            said = worker.hand.pipe.recv()
        except (EOFError, OSError):
            yield from self._bury(worker, "crash", "")
            return
        if isinstance(said, Exception):
            raise said
        if isinstance(said, int):
            worker.hand.pid, self._stillborn = said, 0
            return
        index, worker.index = worker.index, None
        worker.served += 1
        spoilt = isinstance(said, Lost) and said.reason in _AGAIN
        if spoilt or worker.served >= self._limits.recycle:
            self._dismiss(worker)
        if not (spoilt and index is not None and self._again(index)):
            yield said

    def _again(self, index: int) -> bool:
        """Whether the item gets its second chance."""
        if index in self._tried:
            return False
        self._tried.add(index)
        self._waiting.append(index)
        return True

    def _end_the_stuck(self) -> Iterator[Lost]:
        latest = time.monotonic() - self._limits.seconds - self._limits.grace
        for worker in [w for w in self._workers if w.index is not None and w.begun < latest]:
            yield from self._bury(worker, "timeout", timed_out(self._limits))

    def _bury(self, worker: _Worker, reason: Reason, detail: str) -> Iterator[Lost]:
        """The worker is gone: its item goes to a fresh one, or is given up the second time."""
        index, seconds = worker.index, time.monotonic() - worker.begun
        # One that crashed may still be writing down what it held.
        exit_code = self._dismiss(worker, patience=0 if detail else PATIENCE)
        if index is None:
            self._stillborn += not worker.hand.pid
            if self._stillborn > _MOST_STILLBORN:
                raise RuntimeError(f"worker processes end before they can work ({_cause(exit_code)})")
            return
        if not self._again(index):
            said = detail or f"the worker process died twice ({_cause(exit_code)})"
            yield Lost(index=index, reason=reason, detail=said, seconds=seconds)

    def _dismiss(self, worker: _Worker, patience: float = PATIENCE) -> int | None:
        self._workers.remove(worker)
        return self._staff.end(worker.hand, patience)


def _cause(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        try:
            return signal.Signals(-exit_code).name
        except ValueError:
            pass
    return f"exit code {exit_code}"
