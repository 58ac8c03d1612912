"""One item, tried under a limit of time and one of memory."""

import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from pipeline.engines._memory import memory_limit, resident
from pipeline.engines._seam import Done, Limits, Lost
from pipeline.errors import CasebookError

Given = TypeVar("Given")
Made = TypeVar("Made")


class _TimeIsUp(BaseException):
    """No subclass of Exception, lest a library's ``except Exception`` swallow it."""


def attempt(work: Callable[[Given], Made], index: int, given: Given, limits: Limits) -> Done[Made] | Lost:
    """``work(given)``, or why there is none.

    Interrupts and exits pass through, and so do casebook's own errors: those are about the whole run.
    """
    begun = time.perf_counter()

    def lost(reason: str, detail: str, trace: str = "") -> Lost:
        spent = time.perf_counter() - begun
        return Lost(index=index, reason=reason, detail=detail, trace=trace, seconds=spent, megabytes=resident())  # type: ignore[arg-type]

    try:
        with _time_limit(limits.seconds), memory_limit(limits.megabytes):
            value = work(given)
        return Done(index=index, value=value, seconds=time.perf_counter() - begun, megabytes=resident())
    except _TimeIsUp:
        return lost("timeout", timed_out(limits))
    except MemoryError:
        return lost("memory", f"needs more than {limits.megabytes:g} MB of memory")
    except CasebookError:
        raise
    except Exception as error:
        return lost("bug", " ".join(f"{type(error).__name__}: {error}".split()), traceback.format_exc())


def timed_out(limits: Limits) -> str:
    """The sentence for an item that took too long."""
    return f"took longer than {limits.seconds:g} s"


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise in the middle of Python code when time is up; native code is not interrupted."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise _TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    # The alarm rings again every second, for the case that the first one is caught by a bare except.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
