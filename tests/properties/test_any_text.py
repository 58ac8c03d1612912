"""Whatever the text: nothing crashes, and every span holds its own words."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import extractors, linking, segmentation
from pipeline.process import Corridor
from tests.properties.texts import mixed_reports, odd_texts

bounded = settings(
    max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@bounded
@given(text=odd_texts)
def test_mentions_hold_their_words(corridor: Corridor, text: str) -> None:
    mentions, relations = corridor.annotate(text)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(m.value is not None for m in mentions)
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    assert all(text[m.start : m.end] == m.text for r in relations for m in (r.head, r.tail))


@bounded
@given(text=odd_texts)
def test_sentences_lie_apart_and_in_order(text: str) -> None:
    document = segmentation.segment(extractors.from_raw_text(text))
    assert document.text == text
    ends = [0, *(sentence.end for sentence in document.sentences)]
    assert all(end <= s.start for end, s in zip(ends, document.sentences, strict=False))
    assert all(document.slice(sentence).strip() for sentence in document.sentences)


@bounded
@given(text=st.one_of(odd_texts, mixed_reports))
def test_facts_hold_their_quotes(corridor: Corridor, text: str) -> None:
    document = segmentation.segment(extractors.from_raw_text(text))
    result = linking.link(document, corridor.mentions(document), corridor.settings.evidence, corridor.lexicons)
    cases = {case.number for case in result.cases}
    for fact in (*result.regimens, *result.responses, *result.toxicities, *result.measurements):
        assert text[fact.start : fact.end] == fact.quote
        assert 0 <= fact.confidence <= 1
        assert (fact.attribution == "patient") == (fact.case is not None)
        assert fact.case is None or fact.case in cases


@bounded
@given(text=odd_texts)
def test_the_same_text_gives_the_same_mentions(corridor: Corridor, text: str) -> None:
    assert corridor.annotate(text) == corridor.annotate(text)
