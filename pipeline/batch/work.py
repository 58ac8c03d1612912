"""What a worker does with one document, built once a worker."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.batch.inputs import Input
from pipeline.datamodel import Failure
from pipeline.errors import DocumentError, StorageError
from pipeline.settings import ReadingSettings, Settings
from pipeline.store import ResultStore

PASSING = frozenset({"unreadable", "too_slow", "ocr_failed"})
"""Codes of failures that do not lie in the file's content alone: the next run tries again."""


_SELDOM = (50_000, 20, 20)
"""Thresholds of the garbage collector: what the stages make is let go without it, so it need not look so often."""


@contextmanager
def settling() -> Iterator[None]:
    """What is built within stays for good: the garbage collector neither runs meanwhile nor looks at it later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*_SELDOM)
        gc.enable()


@dataclass(frozen=True, slots=True, kw_only=True)
class MiningWork:
    """Builds what reads a document and files its result under its key; gives the failure, if any."""

    settings: Settings
    store: Path

    def __call__(self) -> Callable[[Input], Failure | None]:
        """Build the corridor; takes about a second."""
        with settling():
            from pipeline.process import Corridor, guarded

            corridor = Corridor.build(self.settings)
        store = ResultStore(self.store)

        def work(given: Input) -> Failure | None:
            result = guarded(corridor.process, given.source)
            if result.failure is None or result.failure.code not in PASSING:
                _kept(self.store, lambda: store.put(given.key, result))
            return result.failure

        return work


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWork:
    """Builds what reads a document's text and writes it; gives the failure, if any."""

    reading: ReadingSettings
    folder: Path

    def __call__(self) -> Callable[[Input], Failure | None]:
        """Load the extractors alone."""
        with settling():
            from pipeline import extractors
            from pipeline.files import write_atomically
            from pipeline.writers.text import text_bytes

        def work(given: Input) -> Failure | None:
            try:
                document = extractors.extract(given.source, self.reading)
            except DocumentError as error:
                return Failure(code=error.code, message=error.message)
            path = self.folder / f"{given.source.doc_id}.txt"
            _kept(self.folder, lambda: write_atomically(path, text_bytes(document.text)))
            return None

        return work


def _kept(folder: Path, write: Callable[[], None]) -> None:
    """A disk that is full is not the document's fault: no later one could be kept either."""
    try:
        write()
    except OSError as error:
        raise StorageError(folder, error) from error
