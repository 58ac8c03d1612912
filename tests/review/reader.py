"""A reader at a real browser: the system's Chromium, driven by Playwright."""

import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from pipeline.review import Options, application

if TYPE_CHECKING:
    from playwright import sync_api

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [f"--disable-{what}" for what in ("gpu", "background-networking", "component-update", "sync", "dev-shm-usage")]
SECONDS = 30


@pytest.fixture(scope="session")
def chromium() -> Iterator["sync_api.Browser"]:
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM:
        pytest.skip("there is no chromium (apt-get install chromium)")
    with driver.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--no-first-run", *FLAGS])
        yield browser
        browser.close()


@contextmanager
def served(options: Options) -> Iterator[str]:
    """The address of a desk that runs in a thread."""
    config = uvicorn.Config(application(options), port=0, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + SECONDS
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(SECONDS)


@pytest.fixture
def address(samples_run: Path, tmp_path: Path) -> Iterator[str]:
    with served(Options(run=samples_run, database=str(tmp_path / "ledger.sqlite"), curator="ana")) as found:
        yield found


class Reader:
    """A person at a browser of their own."""

    def __init__(self, browser: "sync_api.Browser", address: str) -> None:
        self.context = browser.new_context(viewport={"width": 1440, "height": 900})
        self.page = self.context.new_page()
        self.page.set_default_timeout(1000 * SECONDS)
        self.address = address
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.wrong.append(dialog.message), dialog.dismiss()))
        self.page.on("console", self._heard)

    def _heard(self, message: "sync_api.ConsoleMessage") -> None:
        # A refusal (409, 422) is told on the console too, and is an answer.
        if message.type == "error" and not re.search(r"status of 4|Status Error Code 4", message.text):
            self.wrong.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.page.wait_for_function("document.documentElement.dataset.ready")

    def settle(self, act: Callable[[], object]) -> None:
        """Do something that brings another page, and wait until it is there."""
        ready = self.page.evaluate("document.documentElement.dataset.ready")
        act()
        self.page.wait_for_function("before => document.documentElement.dataset.ready !== before", arg=ready)

    def press(self, key: str) -> None:
        self.settle(lambda: self.page.keyboard.press(key))

    def click(self, what: str) -> None:
        self.settle(lambda: self.page.click(what))

    def says(self, words: str) -> None:
        from playwright.sync_api import expect

        expect(self.page.locator("body")).to_contain_text(words, timeout=1000 * SECONDS)

    def title(self) -> str:
        return self.page.inner_text("#row-title")

    def key(self) -> str:
        return re.search(r"/row/([^?]+)", self.page.url)[1]  # type: ignore[index]


@pytest.fixture
def readers(chromium: "sync_api.Browser", address: str) -> Iterator[Callable[[], Reader]]:
    known: list[Reader] = []

    def arrive() -> Reader:
        known.append(Reader(chromium, address))
        return known[-1]

    yield arrive
    wrong = [told for reader in known for told in reader.wrong]
    for reader in known:
        reader.context.close()
    assert wrong == []
