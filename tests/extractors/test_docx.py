"""Word files: styles to headings, raised runs to marks and exponents, merged cells resolved."""

import io
import zipfile

import pytest

from pipeline import extractors
from pipeline.datamodel import Document, Source
from pipeline.errors import DocumentError
from pipeline.extractors import docx
from pipeline.settings import ReadingSettings

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraph(runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"


def run(text: str, align: str = "") -> str:
    properties = f'<w:rPr><w:vertAlign w:val="{align}"/></w:rPr>' if align else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


FIRST = '<w:vMerge w:val="restart"/>'
TWO = '<w:gridSpan w:val="2"/>'
BODY = (
    paragraph(run("A case of pemphigus"), "Title")
    + paragraph(run("Case report"), "Heading1")
    + paragraph(run("Platelets 12 × 10") + run("9", "superscript") + run("/L.") + run("1,", "superscript"))
    + paragraph(run("It is rare.") + run("1", "superscript") + run(",2", "superscript") + run(" We treated him."))
    + f"<w:tbl><w:tr>{cell('Analyte')}{cell('Day 1')}{cell('Day 8')}</w:tr>"
    + f"<w:tr>{cell('Platelets', FIRST)}{cell('18')}{cell('49')}</w:tr>"
    + f"<w:tr>{cell('', '<w:vMerge/>')}{cell('20', TWO)}</w:tr></w:tbl>"
)


def packed(body: str, name: str = "word/document.xml") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, f'<w:document xmlns:w="{SPACE}"><w:body>{body}</w:body></w:document>')
    return file.getvalue()


def read(content: bytes) -> Document:
    return docx.extract(Source(doc_id="d", path="d.docx"), content, ReadingSettings())


def test_a_word_document():
    document = read(packed(BODY))
    assert [(block.kind, document.slice(block)) for block in document.blocks] == [
        ("title", "A case of pemphigus"),
        ("heading", "Case report"),
        ("paragraph", "Platelets 12 × 10⁹/L."),
        ("paragraph", "It is rare. We treated him."),
        ("table", "Analyte\tDay 1\tDay 8\nPlatelets\t18\t49\n\t20"),
    ]
    assert [mark.text for mark in document.citations] == ["1,", "1,2"]
    assert document.metadata.title == "A case of pemphigus"
    assert document.tables[0].cells[-1].label == "Platelets"


def test_the_front_door_knows_it(tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(packed(BODY))
    assert extractors.extract(Source(doc_id="d", path=str(file)), ReadingSettings()).text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed(BODY)[:-60], "malformed_docx"),
        (packed(BODY, "word/other.xml"), "wrong_ending"),
        (packed(""), "no_text"),
    ],
)
def test_bad_files(content, code):
    with pytest.raises(DocumentError) as caught:
        read(content)
    assert caught.value.code == code
