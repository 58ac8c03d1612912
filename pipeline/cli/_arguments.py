"""Arguments that several commands take."""

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Inputs: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Reports, or folders searched for them (PDF, text, JATS XML, HTML, Word …); s3://, gs://, https:// too.",
        show_default=False,
    ),
]
Jobs: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "-j",
        "--jobs",
        min=1,
        metavar="N",
        help="Worker processes. Left out: as many as suit the machine, 4 at most.",
        show_default=False,
    ),
]
Strict: TypeAlias = Annotated[bool, typer.Option("--strict", help="Exit with 3 when a document could not be read.")]
Config: TypeAlias = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Settings, e.g. casebook.toml.", show_default=False)
]
Engine: TypeAlias = Annotated[
    str,
    typer.Option(
        "--engine",
        metavar="NAME",
        help="processes: workers on this machine; dask: a cluster's; serial: this very process, without guards.",
    ),
]
Scheduler: TypeAlias = Annotated[
    str,
    typer.Option(
        "--scheduler",
        metavar="tcp://HOST:PORT",
        help="With --engine dask, a cluster that runs already. Left out: one of its own on this machine.",
        show_default=False,
    ),
]
Shard: TypeAlias = Annotated[
    str,
    typer.Option(
        "--shard",
        metavar="I/N",
        help="Read only part I of N, for array jobs; once all are done, the same without --shard writes the tables.",
    ),
]
LogJson: TypeAlias = Annotated[
    bool, typer.Option("--log-json", help="A line of JSON for each document on stderr, and the summary as JSON.")
]
