"""What an engine takes and gives."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeAlias, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")
Made_co = TypeVar("Made_co", covariant=True)

Build: TypeAlias = Callable[[], Callable[[Given], Made]]


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How an engine works.

    Attributes:
        jobs: worker processes.
        seconds: longest time for one item.
        grace: seconds after that until a worker that does not let go is ended.
        recycle: items after which a worker is replaced by a fresh one.
        stop: asked between items; where it says True, no further item is begun, and those in work are finished.
    """

    jobs: int = 1
    seconds: float = 120
    grace: float = 5
    recycle: int = 500
    stop: Callable[[], bool] = field(default=_never)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[Made_co]):
    """The item ``index`` became ``value``, in ``seconds``."""

    index: int
    value: Made_co
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """The item ``index`` gave nothing: it took too long, its worker died, or the code failed.

    Attributes:
        reason: ``bug`` is an exception that nobody foresaw.
        detail: one line; of a bug, what was raised.
        trace: of a bug, the traceback.
    """

    index: int
    reason: Literal["timeout", "crash", "bug"]
    detail: str
    trace: str = ""
    seconds: float = 0.0


Outcome: TypeAlias = "Done[Made] | Lost"


Engine: TypeAlias = Callable[[Build[Given, Made], Sequence[Given], Limits], Iterator["Done[Made] | Lost"]]
