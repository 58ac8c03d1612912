"""Web pages: the article in, the page around it out."""

import pytest

from pipeline.datamodel import Document, Source
from pipeline.errors import DocumentError
from pipeline.extractors import html
from pipeline.settings import ReadingSettings

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>J | A case</title>
<meta name="citation_title" content="A case of pemphigus"><meta name="citation_doi" content="10.1/x">
<meta name="citation_publication_date" content="2015/07/14"><style>p {}</style></head><body>
<nav><a href="/">Home</a></nav><div class="cookie-banner">We use cookies.</div>
<article><h1>A case of pemphigus</h1><div class="share-buttons">Tweet</div>
<h2>Case report</h2><p>A man had 12 × 10<sup>9</sup>/L platelets.<sup><a href="#r1">1</a>,<a href="#r2">2</a></sup>
He received rituximab 375 mg/m<sup>2</sup> [<a href="#r3">3</a>].</p>
<figure><img src="a.png"><figcaption>Figure 1. The skin.</figcaption></figure>
<ul><li>prednisone 60 mg</li><li>aspirin</li></ul>
<table><caption>Table 1. Counts</caption><thead><tr><th>Day</th><th>Platelets</th></tr></thead>
<tbody><tr><td>1</td><td>18</td></tr></tbody></table>
<div>Loose text <b>stays</b>.</div>
<h2>References</h2><ol><li>Roe J. A case. 2010.</li></ol></article>
<script>alert(1)</script><footer>Copyright</footer></body></html>"""


def read(content: str | bytes) -> Document:
    raw = content.encode() if isinstance(content, str) else content
    return html.extract(Source(doc_id="d", path="d.html"), raw, ReadingSettings())


def test_the_article_of_a_page():
    document = read(PAGE)
    assert [(block.kind, document.slice(block)) for block in document.blocks] == [
        ("title", "A case of pemphigus"),
        ("heading", "Case report"),
        ("paragraph", "A man had 12 × 10⁹/L platelets. He received rituximab 375 mg/m² [3]."),
        ("caption", "Figure 1. The skin."),
        ("list", "prednisone 60 mg"),
        ("list", "aspirin"),
        ("caption", "Table 1. Counts"),
        ("table", "Day\tPlatelets\n1\t18"),
        ("paragraph", "Loose text stays."),
        ("heading", "References"),
        ("reference", "Roe J. A case. 2010."),
    ]
    assert [mark.text for mark in document.citations] == ["1,2", "[3]"]
    assert document.tables[0].cells[3].header == ("Platelets",)
    found = document.metadata
    assert (found.title, found.doi, found.year, found.language) == ("A case of pemphigus", "10.1/x", 2015, "en")


def test_what_is_left_out_is_counted():
    aside = " ".join(part.text for part in read(PAGE).set_aside)
    assert "Tweet" in aside
    assert "alert" not in aside


@pytest.mark.parametrize(
    ("codec", "said"), [("cp1252", "windows-1252"), ("latin-1", "iso-8859-1"), ("utf-8", "utf-8"), ("utf-8", "")]
)
def test_encodings(codec, said):
    meta = f'<meta charset="{said}">' if said else ""
    page = f"<html><head>{meta}</head><body><p>Sézary’s syndrome.</p></body></html>".replace("’", "'")
    assert read(page.encode(codec)).text == "Sézary's syndrome."


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<html><body><script>app()</script><div id='root'></div></body></html>", "no_text"),
        (b"<html><body><p>S\xe9zary</p></body></html>", "encoding"),
        ("<html><head><meta charset='klingon'></head><body><p>x y</p></body></html>", "encoding"),
        ("<html><body>" + "<div>" * 230 + "x y" + "</body></html>", "xml_too_deep"),
    ],
)
def test_bad_pages(page, code):
    with pytest.raises(DocumentError) as caught:
        read(page)
    assert caught.value.code == code


def test_sniff():
    assert html.sniff(b"\n<!doctype HTML><html>")
    assert html.sniff(b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>")
    assert not html.sniff(b"<article>")
