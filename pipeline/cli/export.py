"""``casebook export``: curated rows in the forms of other tools."""

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli._ledger import Database, RunDirectory, opened


class Form(str, Enum):
    """What can be written."""

    brat = "brat"
    webannotation = "webannotation"
    gold = "gold"


def command(
    form: Annotated[Form, typer.Argument(metavar="FORM", help="brat, webannotation or gold.", show_default=False)],
    run: RunDirectory,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder to write into.")],
    db: Database = None,
) -> int:
    """Write the curated rows as annotations or as gold.

    brat: standoff beside the texts. webannotation: W3C Web Annotations, one JSON file a document. gold: one YAML file
    for each document of which every row about a patient has been decided on; casebook evaluate scores runs with them.

    Example:  casebook export gold outputs/ -o my-gold/
    """
    from pipeline.export.brat import write_brat
    from pipeline.export.curated import curate
    from pipeline.export.gold import write_gold
    from pipeline.export.run_tables import read_run
    from pipeline.export.webannotation import write_web_annotations
    from pipeline.files import make_folder

    tables = read_run(run)
    with opened(run, db, must_exist=form is Form.gold) as ledger:
        curated = curate(tables, ledger.decisions())
    make_folder(output)
    writers = {Form.brat: write_brat, Form.webannotation: write_web_annotations, Form.gold: write_gold}
    count = len(writers[form](tables, curated.rows, output))
    typer.echo(f"{count} {'document' if count == 1 else 'documents'} written to {output}")
    return 0
