"""Characters of a page in bulk, with box, size and baseline, straight from pdfium's C interface.

Every call into the library costs about as much as twenty lines of bytecode, so boxes are read by one
mapped call a character, and all else (font, size, slope) once a run of characters that stand alike.
Calls are cheapest where ctypes has nothing to convert: arguments are references that were made before.
"""

import ctypes
import math
from collections import deque
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

Array = np.ndarray[Any, np.dtype[Any]]


def _fast(function: Any, result: Any) -> Any:
    """The same C function, with arguments passed as they are: references and small integers."""
    return ctypes.PYFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_PTR, _INT = ctypes.c_void_p, ctypes.c_int
_loose_box = _fast(pdfium.FPDFText_GetLooseCharBox, _INT)
_matrix = _fast(pdfium.FPDFText_GetMatrix, _INT)
_font_size = _fast(pdfium.FPDFText_GetFontSize, ctypes.c_double)
_origin = _fast(pdfium.FPDFText_GetCharOrigin, _INT)
_text_object = _fast(pdfium.FPDFText_GetTextObject, _PTR)
_unicode = _fast(pdfium.FPDFText_GetUnicode, ctypes.c_uint)
_font_of = _fast(pdfium.FPDFTextObj_GetFont, _PTR)

_BATCH = 8192
_BOXES = (ctypes.c_float * (4 * _BATCH))()
_SLOTS = [ctypes.byref(_BOXES, 16 * slot) for slot in range(_BATCH)]


HYPHEN = 0xFFFE  # pdfium's mark for a hyphen at a line end


@dataclass(slots=True)
class Face:
    """A font as far as layout asks: its name and whether it is bold or italic."""

    name: str
    bold: bool
    italic: bool


@dataclass(slots=True)
class Glyphs:
    """Visible characters of a page that are written in one direction, in the order of the file.

    Arrays run over characters; boxes are in points from the top left of the page as it is read (for text
    that runs up or down the page, as if the page were turned). ``turn`` is the number of quarter turns.
    """

    codes: Array
    x0: Array
    x1: Array
    top: Array
    bottom: Array
    base: Array
    size: Array
    face: Array
    spaced: Array
    turn: int
    width: float
    height: float


class Fonts:
    """The faces met in a document, by number."""

    def __init__(self) -> None:
        self.faces: list[Face] = []
        self._numbers: dict[tuple[str, int], int] = {}
        self._by_address: dict[int, int] = {}

    def new_page(self) -> None:
        """Forget addresses, which pdfium may use again once a page is closed."""
        self._by_address.clear()

    def number(self, text_object: int | None) -> int:
        """The face of a text object."""
        address = _font_of(_PTR(text_object)) if text_object else None
        if not address:
            return self._add("", 0)
        if address not in self._by_address:
            font, buffer = ctypes.cast(address, pdfium.FPDF_FONT), ctypes.create_string_buffer(128)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, 128)
            name = buffer.value.decode("utf-8", "replace")
            self._by_address[address] = self._add(name, pdfium.FPDFFont_GetWeight(font))
        return self._by_address[address]

    def _add(self, name: str, weight: int) -> int:
        key = (name, weight)
        if key not in self._numbers:
            self._numbers[key] = len(self.faces)
            low = name.lower()
            plain = any(word in low for word in ("regular", "roman", "book", "light", "medium"))
            bold = (weight >= 600 and not plain) or any(
                word in low for word in ("bold", "black", "heavy", "semibold", "demi")
            )
            bold = bold or low.rsplit("-", 1)[-1] in ("b", "bd", "bi") or low.endswith((".b", ".bi"))
            italic = any(word in low for word in ("italic", "oblique")) or low.endswith((".i", "-i", "-it"))
            self.faces.append(Face(name, bold, italic))
        return self._numbers[key]


