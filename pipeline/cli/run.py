"""``casebook run``: from reports to tables."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli._arguments import Config, Engine, Inputs, Jobs, LogJson, Scheduler, Shard, Strict
from pipeline.errors import UsageError


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
    shard: Shard = "1/1",
    log_json: LogJson = False,
    config: Config = None,
) -> int:
    """Mine reports and write the evidence tables.

    Writes regimens, responses, toxicities, measurements, evidence and review as CSV and Parquet into RUN_DIR, with the
    text of each document. A document that cannot be read becomes a row in documents.csv; the run goes on.

    Exit code: 0 done, 1 the disk is full or failed, 2 a wrong call, 3 --strict and documents failed, 130 interrupted.

    Example:  casebook run papers/ extra.pdf -o outputs/ -j 4
    """
    from pipeline.batch.plan import Plan
    from pipeline.cli._mining import carry_out

    plan = Plan(
        given=tuple(inputs),
        output=output,
        config=config,
        jobs=jobs,
        engine="dask" if scheduler else engine,
        scheduler=scheduler,
        shard=_parts(shard),
        fresh=fresh,
    )
    return carry_out(plan, strict=strict, log_json=log_json)


def _parts(shard: str) -> tuple[int, int]:
    part, _, parts = shard.partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise UsageError(f"--shard {shard}: write it as 3/16, the third of sixteen parts")
    return int(part), int(parts)
