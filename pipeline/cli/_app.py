"""The application: its commands, and what becomes of the errors that they raise."""

import sys
from collections.abc import Sequence

import typer
from typer.main import get_command

import pipeline
from pipeline import cli, registry
from pipeline.errors import CasebookError, UsageError

_ABOUT = """
Mines published case reports (PDF, text, JATS XML) for regimens, responses, toxicities and measurements.

Every row of the tables carries the words that it was taken from. Nothing leaves this machine.

Begin with:  casebook run my-papers/ -o outputs/
"""


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"casebook {pipeline.__version__}")
        raise typer.Exit


def _top(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and leave."
    ),
) -> None:
    """Options that stand before any command."""


def application() -> typer.Typer:
    """The commands that lie in this folder."""
    app = typer.Typer(name="casebook", help=_ABOUT, no_args_is_help=True, add_completion=False, rich_markup_mode=None)
    app.callback(help=_ABOUT)(_top)
    for member in registry.members(cli):
        app.command(name=member.__name__.rsplit(".", 1)[-1])(member.command)
    return app


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``casebook``; the exit code.

    0 it went well, 1 something outside failed (a full disk), 2 a wrong call, 3 ``--strict`` and documents failed,
    130 interrupted. A bug keeps its traceback.
    """
    command = get_command(application())
    try:
        return int(command.main(args=arguments, prog_name="casebook", standalone_mode=False) or 0)
    except typer.Exit as left:
        return left.exit_code
    except (KeyboardInterrupt, typer.Abort):
        return _say("interrupted", 130)
    except UsageError as error:
        return _say(str(error), error.exit_code)
    except CasebookError as error:
        return _say(str(error), 1)
    except BrokenPipeError:
        return 1
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        return _say(f"{error.strerror or error}{where}", 1)
    except typer.TyperException as error:
        return _wrong_call(error)


def _wrong_call(error: Exception) -> int:
    """A call that does not fit the command's arguments, told in one line."""
    format_message = getattr(error, "format_message", None)
    if format_message is None:
        raise error
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "casebook"
    message = " ".join(format_message().split())
    return _say(f"{message.rstrip('.')}. Try '{command} --help'.", 2)


def _say(message: str, exit_code: int) -> int:
    print(f"casebook: {message}", file=sys.stderr)
    return exit_code
