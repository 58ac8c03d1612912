"""``casebook calibrate``: learn from curators how far rows can be trusted."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli._ledger import Database, RunDirectory, opened

_FEWEST_ROWS, _FEWEST_DOCUMENTS = 20, 2


def command(
    run: RunDirectory,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE.toml",
            help="File for the weights. Left out: RUN_DIR/calibration.toml.",
            show_default=False,
        ),
    ] = None,
    db: Database = None,
) -> int:
    """Refit the confidence and the order of the queue from what curators decided.

    Says how much nearer the confidence comes to the truth on documents that the fit has not seen, and keeps the new
    weights only where it does. casebook apply uses them; no value of any row is ever changed by them.

    Example:  casebook calibrate outputs/
    """
    from pipeline.errors import UsageError
    from pipeline.export.curated import curate
    from pipeline.export.run_tables import read_run
    from pipeline.files import write_atomically
    from pipeline.ledger.calibration import held_out, judged, refitted, shipped
    from pipeline.ledger.calibration_figures import FILE, lines, worth, written

    tables = read_run(run)
    with opened(run, db) as ledger:
        rows = judged(curate(tables, ledger.decisions()).rows)
    documents = len({row.doc_id for row in rows})
    if len(rows) < _FEWEST_ROWS or documents < _FEWEST_DOCUMENTS:
        raise UsageError(
            f"{len(rows)} rows of {documents} documents are decided; to learn from them takes {_FEWEST_ROWS} rows of "
            f"{_FEWEST_DOCUMENTS} documents"
        )
    before = shipped()
    found = worth(held_out(rows, before), before)
    typer.echo("\n".join(lines(found)))
    if not found.is_better:
        typer.echo("the decisions do not make the confidence better: nothing is written")
        return 0
    path = output or run / FILE
    write_atomically(path, written(refitted(rows, before), found).encode())
    typer.echo(f"written to {path}; casebook apply uses it")
    return 0
