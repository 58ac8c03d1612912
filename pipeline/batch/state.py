"""What a run directory was made of, so that a run that would change nothing is over at once."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.batch.inputs import Input
from pipeline.batch.report import RunReport
from pipeline.files import write_atomically

_NAME = "state.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The last complete run in a directory.

    Attributes:
        fingerprint: of its inputs; empty where there was no run, or the next one may find otherwise.
        package: digest of the code and lexicons that made it.
        config: digest of the settings file.
        endings: of the files that are taken from folders.
        quick: what :mod:`pipeline.batch.quick` compares with.
        files: of every file that it wrote, size in bytes and time of change in nanoseconds.
    """

    fingerprint: str = ""
    package: str = ""
    config: str = ""
    endings: list[str] = field(default_factory=list)
    report: RunReport = field(default_factory=RunReport)
    quick: dict[str, Any] = field(default_factory=dict)
    files: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def read(cls, cache: Path) -> "State":
        """The state kept in ``cache``."""
        try:
            kept = json.loads((cache / _NAME).read_bytes())
            return cls(**{**kept, "report": RunReport(**kept["report"])})
        except (OSError, ValueError, KeyError, TypeError):
            return cls()

    def untouched(self, folder: Path) -> bool:
        """Whether the files still are as the run left them."""
        return all(_stamp(folder / name) == kept for name, kept in self.files.items())

    def of_files(self, names: Iterable[str], folder: Path) -> "State":
        """The same with the files ``names`` of ``folder`` as they are now."""
        return replace(self, files={name: _stamp(folder / name) for name in names})

    def remove_all_but(self, names: Iterable[str], folder: Path) -> None:
        """Remove the texts that this run left in ``folder`` and the next one did not write again."""
        for name in sorted(set(self.files) - set(names)):
            if name.startswith("text/"):
                (folder / name).unlink(missing_ok=True)

    def write(self, cache: Path) -> None:
        """Keep it in ``cache``."""
        write_atomically(cache / _NAME, json.dumps(asdict(self)).encode())


def fingerprint(inputs: Iterable[Input]) -> str:
    """Hash of the inputs, as far as they decide what a run writes."""
    parts = [part for one in inputs for part in (one.doc_id, one.path, one.sha256)]
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def config_digest(config: Path | None) -> str:
    """Hash of a settings file; empty where there is none, or it cannot be read."""
    try:
        return hashlib.blake2b(config.read_bytes(), digest_size=16).hexdigest() if config else ""
    except OSError:
        return ""


def _stamp(path: Path) -> list[int]:
    try:
        status = path.stat()
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]
