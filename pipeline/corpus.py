"""Finding the inputs of a run and naming them.

A document's id is its file name without the ending. Where two files of a run share it, all of them get their
folder's name added, and where that does not tell them apart, eight digits of their content's hash; so an id
changes only when a namesake joins the run.
"""

import hashlib
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline import extractors
from pipeline.datamodel import Source
from pipeline.errors import UsageError

_UNSAFE = re.compile(r"[^\w.\-+()\[\]]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
_LONGEST = 120
_CHUNK = 1 << 20


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """The files that ``paths`` name, folders recursively, in a fixed order; a file named twice comes once.

    A file that is named itself is taken whatever its ending; of a folder, files whose ending some format has.
    Hidden files and folders are skipped within folders.

    Raises:
        UsageError: nothing was given, a path does not exist, a folder cannot be listed or holds no readable file.
    """
    if not paths:
        raise UsageError("no input given; name files or folders to read")
    found: dict[str, Path] = {}
    for path in paths:
        for file in _files(path):
            found.setdefault(os.path.realpath(file), file)
    ordered = sorted(found.values(), key=lambda file: os.fsencode(file))
    return _named(ordered)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        endings = tuple(extractors.suffixes())
        inside = [file for file in _walk(path) if file.name.lower().endswith(endings)]
        if not inside:
            known = ", ".join(sorted(endings))
            raise UsageError(f"no readable file in {_shown(path)}; files with these endings are read: {known}")
        yield from inside
    elif path.exists():
        yield path
    else:
        raise UsageError(f"no such file or folder: {_shown(path)}; check the path")


def _walk(folder: Path) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        raise UsageError(f"cannot list {_shown(error.filename)}: {error.strerror}; check its permissions")

    for directory, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(directory, name) for name in sorted(files) if not name.startswith("."))


def _named(files: Sequence[Path]) -> list[Source]:
    names = [_safe(file.stem) for file in files]
    for longer in (_with_folder, _with_hash, _with_path_hash):
        names = _told_apart(files, names, longer)
    return [Source(doc_id=name, path=_shown(file)) for name, file in zip(names, files, strict=True)]


def _told_apart(files: Sequence[Path], names: Sequence[str], longer: Callable[[Path, str], str]) -> list[str]:
    """Give a longer name to every file whose name another one has, upper and lower case being the same."""
    namesakes: defaultdict[str, int] = defaultdict(int)
    for name in names:
        namesakes[name.casefold()] += 1
    return [
        longer(file, name) if namesakes[name.casefold()] > 1 else name for file, name in zip(files, names, strict=True)
    ]


def _with_folder(file: Path, name: str) -> str:
    return _safe(f"{file.absolute().parent.name}.{name}")


def _with_hash(file: Path, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        digest.update(os.fsencode(file))
    return f"{name}.{digest.hexdigest()[:8]}"


def _with_path_hash(file: Path, name: str) -> str:
    # Two copies of one file under one name: only their place tells them apart.
    return f"{name}.{hashlib.sha256(os.fsencode(file)).hexdigest()[:8]}"


def _safe(name: str) -> str:
    """A name that any file system takes; bytes that are no text become ``_``."""
    text = unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace").replace("\ufffd", "_"))
    text = _UNSAFE.sub("_", text).strip("._ ") or "document"
    if _RESERVED.match(text):
        text = f"_{text}"
    if len(text.encode()) <= _LONGEST:
        return text
    short = text.encode()[: _LONGEST - 9].decode("utf-8", "ignore")
    return f"{short}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _shown(path: "str | os.PathLike[str]") -> str:
    return os.fspath(path)
