from pipeline.datamodel import Citation, Document, Page, SetAside, Source
from pipeline.linking.account import reading_of


def test_characters_are_counted_by_what_became_of_them() -> None:
    document = Document(
        source=Source(doc_id="d", path="d"),
        text="A case.",
        n_chars_input=50,
        n_lost=3,
        citations=(Citation(offset=6, end=6, text="1, 2"), Citation(offset=2, end=6, text="case")),
        set_aside=(SetAside(reason="references", text="Roe J.\n2001"), SetAside(reason="page_number", text="7")),
    )
    reading = reading_of(document)
    assert reading.set_aside == {"page_number": 1, "reference_mark": 3, "references": 9}
    assert (reading.n_chars, reading.n_chars_page, reading.n_lost, reading.lossy_pages) == (7, 50, 3, ())


def test_a_page_that_loses_text_is_named() -> None:
    pages = (
        Page(number=1, width=10, height=10, n_chars=3000, n_lost=40),
        Page(number=2, width=10, height=10, n_chars=3000, n_lost=90),
        Page(number=3, width=10, height=10, unread=True),
    )
    reading = reading_of(Document(source=Source(doc_id="d", path="d"), text="A case.", pages=pages))
    assert (reading.n_chars_page, reading.n_lost, reading.lossy_pages) == (6000, 130, (2, 3))
