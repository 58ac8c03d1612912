"""The whole job, page by page: queue, desk, decisions, what was missed, two readers at once."""

import re
from html import unescape

import pytest

from tests.review.conftest import Browser, Enter

DOCUMENT = re.compile(r"/document/([0-9a-f]{12})/")


def first_row(browser: Browser, query: str = "") -> str:
    browser.open(f"/?{query}")
    return browser.rows()[0]


def cell(browser: Browser, name: str) -> str:
    """What a row's form shows in a cell."""
    picked = re.search(rf'<select id="cell-{name}".*?</select>', browser.page, re.DOTALL)
    if picked:
        chosen = re.search(r'<option value="([^"]*)" selected', picked[0])
        return unescape(chosen[1]) if chosen else ""
    return unescape(re.search(rf'id="cell-{name}"[^>]*value="([^"]*)"', browser.page)[1])  # type: ignore[index]


def test_queue_begins_with_the_most_urgent_and_says_why(browser: Browser) -> None:
    page = browser.open("/")
    assert re.search(r"class=\"reason\">[A-Z0-9].*\.</span>", page)
    assert len(browser.rows()) == 50
    assert "page 1 of" in page
    first = browser.rows()
    browser.open("/?page=2")
    assert set(first).isdisjoint(browser.rows())


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("kind=toxicity", "toxicity"),
        ("flag=ambiguous_link", "ambiguous link"),
        ("drug=alemtuzumab", "alemtuzumab"),
        ("search=neutropenia", "neutropenia"),
    ],
)
def test_filters_narrow_the_queue(browser: Browser, query: str, says: str) -> None:
    everything = int(re.search(r"(\d+) rows? to decide", browser.open("/"))[1])  # type: ignore[index]
    found = int(re.search(r"(\d+) rows? to decide", browser.open(f"/?{query}"))[1])  # type: ignore[index]
    assert 0 < found < everything
    entries = re.findall(r'<a class="entry".*?</li>', browser.page, re.DOTALL)
    assert all(says in entry.casefold() for entry in entries)


def test_a_filter_that_is_no_word_of_the_vocabulary_asks_for_nothing(browser: Browser) -> None:
    assert browser.open("/?kind=nonsense&flag=%3Cscript%3E&status=x&page=99999999999") == browser.open("/")


def test_accept_goes_on_to_the_next_row_and_counts(browser: Browser) -> None:
    browser.open("/")
    first, second = browser.rows()[:2]
    browser.decide(first, "accept")
    assert browser.status == 200
    assert browser.path.startswith(f"/row/{second}?")
    assert "Accepted" in browser.page
    assert re.search(r"· 1/\d+ rows", browser.page)
    browser.open("/")
    assert first not in browser.rows()
    browser.open("/?status=accepted")
    assert browser.rows() == [first]


def test_edit_keeps_the_machine_s_value_beside_the_new_one(browser: Browser) -> None:
    key = first_row(browser, "kind=regimen&drug=alemtuzumab&search=alemtuzumab+10+mg")
    browser.open(f"/row/{key}")
    was = cell(browser, "dose_high")
    browser.decide(key, "edit", dose_high="12,5")
    assert "Edited" in browser.page
    browser.open(f"/row/{key}")
    assert cell(browser, "dose_high") == "12.5"
    assert f"machine: {was}" in browser.page
    assert "10-12.5 mg" in browser.page


def test_accept_with_a_changed_cell_is_an_edit(browser: Browser) -> None:
    key = first_row(browser, "kind=toxicity")
    browser.decide(key, "accept", grade="2")
    assert "Edited" in browser.page


def test_a_new_name_brings_its_code(browser: Browser) -> None:
    key = first_row(browser, "kind=regimen&drug=alemtuzumab")
    browser.decide(key, "edit", therapy="prednisone")
    browser.open(f"/row/{key}")
    assert cell(browser, "therapy_code").startswith("UNII:")
    assert cell(browser, "therapy_code") != "UNII:3A189DH42V"


