from pipeline.ner.wording import wording

TEXT = "She took Oral Zinc, not food."


def of(words: str) -> set[str]:
    start = TEXT.index(words)
    found = dict(wording(TEXT, start, start + len(words)))
    assert set(found.values()) <= {1.0}
    return set(found)


def test_words_of_and_beside_a_span() -> None:
    assert of("Oral Zinc") == {"is=oral zinc", "first=oral", "last=zinc", "before=took", "after=,"}


def test_the_ends_of_a_text_have_nothing_beside_them() -> None:
    assert "before=" not in "".join(of("She"))
    assert of(".") == {"is=.", "first=.", "last=.", "before=food"}
