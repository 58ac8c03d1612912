"""Reading a file into a :class:`~pipeline.datamodel.Document` with frozen text.

To add an input format, drop a file here with ``FORMAT``, ``SUFFIXES``, ``MEDIA_TYPE``, ``sniff(head)`` and
``extract(source, content, settings)``; ``RANK`` tells how faithful a source the format is, 0 the best. A member is
chosen by content; one with ``CATCH_ALL`` only when no other fits. ``prepare()``, where a member has it, loads what
reading its files takes.
"""

import hashlib
import stat
import sys
from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from pipeline import registry
from pipeline.datamodel import Block, Document, Source
from pipeline.errors import DocumentError
from pipeline.settings import ReadingSettings

_HEAD = 4096
_RANK = 50  # of a member that does not tell how faithful a source its format is


@lru_cache(maxsize=1)
def formats() -> tuple[ModuleType, ...]:
    """The members, those that fit anything last."""
    found = registry.members(sys.modules[__name__])
    return tuple(sorted(found, key=lambda member: bool(getattr(member, "CATCH_ALL", False))))


def suffixes() -> tuple[str, ...]:
    """The file name endings that some member reads, in lower case, with their dot; the most faithful formats first.

    Of the same article in two formats, the one with the smaller ``RANK`` of its member is used.
    """
    ranked = sorted(formats(), key=lambda member: (getattr(member, "RANK", _RANK), member.FORMAT))
    return tuple(dict.fromkeys(suffix for member in ranked for suffix in sorted(member.SUFFIXES)))


def prepare(endings: Collection[str]) -> None:
    """Load what the members for these file name endings load when they first read a file."""
    for member in formats():
        if hasattr(member, "prepare") and not set(member.SUFFIXES).isdisjoint(endings):
            member.prepare()


def extract(source: Source, settings: ReadingSettings) -> Document:
    """Read one file, whatever its format.

    Raises:
        DocumentError: ``unreadable``, ``empty``, ``too_large``, ``unknown_kind``, ``wrong_ending`` or what the
            format's own reader raises; the message names the reason and the remedy in one line.
    """
    content = _read(source.path, settings)
    member = _choose(content, Path(source.path).name.lower())
    known = replace(source, sha256=hashlib.sha256(content).hexdigest(), media_type=member.MEDIA_TYPE)
    document: Document = member.extract(known, content, settings)
    return document


def page_picture(content: bytes, number: int, dpi: float, settings: ReadingSettings) -> bytes:
    """A page of a PDF as it is printed, as PNG.

    Not for use by two threads at once: pdfium is not made for it.

    Args:
        content: the PDF's bytes.
        number: of the page, from 1.
        dpi: dots an inch; a page that would be too large for memory is drawn with fewer.
        settings: bounds on size and pages.

    Raises:
        DocumentError: ``no_such_page``, or the PDF cannot be opened.
    """
    from pipeline.extractors._pdf.picture import draw_page

    return draw_page(content, number, dpi, settings)


def from_raw_text(text: str) -> Document:
    """A document around a text that must stay as it is: each line is a paragraph."""
    blocks = []
    start = 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words:
            first = start + line.index(words[0])
            blocks.append(Block(start=first, end=first + len(words), kind="paragraph"))
        start += len(line)
    return Document(source=Source(doc_id="text", path=""), text=text, blocks=tuple(blocks))


def _read(path: str, settings: ReadingSettings) -> bytes:
    try:
        status = Path(path).stat()
        if not stat.S_ISREG(status.st_mode):
            raise DocumentError("unreadable", "not a regular file; give a file")
        if status.st_size > settings.max_megabytes * 1e6:
            raise DocumentError(
                "too_large",
                f"{status.st_size / 1e6:.0f} MB is more than reading.max_megabytes ({settings.max_megabytes:g}); "
                "raise the setting to read it",
            )
        content = Path(path).read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise DocumentError(
            "unreadable", f"cannot be read ({reason}); check that it exists and its permissions"
        ) from error
    if not content.strip(b"\x00\t\n\x0b\x0c\r \xef\xbb\xbf\xfe\xff"):
        raise DocumentError("empty", "the file is empty; get it again")
    return content


def _choose(content: bytes, name: str) -> ModuleType:
    head = content[:_HEAD]
    fitting = [member for member in formats() if member.sniff(head)]
    fitting = [member for member in fitting if not getattr(member, "CATCH_ALL", False)] or fitting
    named = [member for member in formats() if name.endswith(member.SUFFIXES)]
    ending = Path(name).suffix
    expected = " or ".join(member.FORMAT for member in named)
    for member in fitting:
        if member in named:
            return member
    if not fitting and not named:
        read = ", ".join(member.FORMAT for member in formats())
        raise DocumentError("unknown_kind", f"not a kind of file that can be read; known: {read}")
    if not fitting:
        nul = content.find(b"\x00")
        what = f"holds binary bytes (NUL at {nul}) and is no" if nul >= 0 else "is no"
        raise DocumentError("wrong_ending", f"named {ending} but {what} {expected}; get it again or save it anew")
    if named:
        raise DocumentError(
            "wrong_ending", f"named {ending} but holds {fitting[0].FORMAT}, not {expected}; rename it or get it again"
        )
    return fitting[0]
