"""The sentence that sums a row up, made of its cells as they stand."""

from collections.abc import Mapping

from pipeline.tables import entry_of
from pipeline.tables.evidence import told_entry


def sentence_of(kind: str, cells: Mapping[str, str]) -> str:
    """What the evidence table would say of the row; of a case, who the patient is."""
    if kind == "case":
        return _patient(cells)
    try:
        return told_entry(entry_of(kind, cells)).summary  # type: ignore[arg-type]
    except ValueError:
        return cells.get("quote", "")


def _patient(cells: Mapping[str, str]) -> str:
    age, stage = cells.get("age_years", ""), cells.get("stage", "")
    sex = cells.get("sex", "")
    parts = [f"{age} years" if age else "", "" if sex == "unknown" else sex, cells.get("diagnosis", "")]
    return ", ".join(part for part in (*parts, f"stage {stage}" if stage else "") if part)
