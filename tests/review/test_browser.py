"""The whole job in a real browser: by mouse, by keyboard alone, by two at once, and with a document that attacks.

Skipped where there is no Chromium.
"""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.review import Options
from tests.review.hostile import write_hostile_run
from tests.review.reader import Reader, served

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
expect, Browser = sync_api.expect, sync_api.Browser


def select_words(reader: Reader, first: str, last: str) -> None:
    """Drag the mouse from one word of the page to another, both the first of their kind after ``first``."""
    reader.page.evaluate(
        """([first, last]) => {
            const words = [...document.querySelectorAll("#paper [data-s]")];
            const from = words.find(word => word.textContent === first);
            const to = words.slice(words.indexOf(from)).find(word => word.textContent === last);
            from.scrollIntoView({block: "center"});
            window.ends = [from, to].map(word => word.getBoundingClientRect()).map(box => box.toJSON());
        }""",
        [first, last],
    )
    start, end = reader.page.evaluate("window.ends")
    mouse = reader.page.mouse
    mouse.move(start["left"] + 0.5, start["top"] + start["height"] / 2)
    mouse.down()
    mouse.move(end["right"] - 0.5, end["top"] + end["height"] / 2, steps=6)
    mouse.up()


def test_the_whole_job_by_mouse(readers: Callable[[], Reader]) -> None:
    ana = readers()
    ana.go("/?search=ctcl_alemtuzumab&kind=toxicity")
    ana.click(".queue .entry")
    first = ana.key()
    mark = ana.page.wait_for_selector(".layer .mark")
    box, frame = mark.bounding_box(), ana.page.locator("#paper").bounding_box()
    assert frame["y"] < box["y"] < frame["y"] + frame["height"]
    assert box["width"] > 10
    ana.click("button[value=accept]")
    ana.says("Accepted")
    ana.page.fill("#cell-onset_days", "3")
    expect(ana.page.locator("button[value=accept]")).to_contain_text("Save edit")
    ana.click("button[value=accept]")
    ana.says("Edited")
    ana.click("button[value=reject]")
    ana.says("Rejected")
    ana.click("button:has-text('Undo')")
    ana.says("Taken back")
    ana.go(f"/row/{first}")
    ana.says("accepted · ana")
    ana.page.wait_for_selector(".layer text")
    select_words(ana, "ectropion", "lymph")
    expect(ana.page.locator("[data-chosen]")).to_have_text("“ectropion and enlarged axillary lymph”")
    ana.click(".chosen [data-add-chosen]")
    ana.click(".kinds .toxicity")
    ana.page.fill("#cell-term", "ectropion")
    ana.click("button[value=add]")
    ana.says("Added")
    assert ana.page.inner_text("blockquote").split() == ["ectropion", "and", "enlarged", "axillary", "lymph"]
    expect(ana.page.locator(".layer .mark")).to_have_count(1)


def test_what_was_decided_is_taken_away_as_files(readers: Callable[[], Reader]) -> None:
    ana = readers()
    ana.go("/?search=ctcl_alemtuzumab&kind=toxicity")
    ana.click(".queue .entry")
    key = ana.key()
    ana.click("button[value=reject]")
    ana.go("/export")
    with ana.page.expect_download() as tables:
        ana.page.click("form[action='/export/tables'] button")
    rows = zipfile.ZipFile(tables.value.path()).read("curated/evidence.csv").decode().splitlines()
    assert [line for line in rows if line.split(",")[1] == key and ",rejected," in line]
    with ana.page.expect_download() as ledger:
        ana.page.click("form[action='/export/ledger'] button")
    (decision,) = ledger.value.path().read_text().splitlines()
    assert '"action": "reject"' in decision
    assert key in decision


def test_the_whole_job_by_keyboard_alone(readers: Callable[[], Reader]) -> None:
    ana = readers()
    ana.go("/?search=ctcl_alemtuzumab")
    ana.page.keyboard.press("j")
    ana.press("Enter")
    titles = [ana.title()]
    ana.press("n")
    titles.append(ana.title())
    ana.press("p")
    assert ana.title() == titles[0]
    ana.press("a")
    ana.says("Accepted")
    assert ana.title() == titles[1]
    assert ana.page.evaluate("document.activeElement.id") == "row-title"
    ana.page.keyboard.press("e")
    for _ in range(40):
        if ana.page.evaluate("document.activeElement.id") in ("cell-onset_days", "cell-duration_days"):
            break
        ana.page.keyboard.press("Tab")
    ana.page.keyboard.type("12")
    ana.press("Enter")
    ana.says("Edited")
    ana.press("r")
    ana.says("Rejected")
    ana.press("u")
    ana.says("Taken back")
    ana.page.keyboard.press("c")
    ana.page.keyboard.type("ask again")
    ana.page.keyboard.press("Escape")
    look_at_the_keys(ana)
    add_by_keyboard(ana)
    ana.press("g")
    assert ana.page.locator(".queue .entry").count() > 0


