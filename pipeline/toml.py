"""Reading TOML, the same on every supported Python; casebook's own files from the user's cache folder."""

import hashlib
import marshal
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.cache import cached

if sys.version_info >= (3, 11):
    import tomllib
else:  # pragma: no cover
    import tomli as tomllib

TOMLDecodeError = tomllib.TOMLDecodeError

_PACKAGE = Path(__file__).parent


def read_toml(path: Path) -> dict[str, Any]:
    """The file's table.

    Raises:
        OSError: the file cannot be read.
        TOMLDecodeError: it is no TOML.
    """
    if path.is_relative_to(_PACKAGE) and (stored := _own(_PACKAGE).get(path.relative_to(_PACKAGE).as_posix())):
        own: dict[str, Any] = marshal.loads(stored)
        return own
    with path.open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)
    return table


@cache
def _own(package: Path) -> dict[str, bytes]:
    """Every file of the package, each as plain types in bytes, since who reads one may change what he is given."""
    contents = {path.relative_to(package).as_posix(): path.read_bytes() for path in _files(package)}
    digest = hashlib.blake2b(digest_size=8)
    for name, content in contents.items():
        digest.update(name.encode() + b"\0" + hashlib.blake2b(content).digest())
    tables: dict[str, bytes] = cached(f"toml-{digest.hexdigest()}", lambda: dict(_stored(contents)))
    return tables


def _files(package: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(package):
        names.sort()
        yield from (Path(folder, name) for name in sorted(files) if name.endswith(".toml"))


def _stored(contents: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """What cannot be kept (dates), or is no TOML, is left to be read where it is asked for."""
    for name, content in contents.items():
        try:
            yield name, marshal.dumps(tomllib.loads(content.decode()))
        except ValueError:
            continue
