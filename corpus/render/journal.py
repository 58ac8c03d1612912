"""A report as a two-column journal PDF with running heads, captions, a table and raised exponents.

Only the fonts that every PDF reader has are used, and reportlab's invariant mode, so that the same source
gives the same bytes on every machine.
"""

from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, FrameBreak, NextPageTemplate, PageTemplate, Paragraph

from render.exhibits import figure_block, table_block
from render.hyphens import soften
from render.report import JOURNAL, NOTICE, Report, ReportSection, inline

WIDTH, HEIGHT = A4
MARGIN, GUTTER, FOOT, HEAD = 54.0, 20.0, 56.0, 58.0
COLUMN = (WIDTH - 2 * MARGIN - GUTTER) / 2
RULE = HexColor("#444444")
_SYMBOL_FONT = frozenset("αβγ≥≤")


def _style(name: str, **settings: object) -> ParagraphStyle:
    base: dict[str, object] = {"fontName": "Times-Roman", "fontSize": 9.6, "leading": 11.6, "alignment": TA_JUSTIFY}
    return ParagraphStyle(name, **{**base, **settings})


STYLES = {
    "kind": _style("kind", fontName="Times-Italic", fontSize=13, leading=17, alignment=TA_LEFT),
    "title": _style("title", fontName="Times-Bold", fontSize=17, leading=20, alignment=TA_LEFT, spaceAfter=7),
    "authors": _style("authors", fontName="Times-Bold", fontSize=10.5, leading=13, alignment=TA_LEFT),
    "front": _style("front", fontName="Times-Italic", fontSize=8.4, leading=10.4, alignment=TA_LEFT, spaceAfter=3),
    "abstract": _style("abstract", fontSize=9.2, leading=11.2, leftIndent=24, rightIndent=24, spaceBefore=5),
    "heading": _style(
        "heading", fontName="Times-Bold", fontSize=11, leading=14, spaceBefore=7, spaceAfter=3, keepWithNext=1
    ),
    "first": _style("first"),
    "body": _style("body", firstLineIndent=11),
    "reference": _style("reference", fontSize=8, leading=9.6, leftIndent=13, firstLineIndent=-13),
}


def markup(text: str, *, raised_marks: bool = False, size: float = 9.6, hyphens: bool = True) -> str:
    """``text`` of ``size`` points in reportlab's own inline marks."""
    raised = f"<super rise={size * 0.35:.2f} size={size * 0.68:.2f}>%s</super>"
    out = []
    for kind, piece in inline(text):
        if kind == "sup":
            out.append(raised % escape(piece))
        elif kind == "sub":
            out.append(f"<sub size={size * 0.68:.2f}>{escape(piece)}</sub>")
        elif kind == "cite":
            out.append(raised % piece if raised_marks else f"[{piece}]")
        elif kind == "italic":
            out.append(f"<i>{escape(piece)}</i>")
        else:
            out.append(_symbols(escape(soften(piece) if hyphens else piece)))
    return "".join(out)


def _symbols(text: str) -> str:
    return "".join(f'<font name="Symbol">{c}</font>' if c in _SYMBOL_FONT else c for c in text)


def render(report: Report) -> bytes:
    """The PDF's bytes."""
    target = BytesIO()
    document = BaseDocTemplate(
        target, pagesize=A4, invariant=1, title=report.title, author=report.authors, subject=NOTICE, creator="casebook"
    )
    later = PageTemplate("later", _columns(HEIGHT - HEAD, FOOT), onPage=lambda c, d: _edges(c, d.page, report))
    document.addPageTemplates([_first_page(report), later])
    front = [*_front(report), NextPageTemplate("later"), FrameBreak()]
    document.build([*front, *_body(report)])
    return target.getvalue()


