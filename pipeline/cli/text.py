"""``casebook text``: extraction alone."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli._arguments import Config, Inputs, Jobs, Strict


def command(
    inputs: Inputs,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for the texts; made if need be.")
    ],
    jobs: Jobs = None,
    strict: Strict = False,
    config: Config = None,
) -> int:
    """Write the text of each report, as the tables' offsets count it.

    Reads in the right order, joins hyphenated words, keeps exponents, leaves out running heads and page numbers.

    Example:  casebook text papers/ -o texts/
    """
    from pipeline.batch.plan import Plan
    from pipeline.batch.texts import extract_texts
    from pipeline.cli._follow import Interrupts, following
    from pipeline.cli._summary import show_texts

    interrupts = Interrupts()
    plan = Plan(given=tuple(inputs), output=output, config=config, jobs=jobs, stop=interrupts.asked)
    with following() as follower, interrupts.caught():
        report = extract_texts(plan, follower)
    show_texts(report, output)
    if report.pending:
        return 130
    return 3 if strict and report.failed else 0
