"""Opening a PDF, or saying in one line why it cannot be."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2  # noqa: F401 (initialises the library)
import pypdfium2.raw as pdfium

from pipeline.errors import DocumentError
from pipeline.settings import ReadingSettings


@contextmanager
def opened(content: bytes, settings: ReadingSettings) -> Iterator[Any]:
    """The open PDF, closed afterwards.

    Raises:
        DocumentError: ``empty``, ``too_large``, ``not_a_pdf``, ``encrypted``, ``damaged``, ``too_many_pages``.
    """
    if not content.strip():
        raise DocumentError("empty", "the file is empty; fetch it again")
    megabytes = len(content) / 1e6
    if megabytes > settings.max_megabytes:
        raise DocumentError(
            "too_large",
            f"the file has {megabytes:.0f} MB, more than max_megabytes = {settings.max_megabytes:g}; raise it",
        )
    if b"%PDF-" not in content[:1024]:
        raise DocumentError("not_a_pdf", "the file is no PDF in spite of its name; fetch the article's PDF again")
    buffer = ctypes.create_string_buffer(content, len(content))
    pdf = pdfium.FPDF_LoadMemDocument64(buffer, len(content), None)
    if not pdf:
        raise _failure(pdfium.FPDF_GetLastError())
    try:
        count = pdfium.FPDF_GetPageCount(pdf)
        if count < 1:
            raise DocumentError("damaged", "the PDF has no page that can be read (truncated?); fetch it again")
        if count > settings.max_pages:
            raise DocumentError(
                "too_many_pages",
                f"the PDF has {count} pages, more than max_pages = {settings.max_pages}; raise it or split the file",
            )
        yield pdf
    finally:
        pdfium.FPDF_CloseDocument(pdf)


def _failure(code: int) -> DocumentError:
    if code == pdfium.FPDF_ERR_PASSWORD:
        return DocumentError("encrypted", "the PDF is encrypted with a password; save a copy without one")
    if code == pdfium.FPDF_ERR_SECURITY:
        return DocumentError(
            "encrypted", "the PDF is encrypted in a way that cannot be read; save a copy without protection"
        )
    return DocumentError("damaged", "the PDF is damaged or truncated and cannot be opened; fetch it again")
