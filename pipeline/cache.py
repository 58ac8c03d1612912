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

_KEPT = 3  # versions of a file that are kept


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
        path = folder() / (name + _ending())
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
        target = folder() / (name + _ending())
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=target.name)
        try:
            with os.fdopen(handle, "wb") as file:
                marshal.dump(made, file)
            # A reader sees the old file or the new one, never half of one.
            Path(temporary).replace(target)
        finally:
            Path(temporary).unlink(missing_ok=True)
        _remove_older(target, name)


def _ending() -> str:
    return f"-py{sys.version_info[0]}{sys.version_info[1]}.bin"


def _remove_older(written: Path, name: str) -> None:
    """Remove what earlier versions left, all but the latest of a kind: installations may live side by side.

    A process that still runs on an earlier version has read its file already, or builds it anew.
    """
    kind = name.rpartition("-")[0]
    found = []
    for path in written.parent.glob(f"{kind}-*{_ending()}") if kind else ():
        with contextlib.suppress(OSError):
            if path != written and path.name.removesuffix(_ending()).rpartition("-")[0] == kind:
                found.append((path.stat().st_mtime_ns, path.name, path))
    for _, _, path in sorted(found, reverse=True)[_KEPT - 1 :]:
        with contextlib.suppress(OSError):
            path.unlink()
