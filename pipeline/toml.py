"""Reading TOML, the same on every supported Python."""

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:  # pragma: no cover
    import tomli as tomllib

TOMLDecodeError = tomllib.TOMLDecodeError


def read_toml(path: Path) -> dict[str, Any]:
    """The file's table.

    Raises:
        OSError: the file cannot be read.
        TOMLDecodeError: it is no TOML.
    """
    with path.open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)
    return table
