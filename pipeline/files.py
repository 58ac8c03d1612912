"""Writing files so that a reader finds the old one or the new one, never half of one."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import UsageError


def write_atomically(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``; folders on the way are made.

    Raises:
        OSError: it cannot be written; the old file, if any, is untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with drafting(path) as draft:
        draft.write(content)


@contextmanager
def drafting(path: Path) -> Iterator[BinaryIO]:
    """A file to write to, which takes its place at ``path`` when all went well, and is removed when not.

    Raises:
        OSError: it cannot be written; the old file, if any, is untouched.
    """
    draft = path.parent / f".{secrets.token_hex(8)}.part"
    try:
        with draft.open("wb") as file:
            yield file
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def make_folder(folder: Path) -> None:
    """Make an output folder, and see that it can be written to.

    Raises:
        UsageError: it cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / ".write-test", b"")
        (folder / ".write-test").unlink()
    except OSError as error:
        raise UsageError(f"cannot write to {folder}: {(error.strerror or str(error)).lower()}") from error
