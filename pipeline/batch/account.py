"""``run.json``: what made a run directory, and how it went."""

import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipeline import __version__
from pipeline.batch.report import RunReport
from pipeline.engines import peak
from pipeline.files import write_atomically
from pipeline.fingerprint import code_digest, version_of
from pipeline.settings import Settings

_NAMED = ("spacy", "scispacy", "pdfplumber", "pypdfium2", "lxml", "pandas", "pyarrow", "pint", "ucumvert")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What ``run.json`` is made of, besides the report.

    ``worker_megabytes`` is the most memory that a worker was seen to take after a document.
    """

    settings: Settings
    started: str
    engine: str
    jobs: int
    worker_megabytes: float
    inputs: list[dict[str, Any]]


def write_account(path: Path, account: Account, report: RunReport) -> None:
    """Write ``run.json``.

    Raises:
        OSError: it cannot be written.
    """
    made_by = {
        "casebook": __version__,
        "code": code_digest(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": {name: version_of(name) for name in _NAMED},
        "settings": asdict(account.settings),
        "settings_digest": account.settings.digest(),
    }
    made = {
        "started": account.started,
        "engine": account.engine,
        "jobs": account.jobs,
        "seconds": {phase: round(spent, 3) for phase, spent in report.seconds.items()},
        "peak_memory_megabytes": _peak_memory(account.worker_megabytes),
        "interrupted": report.pending > 0,
    }
    counted = {name: getattr(report, name) for name in ("documents", "failed", "cached", "pending", "rows", "flags")}
    listed = {"failures": report.failures, "inputs": account.inputs}
    told = made_by | made | counted | listed
    write_atomically(path, json.dumps(told, indent=1).encode() + b"\n")


def _peak_memory(worker: float) -> dict[str, float]:
    """Of this process, where the system tells, and of its largest worker."""
    told = {"main": round(own, 1)} if (own := peak()) else {}
    return told | {"largest_worker": round(max(peak(of_children=True), worker), 1)}
