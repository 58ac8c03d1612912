"""Places in a document: character spans of the canonical text, and boxes on a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle on a page, in PDF points from the page's top left corner.

    Attributes:
        page: 1-based page of the input.
        x0, y0, x1, y1: left, top, right, bottom; ``y`` grows downwards.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open range of code points of ``Document.text``.

    Attributes:
        start: offset of the first code point, 0-based.
        end: offset after the last one; always greater than ``start``.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def overlaps(self, other: "Span") -> bool:
        """True where the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """True where ``other`` lies wholly inside this span (or is equal to it)."""
        return self.start <= other.start and other.end <= self.end
