"""A desk over the samples' run, and a browser's worth of manners for the test client."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.review import Options, application
from tests.review.reader import address, chromium, readers

__all__ = ["address", "chromium", "readers"]

ADDRESS = "http://127.0.0.1:8765"
Enter = Callable[..., "Browser"]


class Browser:
    """A reader who opens pages and sends the forms that they hold."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.page = ""
        self.status = 0
        self.path = ""

    def open(self, path: str) -> str:
        """The page at an address."""
        return self._kept(self.client.get(path))

    def send(self, path: str, **fields: str) -> str:
        """The page that answers a form; the form's token is the last page's."""
        headers = {"Origin": ADDRESS}
        return self._kept(self.client.post(path, data={"form_token": self.token, **fields}, headers=headers))

    def decide(self, key: str, action: str, query: str = "", **fields: str) -> str:
        """Open a row and send its form."""
        self.open(f"/row/{key}{query}")
        return self.send(f"/row/{key}{query}", seen=self.seen, action=action, **fields)

    @property
    def token(self) -> str:
        return self.value("form_token")

    @property
    def seen(self) -> str:
        return self.value("seen")

    def value(self, name: str) -> str:
        """Of the page's first input of that name."""
        found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', self.page)
        assert found, f"the page has no {name}"
        return unescape(found[1])

    def rows(self) -> list[str]:
        """Keys of the rows that a page of the queue lists."""
        return re.findall(r'class="entry" href="/row/([^?"]+)', self.page)

    def _kept(self, response: object) -> str:
        self.page, self.status = response.text, response.status_code  # type: ignore[attr-defined]
        self.path = str(response.url).removeprefix(ADDRESS)  # type: ignore[attr-defined]
        return self.page


@pytest.fixture
def enter(samples_run: Path, tmp_path: Path) -> Enter:
    """Opens browsers on one desk; each call with a curator's name is another browser."""
    apps: dict[bool, object] = {}

    def opened(curator: str = "ana", blind: bool = False) -> Browser:
        if blind not in apps:
            database = str(tmp_path / "ledger.sqlite")
            apps[blind] = application(Options(run=samples_run, database=database, curator="ana", blind=blind))
        browser = Browser(TestClient(apps[blind], base_url=ADDRESS))  # type: ignore[arg-type]
        browser.open("/")
        if curator != "ana":
            browser.send("/curator", curator=curator)
        return browser

    return opened


@pytest.fixture
def browser(enter: Enter) -> Browser:
    """One browser on a fresh ledger."""
    return enter()
