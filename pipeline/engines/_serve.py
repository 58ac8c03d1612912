"""A worker's life, and that of the nursery which workers are born of."""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from typing import Any

from pipeline.engines._attempt import attempt
from pipeline.engines._seam import Limits
from pipeline.errors import CasebookError

BEAR = "bear"
_LOOK = 0.005  # seconds between two looks whether a worker has ended


def serve(build: Callable[[], Callable[[Any], Any]], pipe: "Connection[Any, Any]", limits: Limits) -> None:
    """Build once, say so by the process's number, then answer item by item until the pipe closes."""
    # An interrupt goes to the whole process group; the parent decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # An end of the pipe, either way, is the end of the parent.
    with suppress(EOFError, OSError):
        work = _built(build)
        if isinstance(work, Exception):
            pipe.send(work)
        else:
            _answer(work, pipe, limits)


def tend(
    build: Callable[[], Callable[[Any], Any]],
    orders: "Connection[Any, Any]",
    inherited: Sequence[int],
    limits: Limits,
) -> None:
    """Build once, then bear a worker at each order, and tell how those ended that are asked for, until the pipe closes.

    Args:
        build: gives the function.
        orders: ``BEAR``, followed by the handle of the worker's pipe; or ``(pid, patience in seconds)``, which is
            answered by the exit code when that worker has ended, if need be by force.
        inherited: numbers of the parent's open files, where this process was forked and has them too.
        limits: for the workers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _let_go_of(inherited)
    with suppress(EOFError, OSError):
        work = _built(build)
        while True:
            order = orders.recv()
            if order != BEAR:
                orders.send(_ended(*order))
                continue
            pipe: Connection[Any, Any] = Connection(recv_handle(orders))
            if isinstance(work, Exception):
                pipe.send(work)
            elif os.fork() == 0:
                orders.close()
                _live(work, pipe, limits)
            pipe.close()


def _built(build: Callable[[], Callable[[Any], Any]]) -> Callable[[Any], Any] | Exception:
    try:
        return build()
    except CasebookError as error:
        return error
    except Exception:
        return RuntimeError(f"a worker could not be built\n{traceback.format_exc()}")


def _answer(work: Callable[[Any], Any], pipe: "Connection[Any, Any]", limits: Limits) -> None:
    pipe.send(os.getpid())
    while True:
        index, given = pipe.recv()
        try:
            said: Any = attempt(work, index, given, limits)
        except CasebookError as error:
            pipe.send(error)
            return
        pipe.send(said)


def _live(work: Callable[[Any], Any], pipe: "Connection[Any, Any]", limits: Limits) -> None:
    """A forked worker's life; it never comes back into the nursery's."""
    code = 1
    try:
        with suppress(EOFError, OSError):
            _answer(work, pipe, limits)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _ended(pid: int, patience: float) -> int | None:
    latest = time.monotonic() + patience
    try:
        while True:
            gone, status = os.waitpid(pid, os.WNOHANG)
            if gone:
                return os.waitstatus_to_exitcode(status)
            if time.monotonic() >= latest:
                os.kill(pid, signal.SIGKILL)
            time.sleep(_LOOK)
    except ChildProcessError:  # the child of a nursery before this one
        end_orphan(pid, patience)
        return None


def end_orphan(pid: int, patience: float) -> None:
    """End a worker whose nursery is gone; one that is given time ends by itself, since its pipe is closed."""
    if not patience:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _let_go_of(inherited: Sequence[int]) -> None:
    """Let go of the parent's files, above all of its lock and its pipes, which would outlive it else.

    Their numbers stay taken: a file object that is collected later must not close another's file.
    """
    if inherited:
        nothing = os.open(os.devnull, os.O_RDWR)
        for number in inherited:
            os.dup2(nothing, number, inheritable=False)
        os.close(nothing)
