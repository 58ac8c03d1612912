"""``casebook evaluate``: a run beside what a careful reader wrote down."""

import json
from pathlib import Path
from typing import Annotated

import typer


def command(
    run: Annotated[Path, typer.Argument(metavar="RUN_DIR", help="What casebook run has written.", show_default=False)],
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="One <doc_id>.yaml a document.", show_default=False)],
    verbose: Annotated[
        bool, typer.Option("-v", "--verbose", help="Tell what is missing, extra or wrong, document by document.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Figures and counts as JSON.")] = False,
) -> int:
    """Compare a run with hand-written gold: rows found, slots right, traps sprung.

    Only documents that have gold are looked at. P, R and F1 are of affirmed rows about patients; slots is the share
    right of all slots that the gold states. The gold's format is explained in corpus/README.md.

    Example:  casebook evaluate outputs/ corpus/samples/gold -v
    """
    from pipeline.evaluation import evaluate, report, summary

    scores = evaluate(run, gold)
    if as_json:
        documents = {score.doc_id: {**score.counts, **({"notes": score.notes} if verbose else {})} for score in scores}
        typer.echo(json.dumps({"summary": summary(scores), "documents": documents}, indent=1, ensure_ascii=False))
    else:
        typer.echo("\n".join(report(scores, verbose)))
    return 0
