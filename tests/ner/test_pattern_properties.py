"""Whatever the text, the patterns keep their promises."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.datamodel import Sentence
from pipeline.ner.patterns import PatternMatcher

MATCHER = PatternMatcher()
PIECES = [
    "5",
    "1,500",
    "0·5",
    "12–30",
    "×",
    "10⁹",
    "10^9/L",
    "109/L",
    "mg",
    "mg/m2",
    "/kg",
    "per day",
    "%",
    "IU",
    "from",
]
PIECES += ["to", "between", "and", "every", "3 weeks", "daily", "b.i.d.", "q8h", "days 1-4", "for", "cycles", "<", "≥"]
PIECES += [
    "i.v.",
    "orally",
    "(",
    ")",
    "[",
    ",",
    ".",
    ";",
    "/",
    "\u2009",
    "\n",
    "𝟙",
    "é",
    "normal range",
    "1:160",
    "x",
    "of",
]

texts = st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))


@settings(deadline=None, derandomize=True, max_examples=200)
@given(texts, st.integers(0, 120))
def test_spans_hold_lie_in_one_sentence_and_do_not_overlap(text: str, cut: int) -> None:
    cut = min(cut, len(text))
    ends = [(0, cut), (cut, len(text))]
    sentences = [Sentence(start=a, end=b, section="case", block="paragraph") for a, b in ends if a < b]
    mentions = MATCHER.find(text, sentences)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(any(s.covers(m) for s in sentences) for m in mentions)
    overlay = {f"pattern:{e.label}.{p.name}" for e in MATCHER.entities for p in e.patterns if p.overlay}
    plain = [m for m in mentions if m.rule not in overlay]
    assert all(a.end <= b.start for a, b in pairwise(plain))
    assert mentions == MATCHER.find(text, sentences)


@settings(deadline=None, derandomize=True, max_examples=10)
@given(st.sampled_from(["1 ", "1,", "10 x ", "a ", "5 mg to ", "days 1, 2, ", "1-", "from 1 to ", "( ", "  "]))
def test_repetition_does_not_blow_up(piece: str) -> None:
    text = piece * 2000
    MATCHER.find(text, [Sentence(start=0, end=len(text), section="case", block="paragraph")])
