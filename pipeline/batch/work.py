"""What a worker does with one document, built once a worker."""

import gc
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline.batch.inputs import Input
from pipeline.batch.remote import fetch, is_remote, name_of
from pipeline.datamodel import DocumentResult, Failure
from pipeline.errors import DocumentError, StorageError
from pipeline.settings import ReadingSettings, Settings
from pipeline.store import ResultStore, encode
from pipeline.store.stages import StageStore

if TYPE_CHECKING:
    from pipeline.datamodel import Source

RESULTS, STAGES = "results", "stages"
"""Folders of a run's cache."""

PASSING = frozenset({"unreadable", "changed", "too_slow", "ocr_failed"})
"""Codes of failures that do not lie in the file's content alone: the next run tries again."""


_MANY = 4  # documents from which on several workers are started

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
class Needs:
    """What is to be loaded before the first document comes, which all workers then share.

    Attributes:
        endings: of the documents' names.
        many: whether there are so many that some will need what only some do.
    """

    endings: frozenset[str] = frozenset()
    many: bool = False

    @classmethod
    def of(cls, inputs: Sequence[Input]) -> "Needs":
        """Those of a batch."""
        return cls(endings=frozenset(one.ending for one in inputs), many=len(inputs) >= _MANY)


NOTHING = Needs()
_Own = TypeVar("_Own", bound="_Prepared")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """Work that loads what a batch needs before its first document comes."""

    needs: Needs = NOTHING

    def awaiting(self: _Own, inputs: Sequence[Input]) -> _Own:
        """The same for these inputs."""
        return replace(self, needs=Needs.of(inputs))

    def meanwhile(self) -> None:
        """Load the tables and what writes them, while the workers start."""
        from pipeline import tables, writers

        tables.all_tables()
        writers.prepare()


@dataclass(frozen=True, slots=True, kw_only=True)
class MiningWork(_Prepared):
    """Builds what reads a document and files its result under its key; gives the failure, if any."""

    settings: Settings
    cache: Path

    def __call__(self) -> Callable[[Input], Failure | None]:
        """Build the corridor; takes about a second."""
        mined, store = _miner(self.settings, self.needs), ResultStore(self.cache / RESULTS)
        stages = StageStore(self.cache / STAGES, self.settings)

        def work(given: Input) -> Failure | None:
            shelf = stages.shelf(given.sha256, given.ending)
            result = _outcome(lambda source: mined(source, shelf), given)
            if is_kept(result):
                with storing(self.cache):
                    store.put(given.key, result)
            return result.failure

        return work

    def items(self, inputs: Sequence[Input]) -> Sequence[Input]:
        """What the workers are given."""
        return inputs

    def taken(self, given: Input, value: Failure | None) -> Failure | None:
        """What becomes of a worker's answer."""
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """An input on its way to another machine, with its bytes where they cannot be had there."""

    given: Input
    content: bytes | None


class Parcels(Sequence[Parcel]):
    """Inputs, packed one at a time when they are asked for."""

    def __init__(self, inputs: Sequence[Input]) -> None:
        self._inputs = inputs

    def __len__(self) -> int:
        return len(self._inputs)

    def __getitem__(self, index: Any) -> Any:
        """Pack one; a file that has gone meanwhile travels without content and fails there."""
        given = self._inputs[index]
        try:
            content = None if is_remote(given.path) else Path(given.path).read_bytes()
        except OSError:
            content = None
        return Parcel(given=given, content=content)


@dataclass(frozen=True, slots=True, kw_only=True)
class DistantWork(_Prepared):
    """As :class:`MiningWork`, on a machine that shares no disk: gives the failure and the encoded result."""

    settings: Settings
    cache: Path

    def __call__(self) -> Callable[[Parcel], tuple[Failure | None, bytes]]:
        """Build the corridor; takes about a second."""
        mined = _miner(self.settings, self.needs)

        def work(parcel: Parcel) -> tuple[Failure | None, bytes]:
            result = _outcome(mined, parcel.given, parcel.content)
            return result.failure, encode(result) if is_kept(result) else b""

        return work

    def items(self, inputs: Sequence[Input]) -> Sequence[Parcel]:
        """What the workers are given."""
        return Parcels(inputs)

    def taken(self, given: Input, value: tuple[Failure | None, bytes]) -> Failure | None:
        """File the result that a worker sent."""
        failure, encoded = value
        if encoded:
            with storing(self.cache):
                ResultStore(self.cache / RESULTS).put_encoded(given.key, encoded)
        return failure


@dataclass(frozen=True, slots=True, kw_only=True)
class TextWork(_Prepared):
    """Builds what reads a document's text and writes it; gives the failure, if any."""

    reading: ReadingSettings
    folder: Path

    def meanwhile(self) -> None:
        """Texts are written by the workers."""

    def __call__(self) -> Callable[[Input], Failure | None]:
        """Load the extractors alone."""
        with settling():
            from pipeline import extractors
            from pipeline.files import write_atomically
            from pipeline.writers.text import text_bytes

            extractors.prepare(self.needs.endings)

        def work(given: Input) -> Failure | None:
            try:
                with at_hand(given) as source:
                    document = extractors.extract(source, self.reading)
            except DocumentError as error:
                return Failure(code=error.code, message=error.message)
            with storing(self.folder):
                write_atomically(self.folder / f"{given.doc_id}.txt", text_bytes(document.text))
            return None

        return work

    def items(self, inputs: Sequence[Input]) -> Sequence[Input]:
        """What the workers are given."""
        return inputs

    def taken(self, given: Input, value: Failure | None) -> Failure | None:
        """What becomes of a worker's answer."""
        return value


def is_kept(result: DocumentResult) -> bool:
    """Whether the next run will find the same."""
    return result.failure is None or result.failure.code not in PASSING


@contextmanager
def storing(folder: Path) -> Iterator[None]:
    """A disk that is full is not the document's fault: no later one could be kept either."""
    try:
        yield
    except OSError as error:
        raise StorageError(folder, error) from error


@contextmanager
def at_hand(given: Input, content: bytes | None = None) -> Iterator["Source"]:
    """The input as a file of this machine.

    Raises:
        DocumentError: it cannot be brought here.
    """
    if content is None and not is_remote(given.path):
        yield given.source
        return
    with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
        # The end of the name tells the format; all of it may be too long for a file system.
        place = Path(folder, "d" + name_of(given.path)[-60:])
        if content is None:
            fetch(given.path, given.sha256, place)
        else:
            place.write_bytes(content)
        yield replace(given.source, path=str(place))


def _outcome(mined: "Callable[[Source], DocumentResult]", given: Input, content: bytes | None = None) -> DocumentResult:
    try:
        with at_hand(given, content) as source:
            return mined(source)
    except DocumentError as error:
        return DocumentResult(source=given.source, failure=Failure(code=error.code, message=error.message))


def _miner(settings: Settings, needs: Needs) -> Callable[..., DocumentResult]:
    with settling():
        from pipeline import extractors
        from pipeline.process import Corridor

        corridor = Corridor.build(settings)
        # Workers that are forked from here have all of it at once, and share its memory.
        extractors.prepare(needs.endings)
        corridor.rehearse(thoroughly=needs.many)
        return corridor.process
