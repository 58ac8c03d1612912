"""What all pages share: the run, its rows for each reading, its pages, and how a page is set."""

import getpass
import threading
from collections.abc import Mapping
from datetime import datetime, timezone
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pipeline.ledger import Reading
from pipeline.ledger.agreement import Agreement
from pipeline.ledger.decision import SETTLING
from pipeline.ledger.ledger import Ledger, address_in, open_ledger
from pipeline.review._options import Options
from pipeline.review.book import Book
from pipeline.review.filters import Queue
from pipeline.review.form import patient_of
from pipeline.review.pages import Pages
from pipeline.review.rundir import RunDirectory
from pipeline.review.session import fit_name
from pipeline.review.static import STATIC

_HERE = Path(__file__).parent
_LINKS = (("/agreement", "Agreement"), ("/reconsider", "Look again"), ("/export", "Take away"))


class Desk:
    """The state of the application.

    Args:
        options: how it was called.

    Raises:
        UsageError: there is no such run, or its ledger cannot be opened.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.run = RunDirectory(options.run)
        self.ledger: Ledger = open_ledger(address_in(options.run, options.database or None))
        self.pages = Pages(self.run)
        self.names: dict[str, list[str]] = {}
        self.compared: tuple[int, Agreement] | None = None
        self._lock = threading.Lock()
        self._books: dict[int, tuple[Book, Queue]] = {}
        self.books(1)

    @cached_property
    def curator(self) -> str:
        """The name under which a browser begins."""
        try:
            return fit_name(self.options.curator or getpass.getuser()) or "curator"
        except (OSError, KeyError):
            return "curator"

    def books(self, reading: Reading) -> tuple[Book, Queue]:
        """The rows as a reading sees them, up to date."""
        with self._lock:
            if reading not in self._books:
                book = Book(self.run, self.ledger, reading)
                self._books[reading] = book, Queue(book)
            found = self._books[reading]
        found[0].refresh()
        return found

    def reading_of(self, request: Request) -> Reading:
        """Which reading a request belongs to: the second where it is blind, and none where it settles two."""
        if self.options.blind:
            return 2
        return SETTLING if request.query_params.get("settle") else 1

    def page(self, request: Request, name: str, told: Mapping[str, Any], status: int = 200) -> HTMLResponse:
        """A template with what it is told."""
        _, queue = self.books(self.reading_of(request))
        shared = {
            "session": request.state.session,
            "form_token": request.state.form_token,
            "blind": self.options.blind,
            "run_name": self.run.folder.resolve().name,
            "counts": queue.counted(),
            "links": _LINKS,
            "here": request.url.path,
            "asked": None,
            "done": None,
        }
        return HTMLResponse(templates().get_template(name).render({**shared, **told}), status)


@cache
def templates() -> Environment:
    """The templates; everything that they are given is escaped."""
    found = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"part": lambda words: quote(words, safe=""), "spaced": lambda words: words.replace("_", " ")}
    found.globals |= {"static": {name: one.address for name, one in STATIC.items()}, "patient_of": patient_of}
    return found


def now() -> str:
    """The moment, as the ledger keeps it."""
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def desk_of(request: Request) -> Desk:
    """The state of the application that a request came to."""
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk
