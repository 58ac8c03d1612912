"""``casebook review``: the curator's desk in a browser."""

from pathlib import Path
from typing import Annotated

import typer


def command(
    run: Annotated[
        Path, typer.Argument(metavar="RUN_DIR", help="A folder that casebook run has written.", show_default=False)
    ],
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; beyond this machine a token is asked for.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Its port; 0 takes a free one.")] = 8765,
    db: Annotated[
        str,
        typer.Option(
            "--db", metavar="URL", help="The ledger's database; left out: SQLite in RUN_DIR.", show_default=False
        ),
    ] = "",
    curator: Annotated[
        str, typer.Option("--curator", metavar="NAME", help="Whose decisions they are.", show_default=False)
    ] = "",
    blind: Annotated[
        bool, typer.Option("--blind", help="A second reading: what the first reader decided is not shown.")
    ] = False,
) -> int:
    """Decide on the rows of a run in a browser, each beside the words and the page that it came from.

    Prints the address to open. Decisions are appended to a ledger, and nothing is overwritten; casebook apply writes
    the curated tables.

    Example:  casebook review outputs/
    """
    from pipeline.review import Options, serve

    serve(Options(run=run, host=host, port=port, database=db, curator=curator, blind=blind))
    return 0
