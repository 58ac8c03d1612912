"""How much memory this process takes, and a bound on it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_MEGABYTE = 1 << 20
_STATM = Path("/proc/self/statm")


def resident() -> float:
    """Megabytes that this process takes now; where the system does not tell, the most that it ever took, or 0."""
    try:
        return int(_STATM.read_bytes().split()[1]) * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE
    except (OSError, ValueError, IndexError):
        return peak()


def peak(of_children: bool = False) -> float:
    """The most megabytes that this process, or one of its children, ever took; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 1 if sys.platform == "darwin" else 1 << 10
    who = resource.RUSAGE_CHILDREN if of_children else resource.RUSAGE_SELF
    return resource.getrusage(who).ru_maxrss * unit / _MEGABYTE


@contextmanager
def memory_limit(megabytes: float) -> Iterator[None]:
    """Within, taking more than ``megabytes`` on top of what is taken now raises MemoryError, or ends native code.

    Only Linux bounds a process's address space; elsewhere nothing is bounded.
    """
    taken = _address_space() if megabytes else 0
    if not taken:
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    bounds = [limit for limit in (soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([taken + int(megabytes * _MEGABYTE), *bounds]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int:
    try:
        return int(_STATM.read_bytes().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
