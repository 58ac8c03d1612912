"""What a run directory is made of, one file a kind of file. To add one, drop a file here with ``open_writer``.

Writers write into a draft folder; when all are closed, :func:`publish` moves their files into place one by one,
each in one step, so that a reader never meets half a file.
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from pipeline import registry
from pipeline.tables import Table
from pipeline.writers._seam import Writer

__all__ = ["Writer", "discard", "draft_in", "open_all", "prepare", "publish"]

_DRAFT = ".draft"


def prepare() -> None:
    """Load what writing takes."""
    for member in registry.members(sys.modules[__name__]):
        if hasattr(member, "prepare"):
            member.prepare()


def open_all(draft: Path, tables: Sequence[Table]) -> list[Writer]:
    """One writer of each kind."""
    return [member.open_writer(draft, tables) for member in registry.members(sys.modules[__name__])]


def draft_in(folder: Path) -> Path:
    """An empty draft folder in the run directory ``folder``, which is made if need be.

    Raises:
        OSError: it cannot be made or written to.
    """
    discard(folder)
    draft = folder / _DRAFT
    draft.mkdir(parents=True)
    return draft


def publish(folder: Path) -> list[str]:
    """Move the draft's files into place; their paths in ``folder``, sorted.

    Raises:
        OSError: a file cannot be moved.
    """
    draft = folder / _DRAFT
    drafted = sorted(path for path in draft.rglob("*") if path.is_file())
    names = [path.relative_to(draft).as_posix() for path in drafted]
    for path, name in zip(drafted, names, strict=True):
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        path.replace(target)
    shutil.rmtree(draft)
    return names


def discard(folder: Path) -> None:
    """Remove a draft, finished or not."""
    shutil.rmtree(folder / _DRAFT, ignore_errors=True)
