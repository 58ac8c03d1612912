"""The application: its commands, and what becomes of the errors that they raise."""

from collections.abc import Sequence

import typer
from typer.main import get_command

import pipeline
from pipeline import cli, registry
from pipeline.cli._ending import ended, say

_ABOUT = """
Mines published case reports (PDF, text, JATS XML, HTML, Word …) for regimens, responses, toxicities and measurements.

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
    """Run ``casebook``; the exit code, as :func:`pipeline.cli._ending.ended` explains it."""
    command = get_command(application())

    def parsed() -> int:
        try:
            return int(command.main(args=arguments, prog_name="casebook", standalone_mode=False) or 0)
        except typer.Exit as left:
            return left.exit_code
        except typer.Abort:
            return say("interrupted", 130)
        except typer.TyperException as error:
            return _wrong_call(error)

    return ended(parsed)


def _wrong_call(error: Exception) -> int:
    """A call that does not fit the command's arguments, told in one line."""
    format_message = getattr(error, "format_message", None)
    if format_message is None:
        raise error
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "casebook"
    message = " ".join(format_message().split())
    return say(f"{message.rstrip('.')}. Try '{command} --help'.", 2)
