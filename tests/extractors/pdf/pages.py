"""Small PDFs made on the fly: invented patients, invented journals."""

import io
from collections.abc import Callable

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, password: str = "", rotate: int = 0) -> bytes:
    """A PDF of pages that are drawn one after the other."""
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer, pagesize=(WIDTH, HEIGHT), encrypt=StandardEncryption(password) if password else None, invariant=1
    )
    for draw in pages:
        if rotate:
            canvas.setPageRotation(rotate)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def column(canvas: Canvas, x: float, y: float, lines: list[str], size: float = 10, font: str = "Times-Roman") -> float:
    """Lines below one another; gives the next height."""
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= 1.2 * size
    return y


def raised(canvas: Canvas, x: float, y: float, parts: list[tuple[str, int]], size: float = 10) -> None:
    """One line of plain (0), raised (1) and lowered (-1) parts."""
    for text, shift in parts:
        small = 0.65 * size if shift else size
        canvas.setFont("Times-Roman", small)
        canvas.drawString(x, y + shift * 0.33 * size, text)
        x += canvas.stringWidth(text, "Times-Roman", small)


def picture(canvas: Canvas) -> None:
    """A page that is one image."""
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)
