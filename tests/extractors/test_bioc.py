"""BioC JSON: passages to blocks, tables to cells."""

import json

import pytest

from pipeline import extractors
from pipeline.datamodel import Document, Source
from pipeline.errors import DocumentError
from pipeline.extractors import bioc
from pipeline.settings import ReadingSettings

TABLE = (
    "<table><thead><tr><th>Day</th><th>Platelets</th></tr></thead><tbody><tr><td>1</td><td>18</td></tr></tbody></table>"
)


def passage(section: str, kind: str, text: str, **infons: str) -> dict[str, object]:
    return {"offset": 0, "infons": {"section_type": section, "type": kind, **infons}, "text": text}


COLLECTION = [
    {
        "bioctype": "BioCCollection",
        "documents": [
            {
                "id": "99",
                "passages": [
                    passage("TITLE", "front", "A case", **{"article-id_pmc": "99", "year": "2015"}),
                    passage("ABSTRACT", "abstract", "A man was ill."),
                    passage("CASE", "title_1", "Case report"),
                    passage("CASE", "paragraph", "He received prednisone."),
                    passage("FIG", "fig_caption", "The skin."),
                    passage("TABLE", "table_caption", "Table 1"),
                    passage("TABLE", "table", "Day Platelets 1 18", xml=TABLE),
                    passage("REF", "ref", "An older case", year="2001"),
                ],
            }
        ],
    }
]


def read(whole: object) -> Document:
    content = json.dumps(whole).encode()
    return bioc.extract(Source(doc_id="d", path="d.json"), content, ReadingSettings())


def test_passages_become_blocks():
    document = read(COLLECTION)
    assert [(block.kind, block.section, document.slice(block)) for block in document.blocks] == [
        ("title", "title", "A case"),
        ("paragraph", "abstract", "A man was ill."),
        ("heading", "case", "Case report"),
        ("paragraph", "case", "He received prednisone."),
        ("caption", "caption", "The skin."),
        ("caption", "caption", "Table 1"),
        ("table", "table", "Day\tPlatelets\n1\t18"),
        ("reference", "other", "An older case 2001"),
    ]
    assert (document.metadata.pmcid, document.metadata.year) == ("PMC99", 2015)
    assert document.metadata.title == "A case"


def test_the_front_door_knows_it(tmp_path):
    for name in ("a.json", "a.bioc.json", "a.bioc"):
        file = tmp_path / name
        file.write_text(json.dumps(COLLECTION))
        assert extractors.extract(Source(doc_id="d", path=str(file)), ReadingSettings()).text


@pytest.mark.parametrize(
    ("content", "code"),
    [(b'{"passages": [', "malformed_json"), (b'["passages"]', "not_bioc"), (b'{"passages": []}', "no_text")],
)
def test_bad_json(content, code):
    with pytest.raises(DocumentError) as caught:
        bioc.extract(Source(doc_id="d", path="d.json"), content, ReadingSettings())
    assert caught.value.code == code
