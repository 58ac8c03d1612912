"""JATS: text as printed, marks left out, tables as cells, and nothing dangerous read."""

import pytest

from pipeline.datamodel import Document, Source
from pipeline.errors import DocumentError
from pipeline.extractors import jats
from pipeline.settings import ReadingSettings

META = "<title-group><article-title>A rare case</article-title></title-group>"


def read(xml: str | bytes) -> Document:
    content = xml.encode() if isinstance(xml, str) else xml
    return jats.extract(Source(doc_id="d", path="d.xml"), content, ReadingSettings())


def article(body: str, meta: str = META, more: str = "") -> Document:
    return read(
        f"<article article-type='case-report' xml:lang='en'><front><article-meta>{meta}</article-meta></front>"
        f"<body>{body}</body>{more}</article>"
    )


def paragraph(inside: str) -> Document:
    return article(f"<p>{inside}</p>", meta="")


def failure(xml: str | bytes) -> DocumentError:
    with pytest.raises(DocumentError) as caught:
        read(xml)
    assert "\n" not in caught.value.message
    return caught.value


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("platelets 18 × 10<sup>9</sup>/L", "platelets 18 × 10⁹/L"),
        ("375 mg/m<sup>2</sup> weekly", "375 mg/m² weekly"),
        ("CD4<sup>+</sup> T cells", "CD4⁺ T cells"),
        ("5 ml<sup>−1</sup>", "5 ml⁻¹"),
        ("the 3<sup>rd</sup> cycle", "the 3rd cycle"),
        ("<sup>18</sup>F-FDG uptake", "¹⁸F-FDG uptake"),
        ("HbA<sub>1c</sub> of 7%", "HbA1c of 7%"),
        ("R<sup>2</sup> was 0.9", "R² was 0.9"),
        ("line<break/>break", "line break"),
        ("thin\u2009space and soft\u00adhyphen", "thin space and softhyphen"),
        ("<italic>Candida</italic> <bold>sp.</bold>", "Candida sp."),
        ("see <xref ref-type='fig' rid='f1'>Figure 1</xref>.", "see Figure 1."),
        ("<inline-formula><math><msup><mn>10</mn><mn>6</mn></msup></math></inline-formula> cells", "10⁶ cells"),
        (
            "<inline-formula><tex-math>\\begin{document}$3 \\times 10^{9}$\\end{document}</tex-math></inline-formula>",
            "3 × 10⁹",
        ),
    ],
)
def test_running_text(inside, text):
    assert paragraph(inside).text == text


@pytest.mark.parametrize(
    ("inside", "text", "marks"),
    [
        ("rare.<sup><b>1</b>,<b>2</b></sup> We", "rare. We", ["1,2"]),
        ("rare.<b><sup>1</sup></b><sup>,</sup><b><sup>2</sup></b> We", "rare. We", ["1", "2"]),
        ("rare <b>7</b>. We", "rare. We", ["7"]),
        ("rare<b>7</b>–<b>9</b> and", "rare and", ["7", "9"]),
        ("rare.<sup>3,4</sup> We", "rare. We", ["3,4"]),
        ("rare [<b>1</b>, <b>2</b>]. We", "rare [1, 2]. We", ["[1, 2]"]),
        ("rare (<b>5</b>). We", "rare (5). We", ["(5)"]),
        ("<b>Roe 2010</b> saw", "Roe 2010 saw", ["Roe 2010"]),
        ("see reference <b>12</b> too", "see reference 12 too", ["12"]),
    ],
)
def test_reference_marks(inside, text, marks):
    document = paragraph(inside.replace("<b>", "<xref ref-type='bibr'>").replace("</b>", "</xref>"))
    assert document.text == text
    assert [citation.text for citation in document.citations] == marks
    for citation in document.citations:
        assert citation.offset == citation.end or text[citation.offset : citation.end] == citation.text


def test_note_signs_are_put_aside():
    document = paragraph("Platelets<sup>*</sup> fell to 12<xref ref-type='table-fn'>a</xref>.")
    assert document.text == "Platelets fell to 12."
    assert [aside.text for aside in document.set_aside] == ["*", "a"]


