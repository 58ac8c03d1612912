"""How a command ends: the exit code, and the one line that says why it failed."""

import sys
from collections.abc import Callable

from pipeline.errors import CasebookError, UsageError


def ended(command: Callable[[], int]) -> int:
    """The exit code of ``command``.

    0 it went well, 1 something outside failed (a full disk), 2 a wrong call, 3 ``--strict`` and documents failed,
    130 interrupted. A bug keeps its traceback.
    """
    try:
        return command()
    except KeyboardInterrupt:
        return say("interrupted", 130)
    except UsageError as error:
        return say(str(error), error.exit_code)
    except CasebookError as error:
        return say(str(error), 1)
    except BrokenPipeError:
        return 1
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        return say(f"{error.strerror or error}{where}", 1)


def say(message: str, exit_code: int) -> int:
    """Say why a command failed; its exit code."""
    print(f"casebook: {message}", file=sys.stderr)
    return exit_code
