"""One item, tried under a time limit."""

import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from pipeline.engines._seam import Done, Lost

Given = TypeVar("Given")
Made = TypeVar("Made")


class _TimeIsUp(BaseException):
    """No subclass of Exception, lest a library's ``except Exception`` swallow it."""


def attempt(work: Callable[[Given], Made], index: int, given: Given, seconds: float) -> Done[Made] | Lost:
    """``work(given)``, or why there is none. Interrupts and exits pass through."""
    begun = time.perf_counter()
    try:
        with _time_limit(seconds):
            value = work(given)
        return Done(index=index, value=value, seconds=time.perf_counter() - begun)
    except _TimeIsUp:
        return Lost(index=index, reason="timeout", detail=timed_out(seconds), seconds=time.perf_counter() - begun)
    except Exception as error:
        return Lost(
            index=index,
            reason="bug",
            detail=" ".join(f"{type(error).__name__}: {error}".split()),
            trace=traceback.format_exc(),
            seconds=time.perf_counter() - begun,
        )


def timed_out(seconds: float) -> str:
    """The sentence for an item that took too long."""
    return f"took longer than {seconds:g} s"


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
