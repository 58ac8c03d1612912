"""Tables and figures of the journal PDF, each kept together with its caption."""

from collections.abc import Callable

from reportlab.graphics.shapes import Drawing, Line, PolyLine, String
from reportlab.lib.colors import HexColor, black
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from render.report import Figure, ReportTable

Markup = Callable[..., str]
_CAPTION = ParagraphStyle("caption", fontName="Helvetica", fontSize=7.8, leading=9.6, spaceAfter=3)
_CELL = ParagraphStyle("cell", fontName="Helvetica", fontSize=7.4, leading=9.2)
_HEADER = ParagraphStyle("header", parent=_CELL, fontName="Helvetica-Bold")
_PAD = 10.0


class Stack(Flowable):  # type: ignore[misc]
    """Flowables one below the other that never part, with white space above and below."""

    def __init__(self, parts: list[Flowable], width: float) -> None:
        super().__init__()
        self.parts, self.width = parts, width
        self.height = sum(part.wrap(width, 10_000)[1] for part in parts) + 2 * _PAD

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        """The size, the same whatever is available."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the parts from the top."""
        y = self.height - _PAD
        for part in self.parts:
            y -= part.wrap(self.width, 10_000)[1]
            part.drawOn(self.canv, 0, y)


def table_block(table: ReportTable, width: float, markup: Markup) -> Stack:
    """Caption, rows between rules, note."""
    rows = [[Paragraph(markup(c, size=_CELL.fontSize, hyphens=False), _HEADER) for c in table.header]]
    rows += [[Paragraph(markup(c, size=_CELL.fontSize, hyphens=False), _CELL) for c in row] for row in table.rows]
    first = 0.34 if len(table.header) > 4 else 0.4
    rest = width * (1 - first) / (len(table.header) - 1)
    grid = Table(rows, colWidths=[width * first] + [rest] * (len(table.header) - 1))
    grid.setStyle(
        TableStyle(
            [
                ("LINEABOVE", (0, 0), (-1, 0), 0.9, black),
                ("LINEBELOW", (0, 0), (-1, 0), 0.5, black),
                ("LINEBELOW", (0, -1), (-1, -1), 0.9, black),
                ("TOPPADDING", (0, 0), (-1, -1), 1.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
                ("RIGHTPADDING", (0, 0), (-1, -1), 2),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    caption = Paragraph(
        f"<b>{table.label}.</b> " + markup(table.caption, size=_CAPTION.fontSize, hyphens=False), _CAPTION
    )
    return Stack([caption, grid, Paragraph(markup(table.note, size=_CELL.fontSize, hyphens=False), _CELL)], width)


def figure_block(figure: Figure, width: float, markup: Markup) -> Stack:
    """A line through the figure's points, its axes' numbers, and the caption."""
    height, left, bottom = 104.0, 32.0, 24.0
    drawing = Drawing(width, height)
    top_x, top_y = max(p[0] for p in figure.points), max(p[1] for p in figure.points)
    spots = [
        (left + x / top_x * (width - left - 12), bottom + y / top_y * (height - bottom - 10)) for x, y in figure.points
    ]
    drawing.add(Line(left, bottom, width - 8, bottom, strokeWidth=0.6))
    drawing.add(Line(left, bottom, left, height - 4, strokeWidth=0.6))
    drawing.add(PolyLine([v for spot in spots for v in spot], strokeColor=HexColor("#1f4e79"), strokeWidth=1.3))
    for (x, _), (spot_x, _) in zip(figure.points, spots, strict=True):
        drawing.add(String(spot_x - 3, bottom - 9, f"{x:g}", fontName="Helvetica", fontSize=6.5))
    for share in (0.0, 0.5, 1.0):
        y = bottom + share * (height - bottom - 10)
        drawing.add(String(6, y - 2, f"{share * top_y:g}", fontName="Helvetica", fontSize=6.5))
    drawing.add(String(width / 2 - 10, 4, figure.x_label, fontName="Helvetica", fontSize=6.5))
    caption = Paragraph(
        f"<b>{figure.label}.</b> " + markup(figure.caption, size=_CAPTION.fontSize, hyphens=False), _CAPTION
    )
    return Stack([drawing, caption], width)
