"""A report as JATS XML."""

from xml.sax.saxutils import escape, quoteattr

from render.report import JOURNAL, NOTICE, Paragraph, Report, ReportSection, ReportTable, inline

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.2 20190208//EN" \
"JATS-archivearticle1.dtd">
"""
_SECTION_TYPES = (
    ("introduction", "intro"),
    ("case", "cases"),
    ("discussion", "discussion"),
    ("conclusion", "conclusions"),
)


def render(report: Report) -> str:
    """The whole file."""
    tables = {table.id: table for table in report.tables}
    body = "\n".join(_section(n, s, report, tables) for n, s in enumerate(report.sections, 1))
    references = "\n".join(
        f'<ref id="B{n}"><label>{n}</label><mixed-citation>{escape(entry)}</mixed-citation></ref>'
        for n, entry in enumerate(report.references, 1)
    )
    return (
        f'{_HEAD}<article article-type={quoteattr(report.article_type)} dtd-version="1.2" xml:lang="en">\n'
        f"{_front(report)}\n<body>\n{body}\n</body>\n"
        f"<back>\n<ref-list>\n<title>References</title>\n{references}\n</ref-list>\n</back>\n</article>\n"
    )


def _front(report: Report) -> str:
    keywords = "".join(f"<kwd>{escape(word)}</kwd>" for word in report.keywords.split(", ") if word)
    return f"""<front>
<journal-meta>
<journal-id journal-id-type="publisher-id">jicr</journal-id>
<journal-title-group><journal-title>{JOURNAL}</journal-title></journal-title-group>
<publisher><publisher-name>casebook samples</publisher-name></publisher>
</journal-meta>
<article-meta>
<article-id pub-id-type="doi">{report.doi}</article-id>
<article-categories>
<subj-group subj-group-type="heading"><subject>{report.kind}</subject></subj-group>
</article-categories>
<title-group><article-title>{_text(report.title, report)}</article-title></title-group>
<contrib-group>
{_authors(report.authors)}
<aff id="aff1"><label>1</label>{escape(report.affiliation)}</aff>
</contrib-group>
<author-notes><fn fn-type="other"><p>{NOTICE}</p></fn></author-notes>
<pub-date pub-type="epub"><year>{report.year}</year></pub-date>
<volume>{report.volume}</volume>
<fpage>{report.first_page}</fpage>
<permissions><license><license-p>Apache License 2.0, as part of casebook.</license-p></license></permissions>
<abstract><p>{_text(report.abstract, report)}</p></abstract>
<kwd-group>{keywords}</kwd-group>
</article-meta>
</front>"""


def _authors(authors: str) -> str:
    lines = []
    for author in authors.split(", "):
        given, surname = author.rsplit(" ", 1)
        name = f"<name><surname>{surname}</surname><given-names>{given}</given-names></name>"
        lines.append(
            f'<contrib contrib-type="author">{name}<xref ref-type="aff" rid="aff1"><sup>1</sup></xref></contrib>'
        )
    return "\n".join(lines)


def _section(number: int, section: ReportSection, report: Report, tables: dict[str, ReportTable]) -> str:
    kinds = (kind for start, kind in _SECTION_TYPES if section.heading.casefold().startswith(start))
    kind = next(kinds, "")
    attribute = f' sec-type="{kind}"' if kind else ""
    content = "\n".join(_block(p, report, tables) for p in section.paragraphs)
    return f'<sec id="s{number}"{attribute}>\n<title>{escape(section.heading)}</title>\n{content}\n</sec>'


def _block(paragraph: Paragraph, report: Report, tables: dict[str, ReportTable]) -> str:
    if paragraph.place:
        return _table(tables[paragraph.place], report)
    return f"<p>{_text(paragraph.text, report)}</p>"


def _table(table: ReportTable, report: Report) -> str:
    head = "".join(f"<th>{_text(cell, report)}</th>" for cell in table.header)
    rows = "\n".join("<tr>" + "".join(f"<td>{_text(c, report)}</td>" for c in row) + "</tr>" for row in table.rows)
    return f"""<table-wrap id="{table.id}" position="float">
<label>{table.label}</label>
<caption><p>{_text(table.caption, report)}</p></caption>
<table frame="hsides" rules="groups">
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
<table-wrap-foot><fn><p>{_text(table.note, report)}</p></fn></table-wrap-foot>
</table-wrap>"""


def _text(text: str, report: Report) -> str:
    out = []
    for kind, piece in inline(text):
        if kind in ("sup", "sub", "italic"):
            out.append(f"<{kind}>{escape(piece)}</{kind}>")
        elif kind == "cite":
            out.append(_citation(piece, raised=report.marks == "raised"))
        else:
            out.append(_with_table_links(escape(piece), report))
    return "".join(out)


def _citation(numbers: str, *, raised: bool) -> str:
    links = ",".join(f'<xref ref-type="bibr" rid="B{n}">{n}</xref>' for n in numbers.split(","))
    return f"<sup>{links}</sup>" if raised else f"[{links}]"


def _with_table_links(text: str, report: Report) -> str:
    for table in report.tables:
        text = text.replace(f"({table.label})", f'(<xref ref-type="table" rid="{table.id}">{table.label}</xref>)')
    return text
