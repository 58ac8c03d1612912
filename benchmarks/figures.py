"""What a section is given, and what it gives."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What is measured on.

    Attributes:
        reports: folder of reports (PDF, text, JATS XML).
        texts: JSON lines of raw texts, ``{"id", "text"}`` each; None: the texts of ``reports``.
        peers: the Python of the environment that holds the peers; None where there is none.
        scratch: a folder to write into, empty at first, one for all sections.
    """

    reports: Path
    texts: Path | None
    peers: Path | None
    scratch: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the report.

    Attributes:
        what: was measured.
        ours: casebook's figure with its unit.
        peer: who stands beside it; empty where nobody does.
        theirs: the peer's figure with its unit.
        ratio: how many times better casebook's figure is; None where there is nothing to compare.
    """

    what: str
    ours: str
    peer: str = ""
    theirs: str = ""
    ratio: float | None = None
