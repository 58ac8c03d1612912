"""What is to be done, and by how many workers."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.fingerprint import tesseract

if TYPE_CHECKING:
    from pipeline.engines import Limits
    from pipeline.settings import Settings

_FEW = 4
_MOST_WORKERS = 4
_GRACE = 5.0  # seconds


def _never() -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be done.

    Attributes:
        given: files and folders; addresses (``s3://bucket/folder``) as strings.
        output: the folder to write to.
        config: a settings file; None for the defaults.
        jobs: worker processes; None to suit the machine and the work.
        engine: which engine does the work.
        scheduler: address of a running cluster, for the engine that can use one; empty for one of its own.
        shard: which part of the inputs, from 1, of how many; (1, 1) for all of them.
        fresh: read all documents anew.
        stop: asked between documents; where it says True, the run ends with what is done.
    """

    given: tuple[Path | str, ...]
    output: Path
    config: Path | None = None
    jobs: int | None = None
    engine: str = "processes"
    scheduler: str = ""
    shard: tuple[int, int] = (1, 1)
    fresh: bool = False
    stop: Callable[[], bool] = _never

    @property
    def folder(self) -> Path:
        """Where the tables go: a part of the inputs has a folder of its own in ``output``."""
        part, parts = self.shard
        return self.output if parts == 1 else self.output / f"shard-{part}-of-{parts}"

    @cached_property
    def settings(self) -> "Settings":
        """The settings.

        Raises:
            UsageError: the file cannot be read, or names what there is not.
        """
        from pipeline.settings import load_settings

        return load_settings(self.config)

    def limits(self, documents: int, meanwhile: Callable[[], None]) -> "Limits":
        """How the engine works through so many documents, and what is done while its workers start."""
        from pipeline.engines import Limits

        reading = self.settings.reading
        # OCR stops the worker's own clock; a worker that hangs in it is ended when that time is over too.
        longer = reading.max_seconds_ocr if reading.ocr == "auto" and tesseract() else 0.0
        return Limits(
            jobs=1 if self.engine == "serial" else min(self.jobs or _jobs_for(documents), max(documents, 1)),
            seconds=reading.max_seconds,
            grace=_GRACE + longer,
            megabytes=reading.max_memory_megabytes,
            scheduler=self.scheduler,
            stop=self.stop,
            meanwhile=meanwhile,
        )


def _jobs_for(documents: int) -> int:
    """Starting workers costs more than it brings for a few documents; memory bounds their number."""
    if documents < _FEW:
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, _MOST_WORKERS)
