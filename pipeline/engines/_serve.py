"""A worker's life."""

import signal
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from pipeline.engines._attempt import attempt
from pipeline.engines._seam import Limits
from pipeline.errors import CasebookError

READY = "ready"


def serve(build: Callable[[], Callable[[Any], Any]], pipe: "Connection[Any, Any]", limits: Limits) -> None:
    """Build once, then answer item by item until the pipe closes."""
    # An interrupt goes to the whole process group; the parent decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # An end of the pipe, either way, is the end of the parent.
    with suppress(EOFError, OSError):
        try:
            work = build()
        except CasebookError as error:
            pipe.send(error)
            return
        except Exception:
            pipe.send(RuntimeError(f"a worker could not be built\n{traceback.format_exc()}"))
            return
        pipe.send(READY)
        while True:
            index, given = pipe.recv()
            try:
                said: Any = attempt(work, index, given, limits)
            except CasebookError as error:
                pipe.send(error)
                return
            pipe.send(said)
