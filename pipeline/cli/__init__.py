"""The command line. To add a command, drop a file here that defines ``command``; its name is the file's."""

import sys

from pipeline.cli._again import run_again
from pipeline.cli._plain import plain, run_plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run ``casebook``; the exit code, as :func:`pipeline.cli._ending.ended` explains it."""
    given = sys.argv[1:] if arguments is None else arguments
    done = run_again(given)
    if done is not None:
        return done
    call = plain(given)
    if call is not None:
        return run_plain(call)
    from pipeline.cli._app import main as parsed

    return parsed(arguments)
