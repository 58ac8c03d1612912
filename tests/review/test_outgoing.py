"""What is taken away, and what is to be looked at again."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.review import Options, application
from tests.review.conftest import ADDRESS, Browser


def taken(browser: Browser, form: str) -> bytes:
    browser.open("/export")
    answer = browser.client.post(f"/export/{form}", data={"form_token": browser.token}, headers={"Origin": ADDRESS})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    return answer.content


def test_the_curated_tables_hold_what_was_decided(browser: Browser) -> None:
    key = browser.rows()[0]
    browser.decide(key, "reject")
    archive = zipfile.ZipFile(io.BytesIO(taken(browser, "tables")))
    line = next(one for one in archive.read("curated/evidence.csv").decode().splitlines() if key in one)
    assert "rejected" in line
    assert "ana" in line


def test_the_ledger_comes_as_lines(browser: Browser) -> None:
    key = browser.rows()[0]
    browser.decide(key, "accept", comment="seen on the page")
    (line,) = taken(browser, "ledger").decode().splitlines()
    told = json.loads(line)
    assert (told["evidence_id"], told["action"], told["comment"]) == (key, "accept", "seen on the page")


@pytest.mark.parametrize(("form", "ending"), [("brat", ".ann"), ("webannotation", ".json"), ("gold", "")])
def test_other_forms_are_archives(browser: Browser, form: str, ending: str) -> None:
    names = zipfile.ZipFile(io.BytesIO(taken(browser, form))).namelist()
    assert not ending or any(name.endswith(ending) for name in names)


def test_unknown_forms_are_not_there(browser: Browser) -> None:
    browser.send("/export/nonsense")
    assert browser.status == 404


def test_decisions_that_no_longer_fit_are_listed(samples_run: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(samples_run, run, ignore=shutil.ignore_patterns(".cache", "ledger*"))
    browser = Browser(TestClient(application(Options(run=run, curator="ana")), base_url=ADDRESS))
    browser.open("/?kind=toxicity")
    key = browser.rows()[0]
    browser.decide(key, "edit", onset_days="3")
    assert "Every decision fits" in browser.open("/reconsider")
    for name in ("toxicities", "evidence", "review"):
        path = run / f"{name}.csv"
        kept = [line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if key not in line]
        path.write_text("".join(kept), encoding="utf-8")
    again = Browser(TestClient(application(Options(run=run, curator="ana")), base_url=ADDRESS))
    page = again.open("/reconsider")
    assert "fits no row" in page
    assert "onset days" in page
