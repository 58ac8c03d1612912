"""``casebook agreement``: two blind readings side by side."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli._ledger import Database, RunDirectory, opened


def command(
    run: RunDirectory,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for the two tables.")],
    db: Database = None,
) -> int:
    """Tell how far two readers agree, field by field, and list what is left to settle.

    Writes agreement.csv (percent and Cohen's kappa of each field) and disagreements.csv.

    Example:  casebook agreement outputs/ -o agreement/
    """
    from pipeline.export.agreement_report import shown, write_agreement
    from pipeline.export.run_tables import read_run
    from pipeline.ledger.agreement import agreement

    tables = read_run(run)
    with opened(run, db) as ledger:
        decisions = ledger.decisions()
    texts = {doc_id: tables.text(doc_id) for doc_id in {one.doc_id for one in decisions} & set(tables.documents)}
    found = agreement(tables.rows, decisions, texts)
    write_agreement(found, output)
    typer.echo("\n".join(shown(found)))
    return 0
