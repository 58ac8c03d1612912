"""The files that browsers are sent as they are; read once, found by name alone."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """A file with its media type, and the address under which browsers may keep it for good."""

    content: bytes
    media_type: str
    address: str


def _read(path: Path) -> StaticFile:
    content = path.read_bytes()
    digest = hashlib.blake2b(content, digest_size=6).hexdigest()
    return StaticFile(content=content, media_type=_TYPES[path.suffix], address=f"/static/{path.name}?v={digest}")


STATIC: Mapping[str, StaticFile] = MappingProxyType(
    {path.name: _read(path) for path in sorted(Path(__file__).parent.iterdir()) if path.suffix in _TYPES}
)
