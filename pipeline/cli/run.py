"""``casebook run``: from reports to tables."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli._arguments import Config, Engine, Inputs, Jobs, Scheduler, Strict


def command(
    inputs: Inputs,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="RUN_DIR", help="Folder for the tables; made if need be.")
    ],
    jobs: Jobs = None,
    engine: Engine = "processes",
    scheduler: Scheduler = "",
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Read everything anew; without it, only what is new or changed.")
    ] = False,
    strict: Strict = False,
    config: Config = None,
) -> int:
    """Mine reports and write the evidence tables.

    Writes regimens, responses, toxicities, measurements, evidence and review as CSV and Parquet into RUN_DIR, with the
    text of each document. A document that cannot be read becomes a row in documents.csv; the run goes on.

    Example:  casebook run papers/ extra.pdf -o outputs/ -j 4
    """
    from pipeline.batch.mine import mine
    from pipeline.batch.plan import Plan
    from pipeline.cli._follow import Interrupts, following
    from pipeline.cli._summary import show_run

    interrupts = Interrupts()
    plan = Plan(
        given=tuple(inputs),
        output=output,
        config=config,
        jobs=jobs,
        engine="dask" if scheduler else engine,
        scheduler=scheduler,
        fresh=fresh,
        stop=interrupts.asked,
    )
    with following() as follower, interrupts.caught():
        report = mine(plan, follower)
    show_run(report, output)
    if report.pending:
        return 130
    return 3 if strict and report.failed else 0
