"""Lines, boxes and pictures that a page draws, as far as tables and figures need them."""

import ctypes
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

_MOST_OBJECTS = 6000
_MOST_SEGMENTS = 400
_THIN = 3.0  # points
_LONG = 60.0


@dataclass(slots=True)
class Drawings:
    """In points from the page's top left: level rules (x0, x1, y), upright ones (x, y0, y1), filled boxes, pictures."""

    level: list[tuple[float, float, float]] = field(default_factory=list)
    upright: list[tuple[float, float, float]] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)


def read_drawings(page: Any, bounds: tuple[float, float, float, float, int], turn: int) -> Drawings:
    """The drawings of a page in the frame of text that is written in direction ``turn``."""
    found = Drawings()
    count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    box = tuple(ctypes.c_float() for _ in range(4))
    for index in range(count):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        if not pdfium.FPDFPageObj_GetBounds(drawn, *box):
            continue
        placed = _placed((box[0].value, box[1].value, box[2].value, box[3].value), bounds, turn)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(found, drawn, placed, (bounds, turn))
        elif placed[3] - placed[1] < _THIN and placed[2] - placed[0] > _LONG:
            found.level.append((placed[0], placed[2], (placed[1] + placed[3]) / 2))  # some draw rules as pictures
        else:
            found.pictures.append(placed)
    return found


def _placed(
    box: tuple[float, float, float, float], bounds: tuple[float, float, float, float, int], turn: int
) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    left, low, right, high, rotation = bounds
    quarter = (turn + rotation) % 4
    if quarter == 1:
        return y0 - low, x0 - left, y1 - low, x1 - left
    if quarter == 2:
        return right - x1, y0 - low, right - x0, y1 - low
    if quarter == 3:
        return high - y1, right - x1, high - y0, right - x0
    return x0 - left, high - y1, x1 - left, high - y0


def _add_path(found: Drawings, path: Any, box: tuple[float, float, float, float], frame: Any) -> None:
    x0, top, x1, bottom = box
    if bottom - top < _THIN and x1 - x0 > 4 * (bottom - top):
        found.level.append((x0, x1, (top + bottom) / 2))
    elif x1 - x0 < _THIN:
        found.upright.append(((x0 + x1) / 2, top, bottom))
    else:
        count = pdfium.FPDFPath_CountSegments(path)
        if 4 < count <= _MOST_SEGMENTS or count == 2:
            _add_segments(found, path, count, frame)
        if count in (4, 5):
            found.boxes.append(box)
        elif count > 5:
            found.pictures.append(box)


def _add_segments(found: Drawings, path: Any, count: int, frame: Any) -> None:
    """Rules that are drawn together as one path."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix))
    x, y = ctypes.c_float(), ctypes.c_float()
    last: tuple[float, float] | None = None
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_LINETO and last:
            low = (min(last[0], point[0]), min(last[1], point[1]), max(last[0], point[0]), max(last[1], point[1]))
            x0, top, x1, bottom = _placed(low, *frame)
            if bottom - top < 1 and x1 - x0 > 4:
                found.level.append((x0, x1, top))
            elif x1 - x0 < 1 and bottom - top > 4:
                found.upright.append((x0, top, bottom))
        last = point
