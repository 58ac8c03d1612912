"""``casebook apply``: curated tables that hold what was decided and validate against their own description."""

import csv
import json
from pathlib import Path

import frictionless
import pytest

from pipeline import load_run
from pipeline.cli import main
from pipeline.errors import UsageError
from pipeline.export.curated import apply
from pipeline.export.run_tables import RunTables, read_run
from pipeline.ledger import Decision
from pipeline.ledger.ledger import open_ledger
from tests.export.curating import REVIEWED, added_toxicity, of_kind


def rows(folder: Path, table: str) -> dict[str, dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    return {row.get("evidence_id") or row.get("case_id") or row["doc_id"]: row for row in found}


def test_without_decisions_the_tables_are_the_machines(run: RunTables, tmp_path: Path) -> None:
    apply(run, [], tmp_path)
    again = read_run(tmp_path)
    for name, machine in run.tables.items():
        made = [{column: row[column] for column in machine[0]} for row in again.tables[name]]
        assert made == machine, name
    assert again.text(REVIEWED) == run.text(REVIEWED)


def test_the_package_is_valid(curated: Path) -> None:
    report = frictionless.validate(str(curated / "datapackage.json"))
    assert report.valid, report.flatten(["resourceName", "type", "message"])


def test_an_edited_row_keeps_what_the_machine_said(run: RunTables, curated: Path) -> None:
    row = rows(curated, "regimens")[of_kind(run, "regimen")[0].key]
    assert (row["review_status"], row["curator"], row["decided_at"]) == ("edited", "ada", "2026-02-03T10:00:00Z")
    assert row["dose_low"] == "7.5"
    assert json.loads(row["machine"])["dose_low"] == of_kind(run, "regimen")[0].cells["dose_low"]


def test_each_kind_of_decision_is_in_the_tables(run: RunTables, curated: Path) -> None:
    regimens, events = rows(curated, "regimens"), rows(curated, "toxicities")
    assert regimens[of_kind(run, "regimen")[1].key]["review_status"] == "rejected"
    added = events[added_toxicity(run).evidence_id]
    assert (added["term"], added["decision"], added["confidence"], added["quote"]) == (
        "headache",
        "add",
        "1",
        "alemtuzumab",
    )
    answers = of_kind(run, "response")
    merged = rows(curated, "responses")[answers[1].key]
    assert (merged["review_status"], merged["merged_into"]) == ("rejected", answers[0].key)
    assert rows(curated, "cases")[f"{REVIEWED}/P1"]["age_years"] == "70"
    assert rows(curated, "cases")[f"{REVIEWED}/P1"]["review_status"] == "edited"


def test_the_long_table_tells_the_curated_values(run: RunTables, curated: Path) -> None:
    long, added = rows(curated, "evidence"), added_toxicity(run).evidence_id
    edited = long[of_kind(run, "regimen")[0].key]
    assert (edited["value_low"], edited["review_status"]) == ("7.5", "edited")
    assert "7.5 mg" in edited["summary"]
    assert "headache" in long[added]["summary"]


def test_decided_rows_leave_the_queue(run: RunTables, curated: Path) -> None:
    left = rows(curated, "review")
    assert not [row for row in left.values() if row["doc_id"] == REVIEWED]
    assert [row["priority"] for row in left.values()] == [str(n) for n in range(1, len(left) + 1)]


def test_a_cell_that_no_table_takes_is_listed_and_the_machines_row_stands(run: RunTables, curated: Path) -> None:
    key = of_kind(run, "measurement")[0].key
    row = rows(curated, "measurements")[key]
    assert (row["review_status"], row["value_low"]) == ("auto", of_kind(run, "measurement")[0].cells["value_low"])
    assert "value_low is a number" in rows(curated, "reconsider")[key]["reason"]


def test_an_analyst_loads_them(curated: Path) -> None:
    regimens = load_run(curated)["regimens"]
    assert set(regimens.review_status.dropna()) == {"auto", "accepted", "edited", "rejected"}
    assert "ada" in set(regimens.curator.dropna())


def test_the_command(
    run: RunTables, decisions: list[Decision], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = str(tmp_path / "kept.sqlite")
    ledger = open_ledger(address)
    ledger.adopt(decisions)
    ledger.close()
    assert main(["apply", str(run.folder), "-o", str(tmp_path / "out"), "--db", address]) == 0
    assert f"{len(decisions)} decisions; rows: " in capsys.readouterr().out
    assert rows(tmp_path / "out", "regimens")[of_kind(run, "regimen")[1].key]["review_status"] == "rejected"


def test_the_machines_own_tables_are_never_written_over(run: RunTables) -> None:
    with pytest.raises(UsageError, match="own tables"):
        apply(run, [], run.folder / "text" / "..")


def test_a_run_without_a_ledger_is_told_so(run: RunTables, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["apply", str(run.folder), "-o", str(tmp_path / "out")]) == 2
    assert "has no ledger" in capsys.readouterr().err
    assert main(["apply", str(run.folder), "-o", str(tmp_path / "out"), "--db", str(tmp_path / "typo.sqlite")]) == 2
    assert "typo.sqlite is not there" in capsys.readouterr().err
    assert not (tmp_path / "typo.sqlite").exists()
    with pytest.raises(UsageError, match="no run directory"):
        read_run(tmp_path)
