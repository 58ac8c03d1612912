"""Whatever comes: offsets hold, the same input gives the same document, and only a document error is raised."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.datamodel import Document, Source
from pipeline.errors import DocumentError
from pipeline.extractors import jats, text
from pipeline.settings import ReadingSettings

SOURCE = Source(doc_id="d", path="d")
WORDS = st.sampled_from(
    [
        "Fig. 1.",
        "INTRODUCTION",
        "plate-",
        "let count",
        "18×109/L",
        "th e",
        "gen eration",
        "1,2",
        "•",
        "1.",
        "[3]",
        "A B",
    ]
) | st.sampled_from(
    [
        "case.4 The",
        "References",
        "\f",
        "\n",
        "\n\n",
        " \t",
        "ﬁ",
        "\u00ad",
        "\ufffd",
        "Abstract:",
        "and the",
        "10(9)/L",
        "",
    ]
)
ELEMENTS = st.sampled_from(
    ["p", "sec", "title", "sup", "xref", "list", "list-item", "table-wrap", "table", "tr", "td", "fig", "fn", "b"]
)


def sound(document: Document) -> None:
    end = 0
    for block in document.blocks:
        assert end <= block.start
        assert block.end <= len(document.text)
        assert document.slice(block) == document.slice(block).strip()
        end = block.end
    for table in document.tables:
        assert all(table.covers(cell) and "\t" not in document.slice(cell) for cell in table.cells)
    for repair in document.repairs:
        assert repair.end <= len(document.text)
    for mark in document.citations:
        assert mark.offset <= mark.end <= len(document.text)


def attempt(member, content: bytes) -> Document | None:
    try:
        return member.extract(SOURCE, content, ReadingSettings())
    except DocumentError:
        return None


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS | st.text(max_size=8), max_size=40).map(" ".join))
def test_any_text(content):
    document = attempt(text, content.encode("utf-8", "ignore"))
    if document is not None:
        sound(document)
        again = attempt(text, content.encode("utf-8", "ignore"))
        assert again is not None
        assert (again.text, again.blocks, again.repairs) == (document.text, document.blocks, document.repairs)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(content):
    for member in (text, jats):
        attempt(member, content)


TREES = st.recursive(
    WORDS.map(lambda word: word.replace("\f", " ")),
    lambda inside: st.tuples(ELEMENTS, st.lists(inside, max_size=4)).map(
        lambda t: f"<{t[0]}>{' '.join(t[1])}</{t[0]}>"
    ),
    max_leaves=20,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(TREES, max_size=6).map("".join))
def test_any_tree(body):
    document = attempt(jats, f"<article><front/><body><p>x</p>{body}</body></article>".encode())
    assert document is not None
    sound(document)
