"""``casebook annotate``: mentions and relations of raw texts."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli._arguments import Config


def command(
    texts: Annotated[Path, typer.Argument(metavar="IN.jsonl", help='One {"id", "text"} a line.', show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="OUT.jsonl", help="File to write.")],
    config: Config = None,
) -> int:
    """Mark drugs, doses, values, responses, toxicities … in raw texts, and what belongs to what.

    Each line of OUT.jsonl repeats id and text untouched and adds spans and relations; offsets count characters (code
    points) of the text.

    Example:  casebook annotate notes.jsonl -o marked.jsonl
    """
    from pipeline.batch.annotation import annotate_file
    from pipeline.settings import load_settings

    annotate_file(texts, output, load_settings(config))
    return 0
