"""Files that lie elsewhere: ``s3://``, ``gs://``, ``https://`` and what else fsspec knows.

fsspec is loaded when the first such address is met, never for files of this machine. Credentials and endpoints are
fsspec's own affair (its configuration, or the environment).
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.errors import DocumentError, UsageError
from pipeline.files import write_atomically

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")
_BLOCK = 1 << 20
_AT_ONCE = 8
_NAME = "remote.json"


def is_remote(path: str) -> bool:
    """Whether ``path`` is an address."""
    return _ADDRESS.match(path) is not None


def name_of(path: str) -> str:
    """The file's name, of an address or a path."""
    if not is_remote(path):
        return Path(path).name
    return unquote(urlsplit(path).path.rstrip("/").rsplit("/", 1)[-1]) or urlsplit(path).netloc


def listed(address: str, endings: tuple[str, ...]) -> list[str]:
    """The file at ``address``, or the files under it that have one of ``endings``.

    Raises:
        UsageError: there is nothing, or no way to get there; the message says which.
    """
    files, place = _opened(address)
    try:
        if not files.isdir(place):
            if not files.exists(place):
                raise UsageError(f"no such file or folder: {address}")
            return [address]
        found = [str(files.unstrip_protocol(path)) for path in files.find(place)]
    except UsageError:
        raise
    except Exception as error:
        raise UsageError(f"cannot list {address}: {_reason(error)}") from error
    return sorted(path for path in found if name_of(path).lower().endswith(endings) and name_of(path)[0] != ".")


def digests(addresses: Sequence[str], cache: Path) -> dict[str, tuple[str, str]]:
    """SHA-256 of each file, or why there is none; a file that is as it was is not read again.

    Args:
        addresses: files.
        cache: where the digests of an earlier run are kept, with what told that a file was unchanged.

    Returns:
        By address the digest and the problem, of which one is empty.
    """
    try:
        known = json.loads((cache / _NAME).read_bytes())
    except (OSError, ValueError):
        known = {}
    from concurrent.futures import ThreadPoolExecutor

    known = known if isinstance(known, dict) else {}

    def told(address: str) -> tuple[str, str, str]:
        try:
            files, place = _opened(address)
            mark = str(files.ukey(place))
            kept = known.get(address)
            return mark, (kept[1] if kept and kept[0] == mark else _digest(address)), ""
        except Exception as error:
            return "", "", f"cannot be read ({_reason(error)}); check the address and its permissions"

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = dict(zip(addresses, pool.map(told, addresses), strict=True))
    marks = {address: [mark, digest] for address, (mark, digest, _) in found.items() if digest}
    if marks != known:
        write_atomically(cache / _NAME, json.dumps(marks).encode())
    return {address: (digest, problem) for address, (_, digest, problem) in found.items()}


def fetch(address: str, sha256: str, place: Path) -> None:
    """Bring the file to ``place``.

    Raises:
        DocumentError: ``unreadable``, or ``changed`` where it is no longer the file that was hashed.
    """
    try:
        with place.open("wb") as copy:
            found = _digest(address, copy.write)
    except Exception as error:
        raise DocumentError("unreadable", f"cannot be read ({_reason(error)}); run again") from error
    if found != sha256:
        raise DocumentError("changed", "changed while the run went on; run again")


def _digest(address: str, keep: Callable[[bytes], Any] | None = None) -> str:
    digest = hashlib.sha256()
    for block in _blocks(address):
        digest.update(block)
        if keep is not None:
            keep(block)
    return digest.hexdigest()


def _blocks(address: str) -> Iterator[bytes]:
    files, place = _opened(address)
    with files.open(place, "rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _opened(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise UsageError(f"{address} needs more packages: pip install 'casebook[cluster]'") from error
    try:
        files, place = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(f"cannot read {address}: {_reason(error)}") from error
    return files, place


def _reason(error: Exception) -> str:
    """One line, of whatever a file system raised."""
    return " ".join((getattr(error, "strerror", None) or str(error) or type(error).__name__).split())