@pytest.mark.parametrize(
    ("column", "typed", "why"),
    [("grade", "6", "at most 5"), ("grade", "two", "whole number"), ("term", "", "must not be empty")],
)
def test_what_cannot_stand_is_said_and_nothing_is_lost(browser: Browser, column: str, typed: str, why: str) -> None:
    key = first_row(browser, "kind=toxicity")
    browser.decide(key, "edit", **{column: typed, "onset_days": "17"})
    assert browser.status == 422
    assert why in browser.page
    assert cell(browser, column) == typed
    assert cell(browser, "onset_days") == "17"
    browser.open("/?status=edited")
    assert browser.rows() == []


def test_reject_and_undo(browser: Browser) -> None:
    key = first_row(browser)
    browser.decide(key, "reject")
    browser.open("/?status=rejected")
    assert browser.rows() == [key]
    browser.send("/undo")
    assert browser.path.startswith(f"/row/{key}?")
    assert "Taken back" in browser.page
    browser.open("/?status=rejected")
    assert browser.rows() == []
    assert first_row(browser) == key


def test_a_comment_decides_nothing(browser: Browser) -> None:
    key = first_row(browser)
    browser.decide(key, "comment", comment="ask the authors")
    assert "ask the authors" in browser.page
    assert first_row(browser) == key


def test_split_gives_a_second_row_of_the_same_words(browser: Browser) -> None:
    key = first_row(browser, "kind=measurement")
    browser.open(f"/row/{key}")
    value = cell(browser, "value_low")
    browser.decide(key, "split", "?mode=split", value_low="777", value_high="777")
    assert "Split" in browser.page
    assert cell(browser, "value_low") == "777"
    browser.open(f"/row/{key}")
    assert cell(browser, "value_low") == value


def test_merge_makes_a_row_part_of_another(browser: Browser) -> None:
    browser.open("/?kind=response&search=ctcl_alemtuzumab")
    key, other = browser.rows()[:2]
    browser.decide(key, "merge", "?mode=merge", target=other)
    assert "Merged" in browser.page
    assert "Part of" in browser.open(f"/row/{key}")
    assert f'href="/row/{other}' in browser.page


def test_merge_into_a_row_of_another_kind_is_refused(browser: Browser) -> None:
    other = first_row(browser, "kind=regimen")
    key = first_row(browser, "kind=response")
    browser.decide(key, "merge", target=other)
    assert browser.status == 422


def test_move_to_another_regimen_takes_its_therapies_along(browser: Browser) -> None:
    browser.open("/?kind=response&search=ctcl_alemtuzumab")
    key = browser.rows()[0]
    browser.open(f"/row/{key}?mode=move")
    choices = re.findall(r'<option value="(ctcl_alemtuzumab/P1#\d+)" *>[^<]*prednisone', browser.page)
    browser.decide(key, "move", "?mode=move", target=unescape(choices[0]))
    assert "Moved" in browser.page
    assert cell(browser, "therapies") == "prednisone"
    assert cell(browser, "regimen_id") == unescape(choices[0])


def test_add_from_looked_for_words(browser: Browser) -> None:
    key = first_row(browser, "search=ctcl_alemtuzumab")
    document = DOCUMENT.search(browser.open(f"/row/{key}"))[1]  # type: ignore[index]
    page = browser.open(f"/document/{document}/add?find=wide+Ectropion")
    assert "0 places" in page
    page = browser.open(f"/document/{document}/add?find=ECTROPION+and+enlarged")
    start, end = re.search(r"add\?start=(\d+)&amp;end=(\d+)", page).groups()  # type: ignore[union-attr]
    query = f"start={start}&end={end}&kind=toxicity"
    browser.open(f"/document/{document}/add?{query}")
    browser.send(f"/document/{document}/add?{query}", term="", action="add")
    assert browser.status == 422
    browser.send(f"/document/{document}/add?{query}", term="ectropion", grade="2", action="add")
    assert "Added" in browser.page
    assert "ectropion and enlarged" in browser.page
    assert cell(browser, "term") == "ectropion"
    assert cell(browser, "case_id") == "ctcl_alemtuzumab/P1"
    assert re.search(rf"<dt>start</dt><dd>{start}</dd>", browser.page)
    assert "<dt>page</dt><dd>1</dd>" in browser.page