def test_structure_sections_and_order():
    document = article(
        "<sec sec-type='intro'><title>Introduction</title><p>Rare.</p></sec>"
        "<sec sec-type='cases'><label>2</label><title>Case</title><p>A man.</p>"
        "<sec><title>Treatment</title><p>CHOP.<fig><label>Figure 1</label><caption><p>The skin.</p></caption></fig>"
        " Then rest.</p></sec></sec>"
        "<sec><title>Comment</title><p>Well.</p></sec>",
        meta=META + "<abstract><sec><title>Background</title><p>Short.</p></sec></abstract>",
        more="<back><ack><title>Thanks</title><p>To all.</p></ack><ref-list><title>References</title>"
        "<ref><label>1</label><mixed-citation>Roe J. A case. J Cases. 2010.</mixed-citation></ref></ref-list></back>",
    )
    shown = [(block.kind, block.level, block.section, document.slice(block)) for block in document.blocks]
    assert shown == [
        ("title", 0, "title", "A rare case"),
        ("heading", 1, "abstract", "Background"),
        ("paragraph", 0, "abstract", "Short."),
        ("heading", 1, "introduction", "Introduction"),
        ("paragraph", 0, "introduction", "Rare."),
        ("heading", 1, "case", "2 Case"),
        ("paragraph", 0, "case", "A man."),
        ("heading", 2, "case", "Treatment"),
        ("paragraph", 0, "case", "CHOP. Then rest."),
        ("caption", 0, "caption", "Figure 1. The skin."),
        ("heading", 1, None, "Comment"),
        ("paragraph", 0, None, "Well."),
        ("heading", 1, "other", "Thanks"),
        ("paragraph", 0, "other", "To all."),
        ("heading", 1, "other", "References"),
        ("reference", 0, "other", "1 Roe J. A case. J Cases. 2010."),
    ]


def test_parts_of_a_section_have_its_kind() -> None:
    parts = "<sec sec-type='intro|methods'><title>Whom we asked</title><p>All.</p></sec>"
    case = "<sec sec-type='case'><title>Second patient</title><p>A man.</p></sec>"
    document = article(f"<sec sec-type='results'><title>Results</title>{parts}{case}</sec>")
    sections = {document.slice(block): block.section for block in document.blocks}
    assert (sections["All."], sections["A man."]) == ("results", "case")
    meta = "<abstract><sec sec-type='methods'><title>Methods</title><p>We asked.</p></sec></abstract>"
    document = article("<sec sec-type='other'><sec sec-type='methods'><p>So we did.</p></sec></sec>", META + meta)
    sections = {document.slice(block): block.section for block in document.blocks}
    assert (sections["We asked."], sections["So we did."]) == ("abstract", "methods")


def test_lists_and_footnotes():
    document = article(
        "<p>He took:<list><list-item><label>1.</label><p>prednisone 60 mg</p></list-item>"
        "<list-item><p>aspirin</p></list-item></list></p><p>End<fn><p>A note.</p></fn>.</p>"
    )
    assert [(block.kind, document.slice(block)) for block in document.blocks[1:]] == [
        ("paragraph", "He took:"),
        ("list", "1. prednisone 60 mg"),
        ("list", "aspirin"),
        ("paragraph", "End."),
        ("footnote", "A note."),
    ]


TABLE = """<floats-group><table-wrap><label>Table 1</label><caption><p>Blood counts.</p></caption><table>
<thead><tr><th rowspan="2">Analyte</th><th colspan="2">Day</th></tr><tr><th>1</th><th>8</th></tr></thead>
<tbody><tr><td>Platelets (×10<sup>9</sup>/L)</td><td>18</td><td>49<sup>a</sup></td></tr>
<tr><td rowspan="2">Neutrophils</td><td></td><td>0.5</td></tr><tr><td>0.1</td><td>2</td></tr></tbody></table>
<table-wrap-foot><fn><label>a</label><p>After transfusion.</p></fn></table-wrap-foot></table-wrap></floats-group>"""


def test_table_as_cells():
    document = article("<p>Counts are shown.</p>", more=TABLE)
    (table,) = document.tables
    assert table.caption == "Table 1. Blood counts."
    assert document.slice(table) == ("Analyte\tDay\n\t1\t8\nPlatelets (×10⁹/L)\t18\t49\nNeutrophils\t\t0.5\n\t0.1\t2")
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    assert {document.slice(cell) for cell in table.cells if cell.is_header} == {"Analyte", "Day", "1", "8"}
    assert cells[2, 2].header == ("Day", "8")
    assert cells[2, 2].label == "Platelets (×10⁹/L)"
    assert cells[4, 1].label == "Neutrophils"
    assert cells[2, 0].label == ""
    notes = [document.slice(block) for block in document.blocks if block.kind == "footnote"]
    assert notes == ["a After transfusion."]


@pytest.mark.parametrize(
    ("rows", "heads"),
    [
        ("<tr><td>Test</td><td>Result</td></tr><tr><td>Urea</td><td>12</td></tr>", 1),
        ("<tr><td><bold>Test</bold></td><td><bold>1</bold></td></tr><tr><td>Urea</td><td>12</td></tr>", 1),
        ("<tr><td>Urea</td><td>12</td></tr><tr><td>Sodium</td><td>140</td></tr>", 0),
    ],
)
def test_header_without_thead(rows, heads):
    document = article(f"<p>x y.</p><table-wrap><table>{rows}</table></table-wrap>")
    assert len({cell.row for cell in document.tables[0].cells if cell.is_header}) == heads


