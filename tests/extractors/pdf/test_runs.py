"""Where the words of the text stand on the page, kept a line at a time."""

import pytest

from pipeline.extractors._pdf.furniture import PageLines
from pipeline.extractors._pdf.pieces import Fragment, Sheet
from pipeline.extractors._pdf.runs import Run, shorten, single, spread

PAGE = PageLines(1, 600.0, 800.0, [])


def run(words, start=0, layer=0):
    places = range(len(words.split()))
    return Run(
        start, words.split(), [10.0 * at for at in places], [10.0 * at + 8 for at in places], (1, layer), (100.0, 110.0)
    )


def test_words_are_spread_out_where_their_blocks_stand():
    placed = spread([(5, [run("skin lesions"), run("resolved", start=13)]), (40, [run("at once")])], [PAGE])
    assert list(zip(placed.starts, placed.ends, strict=True)) == [(5, 9), (10, 17), (18, 26), (40, 42), (43, 47)]
    assert placed.boxes[:2].tolist() == [[0, 100, 8, 110], [10, 100, 18, 110]]


def test_the_layout_is_that_of_the_words():
    layout = spread([(0, [run("skin lesions")])], [PAGE]).layout()
    assert (layout.starts.tolist(), layout.ends.tolist(), layout.pages.tolist()) == ([0, 5], [4, 12], [1, 1])


def test_nothing_written_stands_nowhere():
    assert not spread([], []).layout().starts


@pytest.mark.parametrize(
    ("words", "left"),
    [("skin le-", [(0, 4), (5, 7)]), ("skin -", [(0, 4)]), ("-", [])],
)
def test_a_hyphen_taken_away_takes_its_place_along(words, left):
    runs = [run(words)]
    shorten(runs)
    assert [place[:2] for one in runs for place in single(one)] == left
    placed = spread([(0, runs)], [PAGE])
    assert list(zip(placed.starts, placed.ends, strict=True)) == left


def test_text_up_the_page_has_boxes_of_the_page_as_it_is_shown():
    assert spread([(0, [run("skin", layer=1)])], [PAGE]).boxes.tolist() == [[100.0, 792.0, 110.0, 800.0]]


def test_the_pieces_of_a_fragment_are_its_own_once_asked_for():
    sheet = Sheet(["skin", "lesions"], [0.0, 10.0], [8.0, 18.0], [1.0, 1.0], [9.0, 9.0], [0, 0], [False, False])
    fragment = Fragment(0.0, 18.0, 1.0, 9.0, sheet, 0, 2)
    assert (fragment.words(), fragment.own) == (["skin", "lesions"], None)
    fragment.pieces[0].text = "Skin"
    assert (fragment.words(), fragment.opening, fragment.count, sheet.texts[0]) == (["Skin", "lesions"], "S", 2, "skin")
