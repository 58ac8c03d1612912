"""``analytes``: laboratory tests, counts and other measured findings, with the unit they are converted to."""

from pathlib import Path

from pipeline.lexicon import tables
from pipeline.lexicon.compile.sources import Sources, own, spellings
from pipeline.lexicon.folding import fold

HEADER = {
    "label": "ANALYTE",
    "system": "NCIt",
    "source": "the project's own list; codes: CDISC SDTM terminology 2025-03, NCI Enterprise Vocabulary Services",
    "version": "1",
    "licence": "own list CC0-1.0; codes courtesy of NCI EVS and CDISC",
}
COLUMNS = ("name", "preferred", "code", "kind", "match", "si_unit")


def write(sources: Sources, out: Path) -> list[str]:
    """Write ``analytes.tsv``: the project's names, with NCIt codes where the terminology has a test of that name."""
    codes: dict[str, str] = {}
    for record in sources.records("cdisc_subset.tsv.gz"):
        if record["codelist"] == "LBTEST":
            for term in (record["term"], *record["syn"].split("; ")):
                codes.setdefault(fold(term), f"NCIt:{record['code']}")
    rows: dict[str, tuple[str, ...]] = {}
    for record in own("analytes.tsv"):
        names = list(spellings(record))
        code = next((codes[fold(name)] for name, match in names if match != "exact" and fold(name) in codes), "")
        for name, match in names:
            mark = match if match != "any" else ""
            row = (name, record["preferred"], code, record["kind"], mark, record["si_unit"])
            rows.setdefault(name if match == "exact" else fold(name), row)
    tables.write(out / "analytes.tsv", HEADER, COLUMNS, sorted(rows.values()))
    return [f"analytes: {len(rows)} names"]
