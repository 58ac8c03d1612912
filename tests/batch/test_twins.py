from pipeline.batch.inputs import Input
from pipeline.batch.twins import better_copies
from pipeline.datamodel import Metadata

TITLE = "Alemtuzumab in Sézary syndrome: a case report"


def given(path: str, rank: int) -> Input:
    stem = path.rsplit("/", 1)[-1].split(".")[0]
    return Input(doc_id=stem, path=path, stem=stem, rank=rank)


def of(*articles: tuple[str, int, str, str]) -> dict[int, int]:
    inputs = [given(path, rank) for path, rank, _, _ in articles]
    return better_copies(inputs, {i: Metadata(doi=doi, title=title) for i, (*_, doi, title) in enumerate(articles)})


def test_one_name_in_one_folder() -> None:
    assert of(("a/x.pdf", 2, "", ""), ("a/x.xml", 0, "", ""), ("b/x.txt", 3, "", "")) == {0: 1}


def test_one_doi_and_title_anywhere() -> None:
    doi = "10.5555/casebook.1"
    assert of(("a/x.pdf", 2, doi, TITLE.upper()), ("b/y.xml", 0, doi.upper(), TITLE)) == {0: 1}
    assert of(("a/x.pdf", 2, doi, "Reply to the letter"), ("b/y.xml", 0, doi, TITLE)) == {}
    assert of(("a/x.pdf", 2, doi, ""), ("b/y.xml", 0, doi, "")) == {}


def test_two_files_of_one_format_are_two_documents() -> None:
    doi = "10.5555/casebook.1"
    assert of(("a/x.pdf", 2, doi, TITLE), ("b/y.pdf", 2, doi, TITLE)) == {}
    assert of(("a/x.txt", 3, "", ""), ("a/X.txt", 3, "", "")) == {}


def test_a_chain_ends_at_the_best() -> None:
    doi = "10.5555/casebook.1"
    chain = of(("a/x.txt", 3, "", ""), ("a/x.pdf", 2, doi, TITLE), ("b/y.xml", 0, doi, TITLE))
    assert chain == {0: 2, 1: 2}
