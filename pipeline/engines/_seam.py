"""What an engine takes and gives."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, Literal, TypeAlias, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")
Made_co = TypeVar("Made_co", covariant=True)

Build: TypeAlias = Callable[[], Callable[[Given], Made]]
Reason: TypeAlias = Literal["timeout", "memory", "crash", "bug"]


def _never() -> bool:
    return False


def _nothing() -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How an engine works.

    Attributes:
        jobs: worker processes.
        seconds: longest time for one item.
        grace: seconds after that until a worker that does not let go is ended.
        megabytes: memory that one item may take, on top of what its worker has taken when it begins; 0 for no limit.
        recycle: items after which a worker is replaced by a fresh one.
        scheduler: address of a running cluster, for an engine that can use one; empty for one of its own.
        stop: asked between items; where it says True, no further item is begun, and those in work are finished.
        meanwhile: called once while workers start, by an engine that waits for them.
    """

    jobs: int = 1
    seconds: float = 120
    grace: float = 5
    megabytes: float = 0
    recycle: int = 500
    scheduler: str = ""
    stop: Callable[[], bool] = field(default=_never)
    meanwhile: Callable[[], None] = field(default=_nothing)

    def unasked(self) -> "Limits":
        """The same for a worker, which does not ask whether to stop: functions may not cross to other processes."""
        return replace(self, stop=_never, meanwhile=_nothing)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[Made_co]):
    """The item ``index`` became ``value``, in ``seconds``.

    ``megabytes`` is the memory of the worker afterwards, 0 where the system does not tell.
    """

    index: int
    value: Made_co
    seconds: float
    megabytes: float = 0.0

    def at(self, index: int) -> "Done[Made_co]":
        """The same as the outcome of another item."""
        return replace(self, index=index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """The item ``index`` gave nothing: it took too long or too much memory, its worker died, or the code failed.

    Attributes:
        reason: ``bug`` is an exception that nobody foresaw.
        detail: one line; of a bug, what was raised.
        trace: of a bug, the traceback.
    """

    index: int
    reason: Reason
    detail: str
    trace: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0

    def at(self, index: int) -> "Lost":
        """The same as the outcome of another item."""
        return replace(self, index=index)


Outcome: TypeAlias = "Done[Made] | Lost"


Engine: TypeAlias = Callable[[Build[Given, Made], Sequence[Given], Limits], Iterator["Done[Made] | Lost"]]
