"""What is shown while a run goes on, and when it is over."""

import json
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from types import FrameType
from typing import TYPE_CHECKING

from pipeline.batch.inputs import Input

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from pipeline.datamodel import Failure


_GLANCE = 0.1  # seconds between two pictures of the bar


class Follower:
    """A live bar on stderr where that is a terminal; elsewhere only the documents that fail are told."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._failed = 0
        self._shown = 0.0

    def begin(self, documents: int, cached: int) -> None:
        """Show the bar."""
        if not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]}"),
            console=Console(stderr=True),
            transient=True,
            # Its own thread would keep workers from being forked.
            auto_refresh=False,
        )
        self._task = self._bar.add_task("reading", total=documents, completed=cached, failed="")
        self._bar.start()

    def done(self, given: Input, failure: "Failure | None", seconds: float = 0.0, megabytes: float = 0.0) -> None:
        """Count a document; tell of it in a line where it failed."""
        if failure is not None:
            self._failed += 1
            self._tell(f"failed: {given.path}: {failure.message}")
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, failed=f"{self._failed} failed" if self._failed else "")
            now = time.monotonic()
            if now - self._shown >= _GLANCE:
                self._shown = now
                self._bar.refresh()

    def writing(self) -> None:
        """The documents are read."""
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, description="writing tables", refresh=True)

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def _tell(self, line: str) -> None:
        fit = " ".join(line.split()).encode("utf-8", "replace").decode()
        if self._bar is not None:
            self._bar.console.print(fit, markup=False, highlight=False, soft_wrap=True)
        else:
            print(fit, file=sys.stderr)


class JsonFollower(Follower):
    """One line of JSON for each document on stderr, as it is done."""

    def begin(self, documents: int, cached: int) -> None:
        """Tell how much there is to do."""
        self._event("begin", documents=documents, cached=cached)

    def done(self, given: Input, failure: "Failure | None", seconds: float = 0.0, megabytes: float = 0.0) -> None:
        """Tell of the document."""
        told = {"status": "failed", "code": failure.code, "error": failure.message} if failure else {"status": "ok"}
        spent = {"seconds": round(seconds, 3), "worker_megabytes": round(megabytes, 1)}
        self._event("document", doc_id=given.doc_id, path=given.path, **told, **spent)

    def writing(self) -> None:
        """Tell that all is read."""
        self._event("writing")

    def _event(self, event: str, **told: object) -> None:
        when = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        print(json.dumps({"time": when, "event": event, **told}), file=sys.stderr, flush=True)


@contextmanager
def following(as_json: bool = False) -> Iterator[Follower]:
    """A follower that is closed whatever happens."""
    follower = JsonFollower() if as_json else Follower()
    try:
        yield follower
    finally:
        follower.close()


class Interrupts:
    """The first Ctrl-C asks to end after the documents in work; the second ends at once."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def asked(self) -> bool:
        """Whether Ctrl-C was pressed."""
        return self._asked.is_set()

    @contextmanager
    def caught(self) -> Iterator[None]:
        """Within, Ctrl-C does not raise the first time."""
        before = signal.signal(signal.SIGINT, self._heard)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        if self._asked.is_set():
            raise KeyboardInterrupt
        self._asked.set()
        print("\ncasebook: finishing what is in work; Ctrl-C again to leave at once", file=sys.stderr)
