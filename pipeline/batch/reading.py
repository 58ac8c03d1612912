"""Read the documents that are not read yet, by an engine, and keep account of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pipeline import engines
from pipeline.batch.inputs import Input
from pipeline.batch.plan import Plan
from pipeline.batch.report import Listener
from pipeline.batch.work import PASSING
from pipeline.datamodel import Failure
from pipeline.engines import Lost


class Work(Protocol):
    """What a worker does with an input: picklable, builds the function that does it."""

    def awaiting(self, inputs: Sequence[Input]) -> "Work":
        """The same, which loads what these need before the first comes."""

    def meanwhile(self) -> None:
        """Load what will be needed of the answers, while the workers start."""

    def __call__(self) -> Callable[[Any], Any]:
        """Build it, where it runs."""

    def items(self, inputs: Sequence[Input]) -> Sequence[Any]:
        """What that function is given."""

    def taken(self, given: Input, value: Any) -> Failure | None:
        """What becomes of its answer, back in the process of the run: the failure, if any."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """How the reading of some inputs went.

    Attributes:
        done: indices of the inputs with an outcome; others were left out by an interrupt.
        failures: why an input was not read, by index.
        passing: indices of failures that may not come again: the next run tries again.
        traces: tracebacks of errors that nobody foresaw, by index.
        seconds: time spent on an input, by index.
        megabytes: the most that a worker was seen to take after a document.
        engine, jobs: what did the work.
    """

    done: set[int] = field(default_factory=set)
    failures: dict[int, Failure] = field(default_factory=dict)
    passing: set[int] = field(default_factory=set)
    traces: dict[int, str] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    megabytes: float = 0.0
    engine: str = "serial"
    jobs: int = 1

    def failed(self, index: int, failure: Failure, passing: bool) -> None:
        """Put down a failure."""
        self.failures[index] = failure
        if passing:
            self.passing.add(index)


def read_all(plan: Plan, work: Work, inputs: Sequence[Input], todo: Sequence[int], listener: Listener) -> Reading:
    """Work through ``inputs[i]`` for each ``i`` of ``todo``.

    Args:
        plan: limits and the number of workers.
        work: what a worker does with an input.
        inputs: all inputs; those whose bytes could not even be hashed have failed already.
        todo: indices of what is to be read.
        listener: told of each outcome.

    Raises:
        UsageError: the work cannot be built: an unknown model, a missing lexicon.
    """
    reading = Reading()
    for index, one in enumerate(inputs):
        if one.problem:
            reading.done.add(index)
            reading.failed(index, Failure(code="unreadable", message=one.problem), passing=True)
            listener.done(one, reading.failures[index])
    limits = plan.limits(len(todo), work.meanwhile)
    work = work.awaiting([inputs[index] for index in todo])
    reading.engine, reading.jobs = plan.engine, limits.jobs
    for outcome in engines.load(reading.engine)(work, work.items([inputs[index] for index in todo]), limits):
        index = todo[outcome.index]
        reading.done.add(index)
        reading.seconds[index] = outcome.seconds
        reading.megabytes = max(reading.megabytes, outcome.megabytes)
        if isinstance(outcome, Lost):
            reading.failed(index, Failure(code=outcome.reason, message=_sentence(outcome)), passing=True)
            if outcome.trace:
                reading.traces[index] = outcome.trace
        elif (failure := work.taken(inputs[index], outcome.value)) is not None:
            reading.failed(index, failure, passing=failure.code in PASSING)
        listener.done(inputs[index], reading.failures.get(index), outcome.seconds, outcome.megabytes)
    return reading


def _sentence(lost: Lost) -> str:
    advice = {
        "memory": "raise reading.max_memory_megabytes to give it more",
        "timeout": "raise reading.max_seconds to give it more",
        "crash": "the file may be damaged",
        "bug": "an error in casebook, please report it",
    }[lost.reason]
    return f"{lost.detail}; {advice}"
