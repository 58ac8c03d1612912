"""``casebook calibrate`` and ``casebook agreement`` over the samples."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.export.calibrated import calibrated_run, recalibrated
from pipeline.export.run_tables import RunTables
from pipeline.ledger import Decision
from pipeline.ledger.calibration import shipped
from pipeline.ledger.ledger import open_ledger
from tests.export.curating import REVIEWED, accepted


def ledger_of(decisions: list[Decision], folder: Path) -> str:
    address = str(folder / "kept.sqlite")
    ledger = open_ledger(address)
    ledger.adopt(decisions)
    ledger.close()
    return address


def all_measurements_rejected(run: RunTables) -> list[Decision]:
    facts = [row for row in run.rows if row.kind != "case"]
    made = [replace(accepted(row), action="reject" if row.kind == "measurement" else "accept") for row in facts]
    return [replace(one, number=number) for number, one in enumerate(made, 1)]


def test_the_shipped_calibration_changes_nothing(run: RunTables) -> None:
    """The confidence is a function of the row's own cells; so is the queue's order."""
    again = recalibrated(run, shipped())
    assert again.tables == run.tables


def test_calibrating_changes_confidence_and_order_and_no_value(
    run: RunTables, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = ledger_of(all_measurements_rejected(run), tmp_path)
    path = tmp_path / "calibration.toml"
    assert main(["calibrate", str(run.folder), "-o", str(path), "--db", address]) == 0
    assert "queue: average precision" in capsys.readouterr().out
    again = calibrated_run(run.folder, path)
    for before, after in zip(run.rows, again.rows, strict=True):
        changed = {name for name, cell in after.cells.items() if cell != before.cells[name]}
        assert changed <= {"confidence", "slot_confidence"}
    told = [float(row.cells["confidence"]) for row in again.rows if row.kind == "measurement"]
    assert max(told) < 0.5
    order = [row["kind"] for row in again.tables["review"]]
    assert order != [row["kind"] for row in run.tables["review"]]
    none = ["--db", str(tmp_path / "none.sqlite"), "--calibration", str(path)]
    assert main(["apply", str(run.folder), "-o", str(tmp_path / "out"), *none]) == 0
    with (tmp_path / "out" / "review.csv").open(encoding="utf-8", newline="") as file:
        assert [row["evidence_id"] for row in csv.DictReader(file)] == [
            row["evidence_id"] for row in again.tables["review"]
        ]


def test_too_few_decisions_teach_nothing(run: RunTables, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = ledger_of(all_measurements_rejected(run)[:5], tmp_path)
    assert main(["calibrate", str(run.folder), "--db", address]) == 2
    assert "5 rows of" in capsys.readouterr().err


def test_two_readings_side_by_side(run: RunTables, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = [one for one in all_measurements_rejected(run) if one.doc_id == REVIEWED]
    second = [replace(one, reading=2, curator="grace", action="accept", number=one.number + 1000) for one in first]
    where = ["-o", str(tmp_path / "out"), "--db", ledger_of([*first, *second], tmp_path)]
    assert main(["agreement", str(run.folder), *where]) == 0
    measured = sum(one.kind == "measurement" for one in first)
    assert f"{measured} disagreements to settle, 0 settled" in capsys.readouterr().out
    with (tmp_path / "out" / "agreement.csv").open(encoding="utf-8", newline="") as file:
        told = {(row["kind"], row["field"]): row for row in csv.DictReader(file)}
    assert told["measurement", "row"]["percent"] == "0"
    assert (told["regimen", "dose_low"]["percent"], told["regimen", "dose_low"]["kappa"]) == ("100", "1")
    with (tmp_path / "out" / "disagreements.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == measured
