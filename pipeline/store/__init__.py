"""Results on disk, one JSON a document, so that no document is read twice.

A result is filed under what it was made of: the file's content and ending, the settings, and the code with its
lexicons. Where any of these changes, the key changes, and the old result is never found again.
"""

import hashlib
import json
import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.datamodel import DocumentResult, Metadata
from pipeline.files import write_atomically
from pipeline.fingerprint import code_digest

_METADATA = b'"metadata":'


class ResultStore:
    """Results of documents in a folder.

    Args:
        folder: where they lie; made when the first is put in.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> DocumentResult | None:
        """The result filed under ``key``; None where there is none that can be read."""
        try:
            return decode(self._path(key).read_bytes())
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def metadata(self, key: str) -> Metadata | None:
        """The front matter of the result filed under ``key``, without decoding the rest; None for a failed document.

        Raises:
            OSError, ValueError, KeyError, TypeError, AttributeError: there is no result that can be read.
        """
        content = self._path(key).read_bytes()
        # Quotes within a string are escaped: a name with its quotes is a name.
        if b'"failure":{' in content:
            return None
        at = content.find(_METADATA)
        if at < 0:
            return Metadata()
        stored, _ = json.JSONDecoder().raw_decode(content[at + len(_METADATA) :].decode("ascii"))
        made = _maker(Metadata)(stored)
        assert isinstance(made, Metadata)
        return made

    def has(self, key: str) -> bool:
        """Whether something is filed under ``key``."""
        return self._path(key).is_file()

    def put(self, key: str, result: DocumentResult) -> None:
        """File ``result``; either all of it is there afterwards or nothing.

        Raises:
            OSError: it cannot be written.
        """
        self.put_encoded(key, encode(result))

    def put_encoded(self, key: str, stored: bytes) -> None:
        """File what :func:`encode` made of a result.

        Raises:
            OSError: it cannot be written.
        """
        write_atomically(self._path(key), stored)

    def drop(self, key: str) -> None:
        """Remove what is filed under ``key``, if anything."""
        self._path(key).unlink(missing_ok=True)

    def prune(self, keep: Iterable[str]) -> None:
        """Remove every result that is not filed under one of ``keep``, and what a killed run left half written."""
        kept = set(keep)
        for path in self._folder.glob("*/*"):
            if path.suffix != ".json" or path.stem not in kept:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"


def key_of(sha256: str, ending: str, settings_digest: str) -> str:
    """The key of a document's result under the settings and the code as they are now.

    Args:
        sha256: hex digest of the file's bytes.
        ending: of the file's name, lower case with its dot: it takes part in deciding how a file is read.
        settings_digest: :meth:`Settings.digest`.
    """
    parts = "\n".join((sha256, ending, settings_digest, code_digest()))
    return hashlib.blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def encode(result: DocumentResult) -> bytes:
    """The result as one line of JSON (ASCII); fields that have their default are left out."""
    return json.dumps(_plain(result), separators=(",", ":")).encode()


def decode(stored: bytes) -> DocumentResult:
    """The result that :func:`encode` wrote.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is no such result.
    """
    result = _maker(DocumentResult)(json.loads(stored))
    assert isinstance(result, DocumentResult)
    return result


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default_factory() if f.default_factory is not MISSING else f.default) for f in fields(kind))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    if is_dataclass(value):
        pairs = ((name, getattr(value, name), default) for name, default in _defaults(type(value)))  # type: ignore[arg-type]
        return {name: _plain(own) for name, own, default in pairs if own != default or type(own) is not type(default)}
    return value


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:
    """What turns the JSON of a field of type ``kind`` back into a value."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        member = _maker(arguments[0])
        return lambda stored: tuple(member(one) for one in stored)
    if origin in (typing.Union, types.UnionType):
        (inner,) = (argument for argument in arguments if argument is not type(None))
        make = _maker(inner)
        return lambda stored: None if stored is None else make(stored)
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        makers = {field.name: _maker(hints[field.name]) for field in fields(kind)}
        return lambda stored: kind(**{name: makers[name](one) for name, one in stored.items()})  # type: ignore[operator]
    return lambda stored: stored
