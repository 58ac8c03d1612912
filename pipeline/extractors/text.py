"""Plain text: one line a paragraph, or hard-wrapped as it was pasted from a page."""

from pipeline.datamodel import Document, Source
from pipeline.settings import ReadingSettings

FORMAT = "plain text"
SUFFIXES = (".txt", ".text", ".md")
MEDIA_TYPE = "text/plain"
RANK = 60
CATCH_ALL = True

# Text copied out of PDFs holds single ones, e.g. for a hyphen at a line's end.
_MOST_CONTROLS = 0.02
_CONTROLS = bytes([*range(9), *range(14, 27)])
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def sniff(head: bytes) -> bool:
    """True for anything almost without control bytes; whether it can be decoded is told by :func:`extract`."""
    if head.startswith(_WIDE_MARKS):
        return True
    if b"\x00" in head:
        return False
    return len(head) - len(head.translate(None, _CONTROLS)) <= _MOST_CONTROLS * len(head)


def extract(source: Source, content: bytes, settings: ReadingSettings) -> Document:
    """The text of the file; a hard-wrapped one with one line a paragraph.

    Raises:
        DocumentError: ``encoding``, ``binary`` or ``no_text``.
    """
    from pipeline.extractors._text.decoding import decode
    from pipeline.extractors._text.writing import write_document

    return write_document(source, decode(content))
