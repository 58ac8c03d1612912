"""Drawing a page for a reader."""

import ctypes
import math
import struct
import zlib
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from pipeline.errors import DocumentError
from pipeline.extractors._pdf.opening import opened
from pipeline.settings import ReadingSettings

_MOST_PIXELS = 12e6
_POINTS = 72  # an inch
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def draw_page(content: bytes, number: int, dpi: float, settings: ReadingSettings) -> bytes:
    """See :func:`pipeline.extractors.page_picture`."""
    with opened(content, settings) as pdf:
        if not 1 <= number <= pdfium.FPDF_GetPageCount(pdf):
            raise DocumentError("no_such_page", f"the PDF has no page {number}")
        page = pdfium.FPDF_LoadPage(pdf, number - 1)
        if not page:
            raise DocumentError("damaged", f"page {number} cannot be opened")
        try:
            return _png(_pixels(page, dpi / _POINTS))
        finally:
            pdfium.FPDF_ClosePage(page)


def _pixels(page: Any, scale: float) -> "np.ndarray[Any, np.dtype[np.uint8]]":
    """The page as rows of red, green and blue; drawn smaller where it would take too many pixels."""
    wide, high = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    scale = min(scale, math.sqrt(_MOST_PIXELS / max(wide * high, 1.0)))
    width, height = max(round(wide * scale), 1), max(round(high * scale), 1)
    bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGR, None, 0)
    if not bitmap:
        raise DocumentError("damaged", "the page is too large to be drawn")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        buffer = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * height)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    return np.frombuffer(buffer, np.uint8).reshape(height, stride)[:, : 3 * width].reshape(height, width, 3)


def _png(pixels: "np.ndarray[Any, np.dtype[np.uint8]]") -> bytes:
    height, width, _ = pixels.shape
    rows = np.zeros((height, 1 + 3 * width), np.uint8)  # each row begins with its filter, 0: none
    rows[:, 1:] = pixels.reshape(height, 3 * width)
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 3)), (b"IEND", b""))
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    )
