"""Whether a run would change nothing, found out with next to nothing imported: the start is most of such a run.

What cannot be told in this way is left to :func:`pipeline.batch.mine.unchanged`. Paths are plain strings here, since
loading pathlib alone takes as long as reading a dozen reports.
"""

# ruff: noqa: PTH100, PTH109, PTH112, PTH116, PTH118, PTH120, PTH123, PTH208

import hashlib
import json
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

_MOST = 20_000  # inputs; of more, the hashing takes far longer than the start
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def unchanged(given: "Sequence[str]", output: str, config: str | None) -> "dict[str, Any] | None":
    """The report of the run that made ``output``; None where it is not sure that the same call would make the same."""
    try:
        with open(os.path.join(output, ".cache", "state.json"), "rb") as file:
            kept = json.loads(file.read())
        mark = kept["quick"]
        if not mark or not kept["fingerprint"] or mark["made_of"] != _made_of(given, output, config):
            return None
        for name, stamp in kept["files"].items():
            if _stamp(os.path.join(output, name)) != stamp:
                return None
        for path, sha256 in mark["inputs"]:
            if _sha256(os.fsencode(path)) != sha256:
                return None
        report: dict[str, Any] = kept["report"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return report


def mark(
    given: "Sequence[str]", output: str, config: str | None, inputs: "Iterable[tuple[str, str]]"
) -> "dict[str, Any]":
    """What :func:`unchanged` will compare with; empty where it had better not be asked.

    Args:
        given: files and folders.
        output: the run directory.
        config: the settings file, if any.
        inputs: path and SHA-256 of what was found.
    """
    found = [[path, sha256] for path, sha256 in inputs]
    if len(found) > _MOST or any("://" in one for one in given):
        return {}
    return {"made_of": _made_of(given, output, config), "inputs": found}


def _made_of(given: "Sequence[str]", output: str, config: str | None) -> str:
    """Hash of all that decides what a run writes, but for the contents of its inputs."""
    digest = hashlib.blake2b(digest_size=16)
    for part in _parts(given, os.path.realpath(output), config):
        digest.update(os.fsencode(part) + b"\0")
    return digest.hexdigest()


def _parts(given: "Sequence[str]", output: str, config: str | None) -> "Iterator[str]":
    yield os.getcwd()
    if config is not None:
        with open(config, "rb") as file:
            yield hashlib.blake2b(file.read()).hexdigest()
    yield repr(_tesseract())
    for place in sys.path:
        # Their names carry the versions of what is installed.
        yield from sorted(name for name in _names(place or ".") if name.endswith(".dist-info"))
    for one in given:
        yield one
        yield from _listing(one, output, stamped=False)
    yield from _listing(_PACKAGE, output, stamped=True)


def _listing(folder: str, output: str, *, stamped: bool) -> "Iterator[str]":
    """Everything under a folder that is not hidden nor in the run directory."""
    waiting = [folder] if os.path.isdir(folder) else []
    while waiting:
        place = waiting.pop()
        with os.scandir(place) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
        for entry in ordered:
            if entry.name.startswith(".") or entry.name == "__pycache__":
                continue
            yield entry.path
            if entry.is_dir(follow_symlinks=False):
                if os.path.realpath(entry.path) != output:
                    waiting.append(entry.path)
            elif stamped:
                yield repr(_stamp(entry.path))


def _names(place: str) -> "list[str]":
    try:
        return os.listdir(place)
    except OSError:
        return []


def _tesseract() -> "list[int]":
    for place in os.environ.get("PATH", os.defpath).split(os.pathsep):
        path = os.path.join(place, "tesseract")
        if os.access(path, os.X_OK) and not os.path.isdir(path):
            return _stamp(path)
    return []


def _stamp(path: str) -> "list[int]":
    try:
        status = os.stat(path)
    except OSError:
        return []
    return [status.st_size, status.st_mtime_ns]


def _sha256(path: bytes) -> str:
    with open(path, "rb") as file:
        digest = hashlib.sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
