"""What a run tells, while it goes on and at its end."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from pipeline.batch.inputs import Input

if TYPE_CHECKING:
    from pipeline.datamodel import Failure


class Listener(Protocol):
    """Who follows a run."""

    def begin(self, documents: int, cached: int) -> None:
        """So many documents, of which so many need not be read again."""

    def done(self, given: Input, failure: "Failure | None", seconds: float = 0.0, megabytes: float = 0.0) -> None:
        """A document is read, or has failed; the time it took, and the memory of its worker afterwards."""

    def writing(self) -> None:
        """All is read; the tables are being written."""


@dataclass(slots=True, kw_only=True)
class RunReport:
    """What a run did.

    Attributes:
        documents, failed, cached: how many; ``cached`` are those that an earlier run had read.
        pending: documents that an interrupt left out.
        rows: number of rows by table.
        flags: how often each flag was raised.
        failures: why which document failed, in the order of the documents.
        twins: documents whose rows are taken from a better copy of the same article.
        rowless: documents that were read and gave no row of any fact table; ``named`` are the first of them.
        foreign: how many of the documents that were read are in which other language than English.
        unchanged: the run directory already held all of this, nothing was written.
        seconds: wall-clock time by phase.
    """

    documents: int = 0
    failed: int = 0
    cached: int = 0
    pending: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    failures: list[dict[str, str]] = field(default_factory=list)
    twins: int = 0
    rowless: int = 0
    named: list[str] = field(default_factory=list)
    foreign: dict[str, int] = field(default_factory=dict)
    unchanged: bool = False
    seconds: dict[str, float] = field(default_factory=dict)


def told(given: Input, failure: "Failure") -> dict[str, str]:
    """A failure as ``run.json`` tells it."""
    return {"doc_id": given.doc_id, "path": given.path, "code": failure.code, "message": failure.message}