def _first_page(report: Report) -> PageTemplate:
    """Front matter across the page, two columns below it, and a wide table, if there is one, at the foot."""
    width = WIDTH - 2 * MARGIN
    front = sum(f.wrap(width, HEIGHT)[1] + f.getSpaceBefore() + f.getSpaceAfter() for f in _front(report)) + 14
    wide = next((table_block(table, width, markup) for table in report.tables if table.wide), None)
    bottom = FOOT + (wide.height if wide else 0)

    def draw(canvas: Canvas, document: BaseDocTemplate) -> None:
        _edges(canvas, document.page, report)
        if wide:
            wide.drawOn(canvas, MARGIN, FOOT)

    top = Frame(MARGIN, HEIGHT - HEAD - front, width, front, 0, 0, 0, 0, id="title")
    return PageTemplate("first", [top, *_columns(HEIGHT - HEAD - front, bottom)], onPage=draw)


def _columns(top: float, bottom: float) -> list[Frame]:
    return [Frame(x, bottom, COLUMN, top - bottom, 0, 0, 0, 0) for x in (MARGIN, MARGIN + COLUMN + GUTTER)]


def _edges(canvas: Canvas, page: int, report: Report) -> None:
    canvas.saveState()
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    number = report.first_page + page - 1
    canvas.setFont("Times-Roman", 8)
    if page > 1:
        canvas.drawString(MARGIN, HEIGHT - 40, report.authors.split(",")[0].split()[-1] + " et al.")
        canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 40, report.running_head)
        canvas.line(MARGIN, HEIGHT - 45, WIDTH - MARGIN, HEIGHT - 45)
    else:
        canvas.drawString(MARGIN, HEIGHT - 40, f"{JOURNAL}, Volume {report.volume}, {report.year}")
        canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 40, f"doi:{report.doi}")
    canvas.drawString(MARGIN, 34, f"{JOURNAL} {report.year};{report.volume} (sample; invented patients)")
    canvas.drawRightString(WIDTH - MARGIN, 34, str(number))
    canvas.restoreState()


def _front(report: Report) -> list[Flowable]:
    raised = report.marks == "raised"
    surname = report.authors.split(",")[0].split()[-1]
    small = (
        report.affiliation,
        f"Correspondence to: {surname}, {report.affiliation}. Published {report.year}. Licence: Apache-2.0.",
        NOTICE,
    )
    front: list[Flowable] = [
        Paragraph(report.kind, STYLES["kind"]),
        Paragraph(markup(report.title, hyphens=False), STYLES["title"]),
        Paragraph(report.authors, STYLES["authors"]),
        *(Paragraph(line, STYLES["front"]) for line in small),
    ]
    if report.abstract:
        abstract = markup(report.abstract, raised_marks=raised, size=9.2)
        front.append(Paragraph(f"<b>Abstract.</b> {abstract}", STYLES["abstract"]))
        front.append(Paragraph(f"<b>Keywords:</b> {report.keywords}", STYLES["abstract"]))
    return front


def _body(report: Report) -> Iterator[Flowable]:
    for section in report.sections:
        yield from _section(report, section)
    yield Paragraph("References", STYLES["heading"])
    for number, entry in enumerate(report.references, 1):
        yield Paragraph(f"{number}. {escape(entry)}", STYLES["reference"])


def _section(report: Report, section: ReportSection) -> Iterator[Flowable]:
    if section.heading:
        yield Paragraph(section.heading, STYLES["heading"])
    tables = {t.id: t for t in report.tables}
    figures = {f.id: f for f in report.figures}
    first = True
    for paragraph in section.paragraphs:
        if paragraph.place in tables:
            if not tables[paragraph.place].wide:
                yield table_block(tables[paragraph.place], COLUMN, markup)
        elif paragraph.place in figures:
            yield figure_block(figures[paragraph.place], COLUMN, markup)
        else:
            text = markup(paragraph.text, raised_marks=report.marks == "raised")
            yield Paragraph(text, STYLES["first" if first else "body"])
        first = False
