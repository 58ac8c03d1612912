"""``ctcae`` (terms and SOC) and ``lab_grades`` (thresholds): facts of CTCAE v4, v5 and v6, no definition texts."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.lexicon import tables
from pipeline.lexicon.compile.sources import Sources, own

TERMS_HEADER = {
    "label": "TABLE",
    "system": "CTCAE",
    "source": "NCI CTCAE 4.03, 5.0 and 6.0: terms and system organ classes",
    "version": "1",
    "licence": "US Government work",
}
GRADES_HEADER = {
    "label": "TABLE",
    "system": "CTCAE",
    "source": "laboratory thresholds of CTCAE v4, v5, v6 as coded by pharmaverse/admiral",
    "version": "1",
    "licence": "Apache-2.0 (pharmaverse/admiral); CTCAE US Government work",
}
_CLAUSE = re.compile(r'^\s*signif\(AVAL, signif_dig\)\s*(<=|>=|<|>)\s*(.+?)\s*~ "(\d)"')
_LIMIT = re.compile(r"^(?:signif\()?\s*([\d.]+)?\s*\*?\s*(ANRHI|ANRLO)?\s*(?:, signif_dig\))?$")


def write(sources: Sources, out: Path) -> list[str]:
    """Write both files."""
    terms = _terms(sources)
    tables.write(out / "ctcae.tsv", TERMS_HEADER, ("version", "term", "soc"), sorted(terms))
    grades = sorted(set(_grades(sources)))
    columns = ("version", "term", "analyte", "direction", "grade", "limit", "unit", "relative", "inclusive")
    tables.write(out / "lab_grades.tsv", GRADES_HEADER, columns, grades)
    return [f"ctcae: {len(terms)} terms", f"lab_grades: {len(grades)} thresholds"]


def _terms(sources: Sources) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for version in ("5", "6"):
        for record in sources.records(f"ctcae_v{version}.tsv"):
            found.add((version, record["term"].lower(), record["soc"]))
    for row in _laboratory(sources, "4"):
        found.add(("4", row["TERM"].lower(), row["SOC"]))
    return found


def _laboratory(sources: Sources, version: str) -> list[dict[str, Any]]:
    path = sources.folder / "lab_grading" / f"ncictcaev{version}.json"
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return rows


def _grades(sources: Sources) -> Iterator[tuple[str, ...]]:
    analytes = {record["term"]: (record["analyte"], record["unit"]) for record in own("graded_analytes.tsv")}
    for version in ("4", "5", "6"):
        for row in _laboratory(sources, version):
            analyte, unit = analytes.get(row["TERM"].lower(), ("", ""))
            if not analyte:
                continue
            for grade in "1234":
                threshold = _threshold(row.get(f"GRADE_{grade}_CODE") or "", grade)
                if threshold:
                    low_or_high, limit, relative, inclusive = threshold
                    shown = "" if relative else unit
                    yield version, row["TERM"].lower(), analyte, low_or_high, grade, limit, shown, relative, inclusive


def _threshold(code: str, grade: str) -> tuple[str, str, str, str] | None:
    """Direction, limit, relative to, inclusive, of the clause that needs no baseline; None where there is none."""
    for clause in re.split(r",\s+(?=!|is\.na|signif\(AVAL|BNRIND)", code):
        bare = re.sub(r"^\s*!\(BNRIND %in% high_indicator\) & |^\s*!is\.na\(ANRHI\) & ", "", clause)
        match = _CLAUSE.match(bare)
        if not match or match[3] != grade:
            continue
        limit = _LIMIT.match(match[2])
        if not limit:
            continue
        relative = {"ANRHI": "ULN", "ANRLO": "LLN", None: ""}[limit[2]]
        direction = "low" if match[1].startswith("<") else "high"
        return direction, limit[1] or "1", relative, "1" if match[1].endswith("=") else ""
    return None