def look_at_the_keys(ana: Reader) -> None:
    ana.page.keyboard.press("?")
    expect(ana.page.locator("#help")).to_be_visible()
    ana.page.keyboard.press("Escape")
    expect(ana.page.locator("#help")).not_to_be_visible()


def add_by_keyboard(ana: Reader) -> None:
    ana.press("w")
    ana.page.keyboard.type("enlarged axillary")
    ana.press("Enter")
    ana.says("1 place")
    ana.page.keyboard.press("Escape")
    ana.page.keyboard.press("j")
    ana.press("Enter")
    ana.press("3")
    ana.page.keyboard.press("Tab")
    ana.page.locator("#cell-term").focus()
    ana.page.keyboard.type("lymphadenopathy")
    ana.press("Control+Enter")
    ana.says("Added")


def test_the_text_is_scrolled_to_the_marked_words(readers: Callable[[], Reader]) -> None:
    ana = readers()
    ana.go("/?search=itp_series+responded")
    ana.click(".queue .entry")
    mark, frame = ana.page.locator(".prose mark").bounding_box(), ana.page.locator("#paper").bounding_box()
    assert frame["y"] < mark["y"] < frame["y"] + frame["height"] <= 900


def test_two_at_once_the_second_is_told(readers: Callable[[], Reader]) -> None:
    ana, ben = readers(), readers()
    ben.go("/")
    ben.page.fill("#curator", "ben")
    ben.settle(lambda: ben.page.press("#curator", "Enter"))
    ana.go("/?kind=toxicity")
    ana.click(".queue .entry")
    ben.go(f"/row/{ana.key()}")
    ben.page.fill("#cell-onset_days", "77")
    ana.click("button[value=reject]")
    ana.says("Rejected")
    ben.click("button[value=accept]")
    ben.says("ana decided on this row meanwhile")
    assert ben.page.input_value("#cell-onset_days") == "77"
    ben.click("button[value=accept]")
    ben.says("Edited")


def test_a_hostile_document_does_nothing(chromium: Browser, tmp_path: Path) -> None:
    with served(Options(run=write_hostile_run(tmp_path / "run"))) as address:
        reader = Reader(chromium, address)
        reader.go("/")
        reader.page.click(".queue .entry >> nth=0")
        reader.page.wait_for_selector("#row-title")
        reader.page.wait_for_selector(".nothing >> text=Show the text")
        reader.page.click("text=Show the text")
        reader.page.wait_for_selector(".prose mark")
        reader.click("button[value=accept]")
        assert reader.page.evaluate("window.reached") is None
        assert reader.page.locator("#main b, #paper b, #main svg[onload]").count() == 0
        assert [told for told in reader.wrong if "404" not in told] == []
        reader.context.close()


def test_a_script_that_got_in_would_not_run(readers: Callable[[], Reader]) -> None:
    ana = readers()
    ana.go("/")
    ana.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.reached = true";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<img src=/nothing onerror='window.reached = true'>");
        }"""
    )
    ana.page.wait_for_timeout(200)
    assert ana.page.evaluate("window.reached") is None
    assert any("Content Security Policy" in told for told in ana.wrong)
    ana.wrong.clear()


def test_selected_words_have_the_text_s_offsets(chromium: Browser, tmp_path: Path) -> None:
    with served(Options(run=write_hostile_run(tmp_path / "run"))) as address:
        reader = Reader(chromium, address)
        reader.go("/")
        key = reader.page.get_attribute(".queue .entry", "href")
        document = re.search(
            r"/document/(\w+)/", reader.page.content() + reader.context.request.get(address + key).text()
        )
        reader.go(f"/document/{document[1]}/add?view=text")  # type: ignore[index]
        reader.page.evaluate(
            """() => {
                const last = [...document.querySelectorAll("#paper p[data-s]")].pop().firstChild;
                const at = last.textContent.indexOf("came");
                getSelection().setBaseAndExtent(last, at, last, at + 4);
            }"""
        )
        reader.click(".chosen [data-add-chosen]")
        assert reader.page.inner_text("blockquote") == "came"
        reader.context.close()


def test_everything_that_can_be_used_has_a_name(readers: Callable[[], Reader]) -> None:
    ana = readers()
    for path in ("/", "/?kind=toxicity"):
        ana.go(path)
        assert nameless(ana) == []
    ana.click(".queue .entry")
    ana.page.wait_for_selector(".layer text")
    assert nameless(ana) == []


def nameless(reader: Reader) -> list[str]:
    """Links, buttons and cells that a screen reader would not know how to call."""
    return reader.page.evaluate(
        """() => [...document.querySelectorAll("a, button, select, input:not([type=hidden])")]
            .filter(one => !(one.textContent.trim() || one.getAttribute("aria-label") || one.labels?.length))
            .map(one => one.outerHTML.slice(0, 120))"""
    )
