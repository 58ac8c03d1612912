"""The built lexicons in one binary file of the user's cache folder, so that a start parses no text."""

import contextlib
import gc
import marshal
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any


def folder() -> Path:
    """Where casebook keeps what can be made again: ``CASEBOOK_CACHE``, else the user's cache folder."""
    named = os.environ.get("CASEBOOK_CACHE") or os.environ.get("XDG_CACHE_HOME")
    base = Path(named) if named else Path.home() / ".cache"
    return base / "casebook"


def cached(name: str, build: Callable[[], Any]) -> Any:
    """What the file ``name`` holds; where it cannot be read, what ``build`` makes, written there if that is possible.

    ``name`` must hold a hash of all that ``build`` depends on. Only plain types can be kept.
    """
    try:
        path = folder() / f"{name}-py{sys.version_info[0]}{sys.version_info[1]}.bin"
        content = path.read_bytes()
    except (OSError, RuntimeError):
        made = build()
        _write(name, made)
        return made
    was_enabled = gc.isenabled()
    # A hundred thousand new tuples would make the collector walk them again and again.
    gc.disable()
    try:
        return marshal.loads(content)
    except (ValueError, EOFError, TypeError):
        made = build()
        _write(name, made)
        return made
    finally:
        if was_enabled:
            gc.enable()


def _write(name: str, made: Any) -> None:
    with contextlib.suppress(OSError, RuntimeError):
        target = folder() / f"{name}-py{sys.version_info[0]}{sys.version_info[1]}.bin"
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=target.name)
        with os.fdopen(handle, "wb") as file:
            marshal.dump(made, file)
        # A reader sees the old file or the new one, never half of one.
        Path(temporary).replace(target)