def _codes(text_page: Any, page: Any, count: int) -> Array:
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    codes: Array = np.frombuffer(memoryview(buffer), np.uint16)[:count].astype(np.uint32)
    if written != count + 1 or bool(((codes >= 0xD800) & (codes < 0xE000)).any()):
        codes = np.fromiter(map(_unicode, repeat(page), range(count)), np.uint32, count)
        codes[codes == 0x02] = HYPHEN
        high = np.flatnonzero(
            (codes[:-1] >= 0xD800) & (codes[:-1] < 0xDC00) & (codes[1:] >= 0xDC00) & (codes[1:] < 0xE000)
        )
        codes[high] = 0x10000 + ((codes[high] - 0xD800) << 10) + (codes[high + 1] - 0xDC00)
        codes[high + 1] = 0
        twice = np.flatnonzero((codes[:-2] >= 0x10000) & (codes[2:] == codes[:-2]) & (codes[1:-1] == 0))
        codes[twice + 2] = 0
    return codes


def _boxes(page: Any, kept: Array) -> Array:
    boxes = np.empty((len(kept), 4), np.float32)
    for start in range(0, len(kept), _BATCH):
        asked = kept[start : start + _BATCH].tolist()
        ctypes.memset(_BOXES, 0, 16 * len(asked))
        deque(map(_loose_box, repeat(page), asked, _SLOTS), maxlen=0)
        boxes[start : start + len(asked)] = np.frombuffer(memoryview(_BOXES), np.float32, 4 * len(asked)).reshape(-1, 4)
    return boxes  # left, top, right, bottom in PDF's own direction (y grows upwards)


def _runs(boxes: Array) -> Array:
    """Numbers of the first characters of runs that share a line and a font."""
    step = np.abs(np.diff(boxes, axis=0)) < 0.02
    alike = step[:, 1] & step[:, 3]
    below = np.flatnonzero(step[:, 0] & step[:, 2] & ~alike)
    if len(below):  # of text that runs up or down the page, characters touch; lines that begin alike do not
        up, down = boxes[below, 1] - boxes[below + 1, 3], boxes[below + 1, 1] - boxes[below, 3]
        alike[below] = np.minimum(np.abs(up), np.abs(down)) < 0.02
    return np.concatenate(([0], np.flatnonzero(~alike) + 1))


def read_glyphs(text_page: Any, bounds: tuple[float, float, float, float, int], fonts: Fonts) -> list[Glyphs]:
    """The visible characters of a page, one item a direction of writing.

    Args:
        text_page: pdfium's text page.
        bounds: left, bottom, right, top of the page in its own coordinates, and its rotation in quarter turns.
        fonts: collects the faces.
    """
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return []
    page = ctypes.byref(text_page.contents)
    codes = _codes(text_page, page, count)
    white = (codes == 0) | ((codes >= 9) & (codes <= 13)) | (codes == 32) | (codes == 0xA0) | (codes == 0x3000)
    kept = np.flatnonzero(~white & ~((codes >= 0x2000) & (codes <= 0x200F)) & (codes != 0xFEFF))
    boxes = _boxes(page, kept)
    wide = (boxes[:, 2] > boxes[:, 0]) & (boxes[:, 1] > boxes[:, 3])
    if not wide.all():
        kept, boxes = kept[wide], boxes[wide]
    if not len(kept):
        return []
    spaced = np.zeros(len(kept), bool)
    spaced[1:] = np.diff(kept) > 1
    return _layers(codes[kept], boxes, spaced, bounds, _styles(page, boxes, kept, bounds[4], fonts))


