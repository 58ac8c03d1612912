"""``casebook export``: curated rows in the forms of other tools."""

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli._ledger import Database, RunDirectory, opened

if TYPE_CHECKING:
    from pipeline.export.run_tables import RunTables
    from pipeline.ledger import Curated


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
    from pipeline.export.curated import curate
    from pipeline.export.run_tables import read_run
    from pipeline.files import make_folder

    tables = read_run(run)
    with opened(run, db, must_exist=form is Form.gold) as ledger:
        curated = curate(tables, ledger.decisions())
    make_folder(output)
    if form is Form.gold:
        from pipeline.export.gold import write_gold

        count = len(write_gold(tables, curated.rows, output))
    else:
        count = _write_annotations(form, tables, curated, output)
    typer.echo(f"{count} {'document' if count == 1 else 'documents'} written to {output}")
    return 0


def _write_annotations(form: Form, run: "RunTables", curated: "Curated", output: Path) -> int:
    from pipeline.export.annotations import annotations_of
    from pipeline.export.brat import configuration, to_brat
    from pipeline.export.webannotation import to_web_annotations
    from pipeline.files import write_atomically

    if form is Form.brat:
        write_atomically(output / "annotation.conf", configuration().encode())
    documents = [doc_id for doc_id, told in run.documents.items() if told["status"] == "ok"]
    for doc_id in documents:
        text = run.text(doc_id)
        marks = annotations_of(row for row in curated.rows if row.cells["doc_id"] == doc_id)
        if form is Form.brat:
            write_atomically(output / f"{doc_id}.txt", text.encode())
            write_atomically(output / f"{doc_id}.ann", to_brat(text, marks).encode())
        else:
            write_atomically(output / f"{doc_id}.json", to_web_annotations(doc_id, text, marks).encode())
    return len(documents)
