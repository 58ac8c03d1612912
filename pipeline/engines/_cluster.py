"""What runs at a cluster's worker: it hands items to a worker process of ours and brings back what becomes of them."""

import hashlib
import pickle
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pipeline.engines._pool import Pool
from pipeline.engines._seam import Limits
from pipeline.errors import CasebookError

_pools: dict[tuple[str, int], Pool[Any, Any]] = {}
_lock = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be built, and under which limits; ``name`` tells one from another."""

    name: str
    build: bytes
    limits: Limits


def order(build: Callable[[], Callable[[Any], Any]], limits: Limits) -> Order:
    """The order for a run."""
    pickled = pickle.dumps(build)
    own = replace(limits.unasked(), jobs=1)
    name = hashlib.blake2b(pickled + repr(own).encode(), digest_size=8).hexdigest()
    return Order(name=name, build=pickled, limits=own)


def answer(given: Order, item: bytes) -> bytes:
    """The item's outcome, or casebook's error about the whole run, pickled."""
    pool = _pool(given)
    try:
        (outcome,) = pool.work_through([pickle.loads(item)])
    except (CasebookError, RuntimeError) as error:
        pool.close()
        return pickle.dumps(error)
    return pickle.dumps(outcome)


def dismiss(name: str) -> None:
    """End this worker's processes for the order ``name``."""
    with _lock:
        ended = [_pools.pop(key) for key in list(_pools) if key[0] == name]
    for pool in ended:
        pool.close()


def _pool(given: Order) -> Pool[Any, Any]:
    """This thread's."""
    key = given.name, threading.get_ident()
    with _lock:
        if key not in _pools:
            _pools[key] = Pool(pickle.loads(given.build), given.limits)
        return _pools[key]
