"""The review desk: a local web application in which a curator decides on the rows of a run.

A request comes in through ``guard`` (host, origin, token, form tokens, bounds), is answered by one of the ``pages``,
which read the rows as they stand from the ``bench`` (the run's rows with the ledger's decisions replayed over them)
and write decisions to the ledger, and goes out as a template. No page touches the disk: what a request names is
looked up among the run's own rows, documents and pages.
"""

from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.review._options import Options

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["Options", "application", "serve"]

_NEEDED = ("starlette", "jinja2", "uvicorn", "python_multipart", "sqlalchemy")


def application(options: Options) -> "Starlette":
    """The web application of a run directory.

    Raises:
        UsageError: the extra is not installed, or there is no such run.
    """
    _require_extra()
    from pipeline.review.app import build

    return build(options)


def serve(options: Options) -> None:
    """Serve the review desk until it is interrupted; its address is printed.

    Raises:
        UsageError: the extra is not installed, there is no such run, or the port is taken.
    """
    _require_extra()
    from pipeline.review.server import run

    run(options)


def _require_extra() -> None:
    from importlib.util import find_spec

    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        names = ", ".join(name.replace("_", "-") for name in missing)
        raise UsageError(f"the review desk needs {names}: pip install casebook[review]")
