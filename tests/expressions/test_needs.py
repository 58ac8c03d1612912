"""A text without an expression's needs holds no match of it, and the needs are worth looking for."""

import re
import re._parser as parser  # type: ignore[import-not-found]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.expressions import Expression, compile_all
from pipeline.expressions.needs import Needs, folded, needs
from pipeline.linking.cues import FOLDER, load_cues

CUES = [cue for path in sorted(FOLDER.glob("*.toml")) for cue in load_cues(path.stem).values()]
SENTENCES = [text for cue in CUES for text in (*cue.examples, *cue.counterexamples)]
WORDS = sorted({word for sentence in SENTENCES for word in re.findall(r"\\w+|[^\\w\\s]", sentence)})


def told(expression: str, flags: int = re.IGNORECASE) -> Needs:
    return needs(parser.parse(expression, flags))


@pytest.mark.parametrize(
    ("expression", "words", "runs"),
    [
        (r"\bour\b", {"our"}, ()),
        (r"\bthe\s(?:boy|girl)", set(), ("the boy", "the girl")),
        (r"\bdisease(?:-free)?\b", {"disease"}, ()),
        (r"\b(?:[Ss]he|[Hh]e)\b", {"she", "he"}, ()),
        (r"colou?rs\b", set(), ("colors", "colours")),
        (r"(?:ab)+c", set(), ("abc",)),
        (r"\d+\s?mg\b", set(), ("mg",)),
        (r"p\s?[<=]\s?0\.\d", set(), ("p<0.", "p=0.", "p <0.", "p =0.", "p< 0.", "p= 0.", "p < 0.", "p = 0.")),
        (r"\w+", set(), ()),
        (r"(?:fever|\d+)", set(), ()),
        (r"(?:fever)?", set(), ()),
        (r"[^a]x*", set(), ()),
    ],
)
def test_what_a_match_cannot_do_without(expression: str, words: set[str], runs: tuple[str, ...]) -> None:
    found = told(expression)
    assert (set(found.words), set(found.runs)) == (words, set(runs))


def test_too_many_runs_are_cut_short() -> None:
    endings = "|".join(f"prefix{chr(97 + i)}{chr(97 + j)}" for i in range(26) for j in range(5))
    assert told(f"(?:{endings})x*y").runs == ("prefix",) or all(r.startswith("pre") for r in told(endings).runs)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (r"\bin\b", "İN"),
        (r"mis", "mıs"),
        (r"\bµg\b", "μG"),
        (r"straße", "STRAẞE"),
        (r"a\sb", "A\u00a0b"),
        (r"k", "\u212a"),
    ],
)
def test_folding_is_as_wide_as_ignoring_case(expression: str, text: str) -> None:
    assert Expression(re.compile(expression, re.IGNORECASE), told(expression)).search(text)


def test_most_cues_are_screened() -> None:
    screened = [cue for cue in CUES if cue.expression.needs != Needs()]
    assert len(screened) > 0.9 * len(CUES)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.name)
def test_every_cue_finds_with_its_needs_what_it_finds_without(cue) -> None:  # type: ignore[no-untyped-def]
    for text in SENTENCES:
        assert cue.expression.possible(text) or not cue.regex.search(text), text


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from([" ", "\n", "\u00a0", "-"]))
def test_any_words_at_all(words: list[str], gap: str) -> None:
    text = gap.join(words)
    for cue in CUES:
        assert cue.expression.possible(text) or not cue.regex.search(text), cue.name


def test_finding_all() -> None:
    expression = compile_all("test", {"a": r"\bmg\b"})["a"]
    assert [m.start() for m in expression.finditer("5 mg, 6 mg")] == [2, 8]
    assert not list(expression.finditer("5 ml"))
    assert (expression.count("5 mg, 6 mg"), expression.count("5 ml")) == (2, 0)
    assert folded("5\nMG") == ("5 mg", frozenset({"5", "mg"}))
