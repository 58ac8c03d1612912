"""A text without an expression's needs holds no match of it, and the needs are worth looking for."""

import re
import re._parser as parser  # type: ignore[import-not-found]

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.expressions import SCREEN, Expression, compile_all
from pipeline.expressions.needs import Need, needs
from pipeline.expressions.screen import Screen
from pipeline.linking.cues import FOLDER, load_cues

CUES = [cue for path in sorted(FOLDER.glob("*.toml")) for cue in load_cues(path.stem).values()]
SENTENCES = [text for cue in CUES for text in (*cue.examples, *cue.counterexamples)]
WORDS = sorted({word for sentence in SENTENCES for word in re.findall(r"\w+|[^\w\s]", sentence)})


def told(expression: str, flags: int = re.IGNORECASE) -> tuple[Need, ...]:
    return needs(parser.parse(expression, flags))


@pytest.mark.parametrize(
    ("expression", "needed"),
    [
        (r"\bour\b", [{" our "}]),
        (r"\bthe\s(?:boy|girl)", [{" boy", " girl"}, {" the "}]),
        (r"\bdisease(?:-free)?\b", [{" disease "}]),
        (r"\b(?:[Ss]he|[Hh]e)\b", [{" she ", " he "}]),
        (r"colou?rs\b", [{"colors ", "colours "}]),
        (r"(?:ab)+c", [{"abc"}]),
        (r"\d+\s?mg\b", [{"mg "}]),
        (r"p\s?[<=]\s?0\.\d", [{" 0 "}, {" . "}, {"p "}]),
        (r"\b(?:fever|\d+ chills)\b", [{" fever ", " chills "}]),
        (r"\bno (?:\w+ ){0,2}(?:fever|rash)\b", [{"fever ", "rash "}, {" no "}]),
        (r"relaps(?:ed|es)\b.{0,9}\bafter\b", [{"relapsed ", "relapses "}, {" after "}]),
        (r"\btreated.*\btreat", [{" treated"}]),
        (r"\w+", []),
        (r"(?:fever|\d+)", []),
        (r"(?:fever)?", []),
        (r"[^a]x*", []),
    ],
)
def test_what_a_match_cannot_do_without(expression: str, needed: list[set[str]]) -> None:
    assert sorted(map(sorted, told(expression))) == sorted(map(sorted, needed))


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
    assert Expression(re.compile(expression, re.IGNORECASE), SCREEN.add(told(expression))).search(text)


def test_most_cues_are_screened() -> None:
    screened = [cue for cue in CUES if cue.expression.mask]
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
    assert [expression.count(text, most=2) for text in ("5 mg, 6 mg", "1 mg, 2 mg, 3 mg", "5 ml")] == [2, 2, 0]


def test_what_is_added_later_is_seen_in_texts_already_looked_at() -> None:
    screen = Screen()
    one = screen.add([frozenset({" mg "})])
    assert screen.held("5 MG, 6 ml") == one
    other = screen.add([frozenset({"ml "}), frozenset({" mg "})])
    assert screen.held("5 MG, 6 ml") == one | other
    assert screen.held("5ml") & other != other


@pytest.mark.parametrize(
    ("piece", "met", "unmet"),
    [
        (" relaps", "Relapsed,", "a prerelapse"),
        ("emia ", "(anemia)", "anemias"),
        ("ox", "doxy", "o-x"),
        (" % ", "5%", "5"),
    ],
)
def test_where_letters_may_stand_beside_a_piece(piece: str, met: str, unmet: str) -> None:
    screen = Screen()
    mask = screen.add([frozenset({piece})])
    assert screen.held(met) == mask
    assert not screen.held(unmet)
