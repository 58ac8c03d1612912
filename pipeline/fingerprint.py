"""What this installation is made of: hashes of its code and lexicons, versions of what it stands on."""

import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

_ENDINGS = frozenset({".py", ".toml", ".tsv", ".json", ".txt", ".gz"})
_NOT_STAGES = frozenset({"cli", "batch", "writers", "tables", "engines", "export", "review", "report", "evaluation"})
_READERS = ("spacy", "scispacy", "pdfplumber", "pypdfium2", "lxml", "pint", "ucumvert")
_INSTALLED = re.compile(r"(?P<name>[^-]+)-(?P<version>[^-]+)\.dist-info")


@cache
def code_digest(later: tuple[str, ...] = ()) -> str:
    """Hash of all that turns a file into a result: code, rules, lexicons, and the versions of the readers.

    Args:
        later: rooms that have no part in it, since only a later stage uses them.
    """
    return _digest(lambda part: part not in _NOT_STAGES and part not in later)


@cache
def package_digest() -> str:
    """Hash of all that turns a file into the tables of a run."""
    return _digest(lambda part: True)


def tesseract() -> str:
    """Path of the OCR program; empty where it is not installed."""
    return shutil.which("tesseract") or ""


def tesseract_stamp() -> str:
    """Changes where the OCR program comes, goes or is replaced: what it reads, or its absence, is in the results."""
    program = tesseract()
    try:
        status = Path(program).stat() if program else None
    except OSError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns}" if status else ""


def version_of(distribution: str) -> str:
    """Version of an installed distribution; empty where it is not installed."""
    return _versions().get(distribution.replace("-", "_").lower(), "")


@cache
def _versions() -> dict[str, str]:
    """Versions by name, as the folders on the path tell them; importing importlib.metadata takes longer."""
    found: dict[str, str] = {}
    for place in sys.path:
        try:
            entries = list(Path(place or ".").iterdir())
        except OSError:
            continue
        for entry in entries:
            if (told := _INSTALLED.fullmatch(entry.name)) is not None:
                found.setdefault(told["name"].lower(), told["version"])
    return found


def _digest(wanted: Callable[[str], bool]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for name, own in _contents():
        if wanted(name.split("/", 1)[0]):
            digest.update(name.encode() + own)
    for name in _READERS:
        digest.update(f"{name} {version_of(name)}".encode())
    return digest.hexdigest()


@cache
def _contents() -> tuple[tuple[str, bytes], ...]:
    """Path and digest of every file of the package that takes part."""
    package = Path(__file__).parent
    found = []
    for folder, names, files in os.walk(package):
        names[:] = sorted(name for name in names if name != "__pycache__")
        for path in (Path(folder, name) for name in sorted(files)):
            if path.suffix in _ENDINGS:
                own = hashlib.blake2b(path.read_bytes(), digest_size=8).digest()
                found.append((path.relative_to(package).as_posix(), own))
    return tuple(found)
