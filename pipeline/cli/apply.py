"""``casebook apply``: the curators' decisions over a run."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli._ledger import Database, RunDirectory, opened


def command(
    run: RunDirectory,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for the curated tables.")],
    db: Database = None,
    calibration: Annotated[
        Path | None,
        typer.Option(
            "--calibration",
            metavar="FILE.toml",
            help="What casebook calibrate wrote. Left out: RUN_DIR/calibration.toml, where there is one.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Write a run's tables as the curators left them.

    Decisions find their rows again after a new run: by id, else by their words. The tables have the columns
    review_status, curator, decided_at and machine (what the machine says where a curator says otherwise) besides;
    reconsider.csv lists what a curator should look at again.

    Example:  casebook apply outputs/ -o curated/
    """
    from pipeline.export.calibrated import calibrated_run
    from pipeline.export.curated import apply

    tables = calibrated_run(run, calibration)
    with opened(run, db, must_exist=calibration is None) as ledger:
        applied = apply(tables, ledger.decisions(), output)
    told = ", ".join(f"{count} {status}" for status, count in applied.rows.items())
    typer.echo(f"{applied.decisions} decisions; rows: {told}")
    if applied.kept or applied.lost:
        typer.echo(
            f"{applied.lost} decisions fit no row, {applied.kept} hold though the machine reads otherwise now: "
            f"{output / 'reconsider.csv'}"
        )
    typer.echo(f"the curated tables are in {output}")
    return 0
