"""``casebook ledger``: the curators' decisions as JSON lines, out and in."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli._ledger import Database, RunDirectory, opened


class Way(str, Enum):
    """Out of the ledger, or into it."""

    export = "export"
    into = "import"


def command(
    way: Annotated[Way, typer.Argument(metavar="export|import", help="Which way.", show_default=False)],
    run: RunDirectory,
    lines: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="One decision a line.", show_default=False)],
    db: Database = None,
) -> int:
    """Write all decisions as JSON lines, or take in those of such a file.

    The lines are in the order of the decisions with their keys sorted, so that git shows what was decided. Lines that
    the ledger holds already are passed over; all others are taken in, or none where one does not fit.

    Example:  casebook ledger export outputs/ decisions.jsonl
    """
    from pipeline.errors import UsageError
    from pipeline.files import write_atomically
    from pipeline.ledger.lines import from_lines, to_lines

    if way is Way.export:
        with opened(run, db) as ledger:
            kept = ledger.decisions()
        write_atomically(lines, "".join(to_lines(kept)).encode())
        typer.echo(f"{len(kept)} decisions written to {lines}")
        return 0
    try:
        decisions = from_lines(lines.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{lines} is not UTF-8") from error
    except OSError as error:
        raise UsageError(f"cannot read {lines}: {error.strerror}") from error
    with opened(run, db, must_exist=False) as ledger:
        added = ledger.adopt(decisions)
    typer.echo(f"{added} decisions taken in, {len(decisions) - added} were there already")
    return 0
