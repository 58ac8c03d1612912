"""A report as a text file."""

import re

from render.hyphens import parts
from render.report import JOURNAL, NOTICE, Report, ReportTable, inline

_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_PUNCTUATED_WORD = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)


def flat(text: str, report: Report) -> str:
    """``text`` without marks; exponents as the report's source wants them."""
    out = []
    for kind, piece in inline(text):
        if kind == "sup":
            out.append(piece.translate(_RAISED) if report.exponents == "unicode" else f"^{piece}")
        elif kind == "sub":
            out.append(piece.translate(_LOWERED) if report.exponents == "unicode" else piece)
        elif kind == "cite":
            out.append(f"[{piece}]")
        else:
            out.append(piece)
    return "".join(out)


def render(report: Report) -> str:
    """The whole file, blocks divided by empty lines."""
    blocks = [report.title, report.authors, report.affiliation]
    blocks += [f"{report.kind}. {JOURNAL} {report.year};{report.volume}:{report.first_page}. doi: {report.doi}", NOTICE]
    if report.abstract:
        blocks += ["Abstract", report.abstract]
    tables = {table.id: table for table in report.tables}
    captions = {figure.id: f"{figure.label}. {figure.caption}" for figure in report.figures}
    for section in report.sections:
        blocks += [section.heading] if section.heading else []
        for paragraph in section.paragraphs:
            if paragraph.place in tables:
                blocks.append(_table(tables[paragraph.place]))
            else:
                blocks.append(captions.get(paragraph.place, paragraph.text))
    blocks += ["References", "\n".join(f"{n}. {entry}" for n, entry in enumerate(report.references, 1))]
    flattened = (flat(block, report) for block in blocks)
    return "\n\n".join(wrapped(b, report.wrap) if report.wrap else b for b in flattened) + "\n"


def _table(table: ReportTable) -> str:
    rows = ["\t".join(row) for row in (table.header, *table.rows)]
    return "\n".join([f"{table.label}. {table.caption}", *rows, table.note])


def wrapped(text: str, width: int) -> str:
    """``text`` broken into lines of at most ``width`` characters, long words hyphenated at the end of a line."""
    lines = [""]
    for word in text.split():
        room = width - len(lines[-1]) - (1 if lines[-1] else 0)
        if len(word) <= room:
            lines[-1] = f"{lines[-1]} {word}".strip()
            continue
        head, tail = _broken(word, room)
        if head:
            lines[-1] = f"{lines[-1]} {head}-".strip()
        lines.append(tail)
    return "\n".join(lines)


def _broken(word: str, room: int) -> tuple[str, str]:
    match = _PUNCTUATED_WORD.match(word)
    before, core, after = match.groups() if match else ("", word, "")
    pieces = parts(core)
    for count in range(len(pieces) - 1, 0, -1):
        head = before + "".join(pieces[:count])
        if len(head) + 1 <= room:
            return head, "".join(pieces[count:]) + after
    return "", word
