"""Every kind of row in every document: each key's page opens, and each button answers."""

import csv
import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest

from pipeline.review.actions import ACTIONS
from pipeline.review.rundir import KINDS
from tests.review.conftest import Browser, Enter

ALL_KINDS = (*KINDS, "case")


@pytest.fixture
def rows(samples_run: Path) -> dict[str, list[str]]:
    """Of each document the first and the last row of each kind, and its first patient."""
    found: dict[str, list[str]] = {kind: [] for kind in ALL_KINDS}
    by_place: dict[tuple[str, str], list[str]] = {}
    for row in read(samples_run / "evidence.csv"):
        by_place.setdefault((row["kind"], row["doc_id"]), []).append(row["evidence_id"])
    for case in read(samples_run / "cases.csv"):
        by_place.setdefault(("case", case["doc_id"]), [case["case_id"]])
    for (kind, _), keys in by_place.items():
        found[kind] += dict.fromkeys((keys[0], keys[-1]))
    assert all(found.values()), "the samples hold every kind of row"
    return found


def read(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize("mode", ["", "split", "merge", "move", "comment", "nonsense"])
def test_a_row_opens_in_every_mode(browser: Browser, rows: dict[str, list[str]], kind: str, mode: str) -> None:
    for key in rows[kind]:
        browser.open(f"/row/{quote(key, safe='')}?mode={mode}")
        assert browser.status == 200, (key, mode)
        assert "row-title" in browser.page


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_key_that_is_a_link_leads_to_a_page(browser: Browser, rows: dict[str, list[str]], kind: str) -> None:
    key = quote(rows[kind][0], safe="")
    page = browser.open(f"/row/{key}")
    links = {unescape(one) for one in re.findall(r'<a [^>]*href="(/[^"]*)"', page)}
    letters = set(re.findall(r'data-key="(.)"', page))
    assert {"a", "r", "e", "c", "w"} <= letters
    assert ("s" in letters) == (kind != "case")
    for link in sorted(links, key=lambda one: (not re.search("mode=|add", one), one))[:25]:
        browser.open(link)
        assert browser.status == 200, link


@pytest.mark.parametrize("kind", ALL_KINDS)
@pytest.mark.parametrize("action", [*ACTIONS, "nonsense", ""])
def test_every_button_answers_on_every_kind(
    browser: Browser, rows: dict[str, list[str]], kind: str, action: str
) -> None:
    for key in rows[kind][:2]:
        for target in ("", "nothing", rows["regimen"][0], rows["case"][0]):
            browser.decide(quote(key, safe=""), action, target=target, undoes="x")
            assert browser.status in (200, 409, 422), (key, action, target)


def moves(browser: Browser, key: str) -> list[str]:
    """What a row can be moved to."""
    page = browser.open(f"/row/{key}?mode=move")
    picked = re.search(r'<select id="target".*?</select>', page, re.DOTALL)
    assert picked
    return [unescape(one) for one in re.findall(r'<option value="([^"]*)"', picked[0])]


def test_a_measurement_moves_to_another_patient(browser: Browser, samples_run: Path) -> None:
    told = read(samples_run / "measurements.csv")
    key = next(one["evidence_id"] for one in told if one["case_id"] == "letter_two_patients/P1")
    assert moves(browser, key) == ["letter_two_patients/P1", "letter_two_patients/P2"]
    assert "no regimen" not in browser.page
    assert '<option value="letter_two_patients/P1" selected' in browser.page
    browser.decide(key, "move", "?mode=move", target="letter_two_patients/P2")
    assert "Moved" in browser.page
    assert '<option value="letter_two_patients/P2" selected' in browser.page
    browser.decide(key, "move", "?mode=move", target="letter_two_patients/P2")
    assert browser.status == 422
    assert "stands there already" in browser.page


def test_what_is_moved_to_a_patient_is_that_patient_s(browser: Browser, samples_run: Path) -> None:
    told = read(samples_run / "evidence.csv")
    nobody = [one for one in told if one["doc_id"] == "letter_two_patients" and one["attribution"] == "cohort"]
    for kind in {one["kind"] for one in nobody}:
        key = next(one["evidence_id"] for one in nobody if one["kind"] == kind)
        assert "letter_two_patients/P2" in moves(browser, key)
        browser.decide(key, "move", "?mode=move", target="letter_two_patients/P2")
        picked = re.search(r'<select id="cell-attribution".*?</select>', browser.page, re.DOTALL)
        assert picked
        assert '<option value="patient" selected' in picked[0]


def test_where_there_is_nowhere_to_move_to_moving_is_not_offered(browser: Browser) -> None:
    browser.open("/?search=leishmaniasis_child&kind=measurement")
    key = browser.rows()[0]
    assert 'data-key="v"' not in browser.open(f"/row/{key}")
    assert 'name="target"' not in browser.open(f"/row/{key}?mode=move")
    browser.open("/?search=leishmaniasis_child&kind=response")
    assert 'data-key="v"' in browser.open(f"/row/{browser.rows()[0]}")


@pytest.mark.parametrize("action", ["split", "merge", "move"])
def test_a_patient_is_neither_split_merged_nor_moved(browser: Browser, action: str) -> None:
    key = "letter_two_patients%2FP1"
    page = browser.open(f"/row/{key}?mode={action}")
    assert 'name="target"' not in page
    assert not set(re.findall(r'data-key="(.)"', page)) & {"s", "m", "v"}
    browser.decide(key, action, target="letter_two_patients/P2", age_years="44")
    assert browser.status == 422
    assert "neither split, merged nor moved" in browser.page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("decided", ["accept", "reject", "merge", "split"])
def test_a_row_that_was_decided_on_opens_in_every_mode(enter: Enter, kind: str, decided: str) -> None:
    ana, ben = enter("ana"), enter("ben", blind=True)
    ana.open(f"/?kind={kind}&search=ctcl_alemtuzumab")
    key, target = ana.rows()[:2]
    ana.decide(key, decided, target=target, assertion="uncertain" if decided == "split" else "affirmed")
    for reader in (ana, ben):
        for mode in ("", "split", "merge", "move"):
            reader.open(f"/row/{key}?mode={mode}&settle=")
            assert reader.status == 200, mode
