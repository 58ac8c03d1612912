"""The command line. To add a command, drop a file here that defines ``command``; its name is the file's."""

import sys

from pipeline.cli._again import run_again

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run ``casebook``; the exit code, as :func:`pipeline.cli._app.main` explains it."""
    done = run_again(sys.argv[1:] if arguments is None else arguments)
    if done is not None:
        return done
    from pipeline.cli._app import main as parsed

    return parsed(arguments)