def _styles(page: Any, boxes: Array, kept: Array, rotation: int, fonts: Fonts) -> Any:
    """Size, direction, origin and face of each run, and the lengths of the runs."""
    starts = _runs(boxes)
    lengths = np.diff(np.append(starts, len(kept)))
    second = np.minimum(starts + 1, len(kept) - 1)
    upright = (
        (lengths > 1) & (boxes[second, 0] > boxes[starts, 0]) & (np.abs(boxes[second, 1] - boxes[starts, 1]) < 0.02)
    )
    probe = _Probe(page, fonts)
    asked = kept[starts].tolist()
    objects = list(map(_text_object, repeat(page), asked))
    sizes, turns, bases, faces = [], [], [], []
    size, turn, x, y, face, last = 0.0, -1, 0.0, 0.0, -1, None
    rows = zip(asked, objects, upright.tolist(), boxes[starts].tolist(), strict=True)
    for index, drawn, plain, (left, top, _, bottom) in rows:
        # One object that runs level has one baseline; tall and deep letters only make its boxes differ.
        if drawn is None or drawn != last or turn != 0:
            if drawn is None or drawn != last:
                face, last = fonts.number(drawn), drawn
            key = (face, round(top - bottom, 2))
            known = probe.measured.get(key) if plain else None
            if known is None:
                size, turn, x, y = probe.measure(index)
                if plain and turn == 0:
                    probe.measured[key] = (size, y - bottom)
            else:
                size, turn, x, y = known[0], 0, left, bottom + known[1]
        sizes.append(size)
        turns.append((turn - rotation) % 4)
        bases.append((x, y))
        faces.append(face)
    return sizes, turns, bases, faces, lengths


class _Probe:
    """Asks pdfium about single characters, and no more often than it must."""

    def __init__(self, page: Any, fonts: Fonts) -> None:
        fonts.new_page()
        self.measured: dict[tuple[int, float], tuple[float, float]] = {}
        self._page = page
        self._matrix, self._x, self._y = (ctypes.c_float * 6)(), ctypes.c_double(), ctypes.c_double()
        self._at = ctypes.byref(self._matrix), ctypes.byref(self._x), ctypes.byref(self._y)

    def measure(self, index: int) -> tuple[float, int, float, float]:
        """Size, quarter turns and origin of a character."""
        at_matrix, at_x, at_y = self._at
        _matrix(self._page, index, at_matrix)
        _origin(self._page, index, at_x, at_y)
        a, b, c, d = self._matrix[:4]
        turn = round(math.atan2(b, a) / (math.pi / 2)) % 4 if b else (0 if a >= 0 else 2)
        return abs(_font_size(self._page, index)) * math.hypot(c, d), turn, self._x.value, self._y.value


def _layers(codes: Array, boxes: Array, spaced: Array, bounds: Any, runs: Any) -> list[Glyphs]:
    sizes, turns, bases, faces, lengths = runs
    by_run, origins = np.array(turns, np.int8), np.array(bases, np.float32)
    size, face = np.repeat(np.array(sizes, np.float32), lengths), np.repeat(np.array(faces, np.int32), lengths)
    layers = []
    for turn in sorted(set(turns)):
        place, width, height = _place(bounds, turn)
        base = np.repeat(place(np.concatenate((origins, origins), axis=1))[1], lengths)
        chosen = np.repeat(by_run == turn, lengths)
        # Next to all pages are written in one direction, and choosing costs as much as all the rest.
        pick: Any = slice(None) if chosen.all() else np.flatnonzero(chosen)
        x0, top, x1, bottom = place(boxes[pick])
        layers.append(
            Glyphs(
                codes=codes[pick], x0=x0, x1=x1, top=top, bottom=bottom, base=base[pick], size=size[pick],
                face=face[pick], spaced=spaced[pick], turn=turn, width=width, height=height,
            )
        )  # fmt: skip
    return layers


def _place(bounds: tuple[float, float, float, float, int], turn: int) -> tuple[Any, float, float]:
    """How boxes (left, top, right, bottom; y up) become x0, top, x1, bottom (y down) of the page turned upright."""
    left, low, right, high, rotation = bounds
    quarter = (turn + rotation) % 4
    if quarter == 1:
        return (lambda b: (b[:, 3] - low, b[:, 0] - left, b[:, 1] - low, b[:, 2] - left)), high - low, right - left
    if quarter == 2:
        return (lambda b: (right - b[:, 2], b[:, 3] - low, right - b[:, 0], b[:, 1] - low)), right - left, high - low
    if quarter == 3:
        return (lambda b: (high - b[:, 1], right - b[:, 2], high - b[:, 3], right - b[:, 0])), high - low, right - left
    return (lambda b: (b[:, 0] - left, high - b[:, 1], b[:, 2] - left, high - b[:, 3])), right - left, high - low
