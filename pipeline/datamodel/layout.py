"""Where each character of the text stood on the page, kept small."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.datamodel.span import Box, Span


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Runs of characters that stand side by side on one line of a page, in text order.

    A run is typically a word. Characters between runs (line breaks, joined spaces) stood nowhere.

    Attributes:
        starts, ends: offsets in ``Document.text``, ascending.
        pages: 1-based page of each run.
        boxes: four numbers a run: x0, y0, x1, y1 in PDF points from the page's top left.
    """

    starts: array  # type: ignore[type-arg]
    ends: array  # type: ignore[type-arg]
    pages: array  # type: ignore[type-arg]
    boxes: array  # type: ignore[type-arg]

    @classmethod
    def of(cls, runs: Iterable[tuple[int, int, int, float, float, float, float]]) -> "Layout":
        """Build from ``(start, end, page, x0, y0, x1, y1)`` in text order."""
        starts, ends, pages, boxes = array("l"), array("l"), array("l"), array("f")
        for start, end, page, *box in runs:
            starts.append(start)
            ends.append(end)
            pages.append(page)
            boxes.extend(box)
        return cls(starts, ends, pages, boxes)

    def page_at(self, offset: int) -> int | None:
        """1-based page of the run at or before ``offset``."""
        if not self.starts:
            return None
        return int(self.pages[max(bisect_right(self.starts, offset) - 1, 0)])

    def boxes_of(self, span: Span) -> tuple[Box, ...]:
        """One box for each line of each page that the span touches; a run that is cut is cut in proportion."""
        lines: list[list[float]] = []
        index = max(bisect_right(self.starts, span.start) - 1, 0)
        while index < len(self.starts) and self.starts[index] < span.end:
            if self.ends[index] > span.start:
                page, x0, y0, x1, y1 = self._clipped(index, span)
                last = lines[-1] if lines else None
                if (
                    last
                    and last[0] == page
                    and min(y1, last[4]) - max(y0, last[2]) > 0.5 * min(y1 - y0, last[4] - last[2])
                    and x0 >= last[1]
                ):
                    lines[-1] = [page, last[1], min(y0, last[2]), max(x1, last[3]), max(y1, last[4])]
                else:
                    lines.append([page, x0, y0, x1, y1])
            index += 1
        return tuple(
            Box(page=int(p), x0=round(a, 2), y0=round(b, 2), x1=round(c, 2), y1=round(d, 2)) for p, a, b, c, d in lines
        )

    def _clipped(self, index: int, span: Span) -> tuple[int, float, float, float, float]:
        start, end = self.starts[index], self.ends[index]
        x0, y0, x1, y1 = self.boxes[4 * index : 4 * index + 4]
        width = (x1 - x0) / (end - start)
        left = x0 + width * (max(span.start, start) - start)
        right = x0 + width * (min(span.end, end) - start)
        return int(self.pages[index]), left, y0, right, y1