def test_hostile_spans_stay_small():
    row = "<tr><td colspan='99999999' rowspan='0'>a</td><td>b</td></tr>"
    document = article(f"<p>x y.</p><table-wrap><table>{row}</table></table-wrap>")
    assert document.slice(document.tables[0]).split() == ["a", "b"]


def test_metadata():
    document = read(
        "<article article-type='case-report' xml:lang='en'><front><journal-meta><journal-title-group>"
        "<journal-title>J Cases</journal-title></journal-title-group></journal-meta><article-meta>"
        "<article-id pub-id-type='pmid'>12</article-id><article-id pub-id-type='pmc'>345</article-id>"
        "<title-group><article-title>Skin<sup>*</sup></article-title><subtitle>a case</subtitle></title-group>"
        "<pub-date pub-type='epub'><year>2014</year></pub-date><pub-date pub-type='ppub'><year>2015</year></pub-date>"
        "</article-meta></front><body><p>Text.</p></body></article>"
    )
    found = document.metadata
    assert (found.title, found.pmid, found.pmcid, found.journal) == ("Skin: a case", "12", "PMC345", "J Cases")
    assert (found.year, found.language, found.article_type) == (2015, "en", "case-report")


@pytest.mark.parametrize(
    "wrapped",
    [
        "<pmc-articleset>{}{}</pmc-articleset>",
        "<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'><record><metadata>{}</metadata></record></OAI-PMH>",
    ],
)
def test_wrappers_and_namespaces(wrapped):
    one = "<article xmlns='https://jats.nlm.nih.gov/ns/archiving/1.3/'><front/><body><p>One.</p></body></article>"
    two = "<article><front-stub/><body><p>Two.</p></body></article>"
    document = read(wrapped.format(one, two))
    assert document.text.split("\n\n") == ["One.", "Two."][: wrapped.count("{}")]


def test_translations_and_reviews_are_put_aside():
    document = article(
        "<p>Main.</p>", more="<sub-article article-type='translation'><body><p>Texte.</p></body></sub-article>"
    )
    assert "Texte" not in document.text
    assert any("Texte" in aside.text for aside in document.set_aside)


def test_named_entities_of_the_dtd_are_characters():
    doctype = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS.dtd">'
    document = read(f"{doctype}<article><body><p>5&nbsp;&micro;g &alpha;</p></body></article>")
    assert document.text == "5 µg α"


def test_utf16_xml():
    xml = '<?xml version="1.0" encoding="UTF-16"?><article><body><p>Sézary.</p></body></article>'
    assert read(xml.encode("utf-16")).text == "Sézary."


BOMB = '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><article><body><p>&b;</p></body></article>'
EXTERNAL = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><article><body><p>&x;</p></body></article>'


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        ("<article><body><p>never closed", "malformed_xml"),
        ("<article><body><p>a & b</p></body></article>", "malformed_xml"),
        (b"<?xml version='1.0' encoding='utf-8'?><article><body><p>S\xe9zary</p></body></article>", "malformed_xml"),
        ("<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>", "not_jats"),
        ("<catalog><article><price>3</price></article></catalog>", "not_jats"),
        ("<article><front><article-meta/></front></article>", "no_text"),
        (BOMB, "unsafe_xml"),
        (EXTERNAL, "unsafe_xml"),
        ("<article><body>" + "<sec>" * 230 + "<p>x</p>" + "</sec>" * 230 + "</body></article>", "xml_too_deep"),
        ("<a>" * 5000 + "</a>" * 5000, "xml_too_deep"),
    ],
)
def test_bad_xml(xml, code):
    assert failure(xml).code == code


def test_reading_twice_is_the_same():
    assert article("<p>Same.</p>", more=TABLE) == article("<p>Same.</p>", more=TABLE)


def test_rows_under_an_empty_first_cell_belong_to_the_group_above() -> None:
    rows = [("Skin", "Rash", "yes"), ("", "Itch", "no"), ("Fever", "high", "39")]
    body = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    head = "<thead><tr><th>Organ</th><th>Sign</th><th>Day 1</th></tr></thead>"
    document = article(f"<p>See.</p><table-wrap><table>{head}<tbody>{body}</tbody></table></table-wrap>")
    labels = {document.slice(cell): cell.label for cell in document.tables[0].cells}
    assert (labels["yes"], labels["no"], labels["Itch"], labels["39"]) == ("Skin Rash", "Skin Itch", "Skin", "Fever")
