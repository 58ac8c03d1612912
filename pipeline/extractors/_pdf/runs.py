"""Where the words of the text stand on the page."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from pipeline.datamodel import Layout
from pipeline.extractors._pdf.furniture import PageLines
from pipeline.extractors._pdf.glyphs import Array


@dataclass(slots=True, eq=False)
class Run:
    """Words of one line with a space between them, from ``start`` of the block on.

    ``x0`` and ``x1`` are their left and right edges, ``height`` is top and bottom of all, in the layer's own frame;
    ``where`` is page and layer. The last word lacks its last ``cut`` characters.
    """

    start: int
    texts: list[str]
    x0: list[float]
    x1: list[float]
    where: tuple[int, int]
    height: tuple[float, float]
    cut: int = 0

    @property
    def end(self) -> int:
        """Where the last word ends in the block."""
        return self.start + sum(map(len, self.texts)) + len(self.texts) - 1 - self.cut


def shorten(runs: list[Run]) -> None:
    """Take the last character from the last word."""
    run = runs[-1]
    if len(run.texts[-1]) > 1:
        run.cut = 1
    elif len(run.texts) > 1:
        run.texts, run.x0, run.x1 = run.texts[:-1], run.x0[:-1], run.x1[:-1]
    else:
        runs.pop()


def single(run: Run) -> Iterator[tuple[int, int, float, float]]:
    """Start, end, left and right edge of each word."""
    at, last = run.start, len(run.texts) - 1
    for index, (text, x0, x1) in enumerate(zip(run.texts, run.x0, run.x1, strict=True)):
        yield at, at + len(text) - run.cut * (index == last), x0, x1
        at += len(text) + 1


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """All words of a text: offsets, pages, and boxes (x0, top, x1, bottom) in the frame of the page as it is shown."""

    starts: Array
    ends: Array
    pages: Array
    boxes: Array

    def layout(self) -> Layout:
        """For the document."""
        starts, ends, pages = (array("l", column.tobytes()) for column in (self.starts, self.ends, self.pages))
        return Layout(starts, ends, pages, array("f", self.boxes.astype(np.float32).tobytes()))


def spread(placed: Sequence[tuple[int, Sequence[Run]]], pages: Sequence[PageLines]) -> Placed:
    """The words of all blocks, each block given as its start in the text and its runs."""
    runs = [run for _, found in placed for run in found]
    begins = np.array([start + run.start for start, found in placed for run in found], np.int64)
    counts = np.array([len(run.texts) for run in runs], np.int64)
    size = int(counts.sum())
    lengths = np.fromiter(map(len, chain.from_iterable([run.texts for run in runs])), np.int64, size)
    lasts = np.cumsum(counts)
    reach = np.concatenate(([0], np.cumsum(lengths + 1)))
    starts = reach[:-1] + np.repeat(begins - reach[lasts - counts], counts)
    ends = starts + lengths
    ends[lasts - 1] -= np.array([run.cut for run in runs], np.int64)
    boxes = np.empty((size, 4))
    boxes[:, 0] = np.fromiter(chain.from_iterable([run.x0 for run in runs]), np.float64, size)
    boxes[:, 2] = np.fromiter(chain.from_iterable([run.x1 for run in runs]), np.float64, size)
    boxes[:, 1] = np.repeat(np.array([run.height[0] for run in runs]), counts)
    boxes[:, 3] = np.repeat(np.array([run.height[1] for run in runs]), counts)
    numbers = np.repeat(np.array([run.where[0] for run in runs], np.int64), counts)
    turns = np.repeat(np.array([run.where[1] for run in runs], np.int64), counts)
    paper = {page.number: page for page in pages}
    for index in np.flatnonzero(turns).tolist():
        boxes[index] = upright(boxes[index].tolist(), int(turns[index]), paper[int(numbers[index])])
    return Placed(starts, ends, numbers, boxes)


def upright(box: tuple[float, float, float, float], turn: int, page: PageLines) -> tuple[float, float, float, float]:
    """The box in the frame of the page as it is shown."""
    x0, top, x1, bottom = box
    if turn == 1:
        return top, page.height - x1, bottom, page.height - x0
    if turn == 2:
        return page.width - x1, page.height - bottom, page.width - x0, page.height - top
    if turn == 3:
        return page.width - bottom, x0, page.width - top, x1
    return box
