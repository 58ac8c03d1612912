"""A run's tables under a calibration: other confidence, another order of the queue, and nothing else."""

from dataclasses import replace
from pathlib import Path

from pipeline.export.run_tables import TABLES, Cells, RunTables, read_run
from pipeline.ledger import MachineRow
from pipeline.ledger.calibration import Calibration, confidence_of, shipped
from pipeline.ledger.calibration_figures import FILE, read_calibration
from pipeline.linking.confidence import SLOTS, slot_confidence_of
from pipeline.tables import fact_of
from pipeline.tables.review import doubt, price


def calibrated_run(folder: Path, calibration: Path | None = None) -> RunTables:
    """The tables of a run directory under a calibration, or under the one that the directory keeps, if any.

    Raises:
        UsageError: it is no run directory, or the calibration is none.
    """
    run = read_run(folder)
    path = calibration or folder / FILE
    return recalibrated(run, read_calibration(path, shipped())) if calibration or path.is_file() else run


def recalibrated(run: RunTables, calibration: Calibration) -> RunTables:
    """The same rows with the calibration's confidence; ``review`` in its order."""
    told: dict[str, str] = {}
    urgent: dict[str, float] = {}
    tables = {name: list(rows) for name, rows in run.tables.items()}
    for name in TABLES.values():
        tables[name] = []
    for row in run.rows:
        cells = dict(row.cells)
        if row.kind != "case":
            cells |= _trusted(row, calibration)
            told[row.key] = cells["confidence"]
            urgent[row.key] = _urgency(row, float(cells["confidence"]), calibration)
        tables[TABLES[row.kind]].append(cells)
    for name in ("evidence", "review"):
        tables[name] = [{**cells, "confidence": told[cells["evidence_id"]]} for cells in run.tables[name]]
    tables["review"].sort(key=lambda cells: -urgent[cells["evidence_id"]])
    tables["review"] = [{**cells, "priority": str(place)} for place, cells in enumerate(tables["review"], 1)]
    return replace(run, tables=tables)


def _trusted(row: MachineRow, calibration: Calibration) -> Cells:
    assert row.kind != "case"
    fact = fact_of(row.kind, row.cells)
    trusted = {"confidence": f"{confidence_of(row.kind, fact, calibration):g}"}
    if row.kind == "regimen":
        trusted["slot_confidence"] = ";".join(slot_confidence_of(fact, calibration.weights[SLOTS]))
    return trusted


def _urgency(row: MachineRow, confidence: float, calibration: Calibration) -> float:
    assert row.kind != "case"
    fact = fact_of(row.kind, row.cells)
    return doubt(confidence, fact.flags, calibration.flags) * price(row.kind, fact)
