"""Arguments of the commands that read a run and its ledger, and how they open both."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.ledger.ledger import Ledger

RunDirectory: TypeAlias = Annotated[
    Path, typer.Argument(metavar="RUN_DIR", help="What casebook run has written.", show_default=False)
]
Database: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--db",
        metavar="URL",
        help="The ledger, e.g. postgresql://user@host/name. Left out: RUN_DIR/ledger.sqlite.",
        show_default=False,
    ),
]


@contextmanager
def opened(run: Path, address: str | None, must_exist: bool = True) -> "Iterator[Ledger]":
    """The ledger of a run directory, closed whatever happens.

    Raises:
        UsageError: there is none, it cannot be opened, or SQLAlchemy is not installed.
    """
    try:
        from pipeline.ledger.ledger import FILE, address_in, open_ledger
    except ImportError as error:
        raise UsageError(f"{error.name} is not installed: pip install 'casebook[review]'") from error

    if address is None and not run.is_dir():
        raise UsageError(f"{run} is no run directory; make one with casebook run")
    named = address_in(run, address)
    path = named.removeprefix("sqlite:///")
    if must_exist and "://" not in path and not Path(path).is_file():
        where = f"{path} is not there" if address else f"{run} has no ledger ({FILE})"
        raise UsageError(f"{where}; name one with --db, or decide with casebook review")
    ledger = open_ledger(named)
    try:
        yield ledger
    finally:
        ledger.close()
