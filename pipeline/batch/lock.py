"""One run at a time in a run directory."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import UsageError

_NAME = "lock"


@contextmanager
def locked(folder: Path, cache: Path) -> Iterator[None]:
    """Within, no other run writes to ``folder``. The lock goes with the process, however that ends.

    Args:
        folder: the run directory.
        cache: its cache, in which the lock lies.

    Raises:
        UsageError: another run is at it.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / _NAME).open("wb") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(f"another run writes to {folder}: wait for it, or name another output folder") from error
        except OSError:
            pass  # Some network file systems have no locks.
        yield