def test_two_readers_the_second_is_told_and_keeps_what_was_typed(enter: Enter) -> None:
    ana, ben = enter("ana"), enter("ben")
    key = first_row(ana, "kind=toxicity")
    ana.open(f"/row/{key}")
    ben.open(f"/row/{key}")
    ana.send(f"/row/{key}", seen=ana.seen, action="edit", onset_days="3")
    ben.send(f"/row/{key}", seen=ben.seen, action="edit", outcome="sequelae")
    assert ben.status == 409
    assert "ana decided on this row meanwhile" in ben.page
    assert cell(ben, "outcome") == "sequelae"
    assert cell(ben, "onset_days") == "3"
    ben.send(f"/row/{key}", seen=ben.seen, action="edit", outcome="sequelae")
    assert ben.status == 200
    ana.open(f"/row/{key}")
    assert (cell(ana, "onset_days"), cell(ana, "outcome")) == ("3", "sequelae")


def test_a_blind_reader_does_not_see_what_the_first_decided(enter: Enter) -> None:
    ana, ben = enter("ana"), enter("ben", blind=True)
    key = first_row(ana)
    ana.decide(key, "reject")
    assert first_row(ben) == key
    ben.decide(key, "accept")
    assert ben.status == 200
    assert "ana</strong> reject" not in ben.open(f"/row/{key}")
    assert "ana</strong> reject" in ana.open(f"/row/{key}")


def test_patients_can_be_edited(browser: Browser) -> None:
    key = "ctcl_alemtuzumab%2FP1"
    browser.decide(key, "edit", age_years="68")
    assert browser.status == 200
    assert "68 years" in browser.open(f"/row/{key}")


def test_page_with_its_words_and_marks(browser: Browser) -> None:
    key = first_row(browser, "search=ctcl_alemtuzumab+hypertriglyceridaemia&kind=toxicity")
    browser.open(f"/row/{key}")
    document = DOCUMENT.search(browser.page)[1]  # type: ignore[index]
    page = browser.open(f"/document/{document}/sheet?row={key}&now=1")
    assert page.count('<rect class="mark toxicity"') == 1
    assert page.count("<text data-s=") > 500
    picture = browser.client.get(f"/document/{document}/picture/1")
    assert picture.content.startswith(b"\x89PNG")
    assert browser.client.get(f"/document/{document}/picture/9").status_code == 404
    assert "<mark" in browser.open(f"/document/{document}/sheet?row={key}&view=text")


def test_text_beside_rows_of_a_text_file(browser: Browser) -> None:
    key = first_row(browser, "search=itp_guideline")
    page = browser.open(f"/row/{key}")
    assert '<mark class="' in page
    assert "<img" not in page


def test_offsets_of_the_text_view_are_the_text_s(browser: Browser) -> None:
    key = first_row(browser, "search=letter_two_patients")
    page = browser.open(f"/row/{key}")
    quote = unescape(re.search(r"<blockquote>(.*?)</blockquote>", page, re.DOTALL)[1])  # type: ignore[index]
    start = int(re.search(r"<dt>start</dt><dd>(\d+)</dd>", page)[1])  # type: ignore[index]
    paragraphs = re.findall(r'<p data-s="(\d+)">(.*?)</p>', page, re.DOTALL)
    offset, words = max((int(at), unescape(re.sub("<[^>]+>", "", body))) for at, body in paragraphs if int(at) <= start)
    assert words[start - offset :][: len(quote)] == quote


def test_names_are_offered_from_the_run_and_the_lexicons(browser: Browser) -> None:
    assert '<option value="alemtuzumab">' in browser.open("/names/therapy?therapy=alem")
    assert '<option value="alemtuzumab;prednisone">' in browser.open("/names/therapies?therapies=alemtuzumab%3Bprednis")


@pytest.mark.parametrize(
    "path", ["/row/nothing", "/document/0000/sheet", "/document/..%2f..%2fetc/add", "/static/x.css"]
)
def test_what_is_not_there_is_said(browser: Browser, path: str) -> None:
    browser.open(path)
    assert browser.status == 404
    assert "To the queue" in browser.page
