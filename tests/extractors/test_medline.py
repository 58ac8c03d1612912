"""MEDLINE records: titles and abstracts, wrapped lines put together."""

import pytest

from pipeline import extractors
from pipeline.datamodel import Document, Source
from pipeline.errors import DocumentError
from pipeline.extractors import medline
from pipeline.settings import ReadingSettings

RECORD = """
PMID- 123456
OWN - NLM
DP  - 2015 Jul
TI  - Rituximab in refractory
      pemphigus: a case.
LID - 10.1000/xyz [doi]
AB  - BACKGROUND: Pemphigus is rare.
      CASE PRESENTATION: A man received 375 mg/m(2) and his count was 12 x 10(9)/L.
FAU - Roe, Jane
LA  - eng
PT  - Case Reports
JT  - Journal of cases
PMC - PMC99

PMID- 123457
TI  - Another case.
AB  - A plain abstract.
"""


def read(content: str) -> Document:
    return medline.extract(Source(doc_id="d", path="d.nbib"), content.encode(), ReadingSettings())


def test_records_become_titles_and_abstracts():
    document = read(RECORD)
    assert [(block.kind, document.slice(block)) for block in document.blocks] == [
        ("title", "Rituximab in refractory pemphigus: a case."),
        ("heading", "BACKGROUND:"),
        ("paragraph", "Pemphigus is rare."),
        ("heading", "CASE PRESENTATION:"),
        ("paragraph", "A man received 375 mg/m(2) and his count was 12 x 10(9)/L."),
        ("title", "Another case."),
        ("paragraph", "A plain abstract."),
    ]
    found = document.metadata
    assert (found.pmid, found.pmcid, found.doi, found.year) == ("123456", "PMC99", "10.1000/xyz", 2015)
    assert (found.language, found.article_type) == ("en", "case reports")


@pytest.mark.parametrize("name", ["pubmed.txt", "citations.nbib", "set.medline"])
def test_the_front_door_knows_them(tmp_path, name):
    file = tmp_path / name
    file.write_text(RECORD)
    document = extractors.extract(Source(doc_id="d", path=str(file)), ReadingSettings())
    assert document.source.media_type == "application/nbib"


def test_a_record_without_words():
    with pytest.raises(DocumentError) as caught:
        read("PMID- 1\nDP  - 2015\n")
    assert caught.value.code == "no_text"
