"""Folders as registries: the members of a plural folder are its files, found by looking.

To add a member, drop a file; nothing else names it.
"""

import importlib
import pkgutil
from collections.abc import Sequence
from types import ModuleType

from pipeline.errors import UsageError


def names(package: ModuleType) -> tuple[str, ...]:
    """Names of a package's members, sorted; files that start with an underscore are no members."""
    return tuple(sorted(m.name for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_")))


def load(package: ModuleType, name: str) -> ModuleType:
    """Import the member ``name``.

    Raises:
        UsageError: there is no such member; the message lists those there are.
    """
    known = names(package)
    if name not in known:
        raise UsageError(unknown(package.__name__.rsplit(".", 1)[-1].rstrip("s"), name, known))
    return importlib.import_module(f"{package.__name__}.{name}")


def members(package: ModuleType) -> tuple[ModuleType, ...]:
    """All members, imported, in the order of their names."""
    return tuple(load(package, name) for name in names(package))


def unknown(kind: str, name: str, known: Sequence[str]) -> str:
    """The one sentence for a name that is not known."""
    return f"unknown {kind} {name!r}; known: {', '.join(known) or 'none'}"
