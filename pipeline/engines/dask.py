"""Workers of a Dask cluster: one of its own on this machine, or one that runs already (``Limits.scheduler``).

Each thread of the cluster keeps a worker process of ours, so that time, memory and crashes are bounded there as they
are on one machine. An item whose cluster worker is lost goes to another; Dask gives it up when that happens
again and again.
"""

import asyncio
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib import import_module
from typing import Any, Generic, TypeVar

from pipeline.engines import _cluster
from pipeline.engines._seam import Done, Limits, Lost
from pipeline.errors import CasebookError, UsageError
from pipeline.fingerprint import code_digest

Given = TypeVar("Given")
Made = TypeVar("Made")

_TICK = 0.5
_AHEAD = 2  # items that wait at the cluster for each one in work
_RETRIES = 2
_PATIENCE = "20s"


def work_through(
    build: Callable[[], Callable[[Given], Made]], items: Sequence[Given], limits: Limits
) -> Iterator[Done[Made] | Lost]:
    """One outcome an item, as they become ready.

    Raises:
        UsageError: Dask is not installed, or there is no such cluster, or its casebook is another one.
    """
    if not items:
        return
    with _client(limits) as client:
        course: _Course[Given, Made] = _Course(client, build, items, limits)
        try:
            yield from course.outcomes()
        finally:
            course.close()


class _Course(Generic[Given, Made]):
    def __init__(
        self, client: Any, build: Callable[[], Callable[[Given], Made]], items: Sequence[Given], limits: Limits
    ) -> None:
        self._client, self._items, self._limits = client, items, limits
        self._dask: Any = import_module("distributed")
        self._order = _cluster.order(build, limits)
        self._waiting = iter(range(len(items)))
        self._sent: dict[Any, int] = {}
        self._room, self._asked = 0, 0.0

    def outcomes(self) -> Iterator[Done[Made] | Lost]:
        while True:
            if not self._limits.stop():
                self._send()
            if not self._sent:
                return
            for future in self._finished():
                yield self._outcome(future, self._sent.pop(future))

    def close(self) -> None:
        self._client.cancel(list(self._sent))
        # The cluster may be gone; then so are our processes there.
        with suppress(Exception):
            self._client.run(_cluster.dismiss, self._order.name)

    def _send(self) -> None:
        """Keep every thread of the cluster busy, with a little work ahead."""
        now = time.monotonic()
        if now - self._asked > 1:
            self._room, self._asked = max(1, sum(self._client.ncores().values())) * _AHEAD, now
        while len(self._sent) < self._room and (index := next(self._waiting, None)) is not None:
            given = pickle.dumps(self._items[index])
            self._sent[self._client.submit(_cluster.answer, self._order, given, pure=False)] = index

    def _finished(self) -> list[Any]:
        with suppress(TimeoutError, asyncio.TimeoutError):
            self._dask.wait(list(self._sent), timeout=_TICK, return_when="FIRST_COMPLETED")
        if self._client.status not in ("running", "connecting"):
            raise CasebookError("the cluster's scheduler is gone; the same command goes on from here")
        return [future for future in self._sent if future.done()]

    def _outcome(self, future: Any, index: int) -> Done[Made] | Lost:
        try:
            said = pickle.loads(future.result())
        except self._dask.KilledWorker:
            return Lost(index=index, reason="crash", detail="the cluster's worker was lost again and again")
        if isinstance(said, Exception):
            raise said
        placed: Done[Made] | Lost = said.at(index)
        return placed


@contextmanager
def _client(limits: Limits) -> Iterator[Any]:
    try:
        dask: Any = import_module("dask")
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise UsageError("the engine dask needs more packages: pip install 'casebook[cluster]'") from error
    settings = {"distributed.scheduler.allowed-failures": _RETRIES, "distributed.comm.timeouts.connect": _PATIENCE}
    with ExitStack() as opened:
        opened.enter_context(dask.config.set(settings))
        if limits.scheduler:
            yield _joined(opened, distributed, limits)
            return
        cluster = opened.enter_context(
            # Memory is bounded document by document, by us.
            distributed.LocalCluster(
                n_workers=limits.jobs,
                threads_per_worker=1,
                processes=True,
                dashboard_address="127.0.0.1:0",
                memory_limit=0,
                silence_logs=50,
            )
        )
        yield opened.enter_context(distributed.Client(cluster))


def _joined(opened: ExitStack, distributed: Any, limits: Limits) -> Any:
    try:
        client = distributed.Client(limits.scheduler, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(f"no cluster answers at {limits.scheduler}: {error}") from error
    opened.enter_context(client)
    try:
        found = set(client.run(code_digest).values())
    except Exception as error:
        raise UsageError(f"the workers at {limits.scheduler} cannot load casebook: {error}") from error
    if found - {code_digest()}:
        raise UsageError(f"the workers at {limits.scheduler} have another casebook: install the same one everywhere")
    return client
