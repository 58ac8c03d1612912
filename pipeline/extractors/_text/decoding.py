"""Bytes to characters, never by guessing."""

import codecs

from pipeline.errors import DocumentError

_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes) -> str:
    """UTF-8 with or without its mark, or UTF-16/32 with theirs; line ends become ``\\n``.

    Raises:
        DocumentError: ``encoding`` or ``binary``, with the place and the remedy.
    """
    codec = next((name for mark, name in _WIDE if content.startswith(mark)), "utf-8-sig")
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        raise _wrong_encoding(content, codec, error) from error
    at = text.find("\x00")
    if at >= 0:
        raise DocumentError("binary", f"a NUL character at {at}: binary, or UTF-16 without a mark; save it as UTF-8")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _wrong_encoding(content: bytes, codec: str, error: UnicodeDecodeError) -> DocumentError:
    if codec != "utf-8-sig":
        return DocumentError(
            "encoding", f"marked as {codec.upper()} but is not at byte {error.start}; save it as UTF-8"
        )
    try:
        content.decode("cp1252")
    except UnicodeDecodeError:
        remedy = "save it as UTF-8"
    else:
        remedy = "if it is Windows-1252 or Latin-1: iconv -f WINDOWS-1252 -t UTF-8"
    return DocumentError("encoding", f"not UTF-8 (byte 0x{content[error.start]:02x} at {error.start}); {remedy}")
