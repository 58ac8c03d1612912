"""Whom the desk answers, and what it lets no document do."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from pipeline.errors import UsageError
from pipeline.review import Options, application
from pipeline.review.static import STATIC
from tests.review.conftest import ADDRESS, Browser, Enter
from tests.review.hostile import NAME, SCRIPT, write_hostile_run


@pytest.fixture
def hostile(tmp_path: Path) -> Browser:
    """A browser on a run whose document is an attack."""
    browser = Browser(TestClient(application(Options(run=write_hostile_run(tmp_path / "run"))), base_url=ADDRESS))
    browser.open("/")
    return browser


def test_every_answer_carries_a_strict_policy(browser: Browser) -> None:
    key = browser.rows()[0]
    for path in ("/", f"/row/{key}", "/nothing", "/static/desk.css"):
        headers = browser.client.get(path).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert set(policy.values()) <= {"'none'", "'self'"}
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_the_cookie_is_out_of_reach_of_other_sites_and_scripts(samples_run: Path, tmp_path: Path) -> None:
    options = Options(run=samples_run, database=str(tmp_path / "ledger.sqlite"))
    cookie = TestClient(application(options), base_url=ADDRESS).get("/").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "169.254.169.254", "["]
)
def test_a_name_that_only_leads_here_is_turned_away(browser: Browser, host: str) -> None:
    assert browser.client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765"])
def test_this_machine_s_names_are_known(browser: Browser, host: str) -> None:
    assert browser.client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": ADDRESS, "Sec-Fetch-Site": "cross-site"},
        {"Origin": ADDRESS, "Content-Type": "text/plain"},
    ],
)
def test_forms_of_other_pages_are_refused(browser: Browser, headers: dict[str, str]) -> None:
    key = browser.rows()[0]
    sent = {"form_token": browser.token, "seen": "0", "action": "reject"}
    assert browser.client.post(f"/row/{key}", data=sent, headers=headers).status_code == 403
    browser.open("/?status=rejected")
    assert browser.rows() == []


def test_a_form_needs_the_session_s_own_token(enter: Enter) -> None:
    ana, ben = enter("ana"), enter("ben")
    key = ana.rows()[0]
    for token in ("", "x", ana.token):
        sent = {"form_token": token, "seen": "0", "action": "reject"}
        assert ben.client.post(f"/row/{key}", data=sent, headers={"Origin": ADDRESS}).status_code == 403


def test_a_forged_cookie_is_a_new_browser(browser: Browser) -> None:
    name = next(iter(browser.client.cookies))
    browser.client.cookies.clear()
    browser.client.cookies.set(name, "key.YmVu.0000", domain="127.0.0.1")
    assert 'value="ana"' in browser.open("/")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"])
def test_other_methods_are_refused(browser: Browser, method: str) -> None:
    assert browser.client.request(method, "/").status_code == 405


def test_what_is_too_large_is_refused(browser: Browser) -> None:
    key = browser.rows()[0]
    origin = {"Origin": ADDRESS}
    assert browser.client.get("/?search=" + "a" * 5000).status_code == 414
    large = {"form_token": browser.token, "comment": "a" * 300_000}
    assert browser.client.post(f"/row/{key}", data=large, headers=origin).status_code == 413
    many = {f"f{number}": "" for number in range(500)}
    assert browser.client.post(f"/row/{key}", data=many, headers=origin).status_code == 400
    long = {"form_token": browser.token, "seen": "0", "action": "edit", "therapy": "a" * 5000}
    assert browser.client.post(f"/row/{key}", data=long, headers=origin).status_code in (200, 422)


@pytest.fixture
def guarded(samples_run: Path, tmp_path: Path) -> Iterator[TestClient]:
    options = Options(run=samples_run, database=str(tmp_path / "l.sqlite"), host="192.0.2.7", token="right-token")
    with TestClient(application(options), base_url="http://192.0.2.7:8765") as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/?token=wrong", "/?token=", "/static/desk.css", "/row/x"])
def test_another_host_asks_for_the_token(guarded: TestClient, path: str) -> None:
    assert guarded.get(path).status_code == 401


def test_the_token_is_shown_once_and_leaves_the_address(guarded: TestClient) -> None:
    entered = guarded.get("/?token=right-token", follow_redirects=False)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert guarded.get("/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/document/..%2f..%2ftext/sheet",
        "/document/%2fetc%2fpasswd/sheet?view=text",
        "/row/..%2f..%2frun.json",
        "/document/x/picture/1",
        "/names/..%2f..%2frun.json",
    ],
)
def test_no_address_reaches_a_file(browser: Browser, path: str) -> None:
    answer = browser.client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_static_files_are_those_that_were_read() -> None:
    assert set(STATIC) == {"desk.css", "desk.js", "htmx.min.js", "icon.svg"}


class Tags(HTMLParser):
    """The tags of a page with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_hostile_document_stays_text_on_every_page(hostile: Browser) -> None:
    key = next(key for key in hostile.rows() if key.startswith("tox"))
    document = re.search(r"/document/([0-9a-f]{12})/", hostile.open(f"/row/{key}"))[1]  # type: ignore[index]
    for path in (
        "/",
        f"/?search={quote(SCRIPT)}&drug={quote(SCRIPT)}&status=any",
        f"/row/{key}",
        f"/row/{key}?mode=split&done=accept&was={quote(SCRIPT)}",
        f"/row/{key}?mode=merge",
        f"/row/{key}?mode=move",
        f"/row/{quote(NAME, safe='')}%2FP1",
        f"/course/{key}",
        f"/document/{document}/sheet?view=text&row={key}",
        f"/document/{document}/sheet?now=1&row={key}",
        f"/document/{document}/add?find={quote('<svg')}",
        f"/document/{document}/add?start=5&end=40&kind=regimen",
        "/names/therapy?therapy=%3Cscript",
        f"/row/{quote(SCRIPT)}",
    ):
        page = hostile.open(path)
        tags = Tags(page).found
        assert all(set(attributes) >= {"src", "defer"} for tag, attributes in tags if tag == "script"), path
        assert not [name for _, attributes in tags for name in attributes if name.startswith("on")], path
        assert {"b", "img", "textarea", "style"}.isdisjoint(tag for tag, _ in tags) or "picture" in page, path
        links = [attributes.get("href") or "/" for _, attributes in tags if "href" in attributes]
        assert all(link.startswith(("/", "#")) for link in links), path
        assert "49" not in re.findall(r"7\*7|(?<=amp;)49", page), path
    assert "<title>&lt;/title&gt;" in hostile.open(f"/document/{document}/sheet") or SCRIPT not in hostile.page


def test_a_hostile_row_can_be_decided_on(hostile: Browser) -> None:
    key = next(key for key in hostile.rows() if key.startswith("tox"))
    hostile.decide(key, "edit", comment=SCRIPT, term=SCRIPT)
    assert hostile.status == 200
    assert SCRIPT not in hostile.open(f"/row/{key}")
    hostile.send("/curator", curator=f"{SCRIPT}\r\nSet-Cookie: x=y")
    assert hostile.status == 200
    assert SCRIPT not in hostile.page


def test_the_input_file_is_read_only_where_it_is_the_run_s_own(hostile: Browser) -> None:
    key = hostile.rows()[0]
    document = re.search(r"/document/([0-9a-f]{12})/", hostile.open(f"/row/{key}"))[1]  # type: ignore[index]
    assert hostile.client.get(f"/document/{document}/picture/1").status_code == 404
    assert "root:" not in hostile.open(f"/document/{document}/sheet?now=1")


def test_what_is_no_run_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no run directory"):
        application(Options(run=tmp_path))
