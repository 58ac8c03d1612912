"""``drug_classes``, ``regimens`` and ``therapies``: from the project's own lists and the hand-written starters."""

from pathlib import Path

from pipeline.lexicon import tables
from pipeline.lexicon.compile.sources import Sources, own, spellings
from pipeline.lexicon.folding import fold

OWN = {"source": "the project's own list, general knowledge", "version": "1", "licence": "CC0-1.0"}
COLUMNS = ("name", "preferred", "kind", "match", "parts")


def write(sources: Sources, out: Path) -> list[str]:
    """Write the three files."""
    return [
        _write(out, "drug_classes", "DRUG", [{**record, "kind": "class"} for record in own("drug_classes.tsv")]),
        _write(out, "therapies", "THERAPY", list(own("therapies.tsv"))),
        _write(out, "regimens", "DRUG", [{**record, "kind": "regimen"} for record in own("regimens.tsv")]),
    ]


def _write(out: Path, name: str, label: str, records: list[dict[str, str]]) -> str:
    rows: dict[str, tuple[str, ...]] = {}
    for record in records:
        for spelling, match in spellings(record):
            mark = match if match != "any" else ""
            row = (spelling, record["preferred"].lstrip("~"), record["kind"], mark, record.get("parts", ""))
            rows.setdefault(fold(spelling), row)
    tables.write(out / f"{name}.tsv", {"label": label, "system": "", **OWN}, COLUMNS, sorted(rows.values()))
    return f"{name}: {len(rows)} names"
