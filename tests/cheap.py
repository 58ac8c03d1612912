"""``casebook`` with a reader that takes no time, so that tests of faults need not wait for the real one.

A text's first word says what becomes of it: ``loop`` goes on for ever, ``devour`` takes all memory, ``crash`` breaks
native code, ``kill:<path>`` kills the worker once, ``barren:<path>`` what it was forked from, ``orphan:<path>`` what
started that; any other is read.
"""

import ctypes
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from pipeline.batch import run, work
from pipeline.batch.inputs import Input
from pipeline.datamodel import Case, DocumentResult, Failure
from pipeline.store import ResultStore
from tests.handmade import MEASUREMENT, REGIMEN, RESPONSE, TEXT, TOXICITY

PACE = float(os.environ.get("CHEAP_SECONDS", "0"))


class CheapWork(work.MiningWork):
    """Files hand-made results."""

    def __call__(self) -> Callable[[Input], Failure | None]:
        """Nothing to build."""
        store = ResultStore(self.cache / work.RESULTS)

        def read(given: Input) -> Failure | None:
            text = Path(given.path).read_text(encoding="utf-8")
            suffer(text.split()[0])
            time.sleep(PACE)
            with work.storing(self.cache):
                store.put(given.key, told(given, text))
            return None

        return read


def told(given: Input, text: str) -> DocumentResult:
    """A result with a row in each table."""
    return DocumentResult(
        source=given.source,
        text=TEXT + text,
        cases=(Case(number=1),),
        regimens=(REGIMEN,),
        responses=(RESPONSE,),
        toxicities=(TOXICITY,),
        measurements=(MEASUREMENT,),
    )


def suffer(word: str) -> None:
    """What the text's first word asks for."""
    kind, _, mark = word.partition(":")
    while kind == "loop":
        pass
    devoured: list[Any] = []
    while kind == "devour":
        devoured.append(bytearray(8 << 20))
    if kind == "crash":
        ctypes.string_at(0)
    if kind in ("kill", "barren", "orphan") and not Path(mark).exists():
        Path(mark).touch()
        victim = psutil.Process()
        for _ in range(("kill", "barren", "orphan").index(kind)):
            victim = victim.parent() or victim
        victim.kill()


def main(arguments: list[str] | None = None) -> int:
    """``casebook`` with the cheap reader."""
    from pipeline.cli import main as casebook

    run.MiningWork = CheapWork  # type: ignore[misc]
    return casebook(sys.argv[1:] if arguments is None else arguments)
