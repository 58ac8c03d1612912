import json
from dataclasses import replace
from pathlib import Path

import pandas
import pytest

from pipeline.datamodel import DocumentResult
from pipeline.errors import UsageError
from pipeline.load import load_run
from tests.writers.test_csv import written

frictionless = pytest.importorskip("frictionless")


def problems(folder: Path) -> list[str]:
    report = frictionless.validate(str(folder / "datapackage.json"))
    return [error.message for task in report.tasks for error in task.errors] + [e.message for e in report.errors]


def test_the_package_is_valid(
    tmp_path: Path, result: DocumentResult, other: DocumentResult, failed: DocumentResult
) -> None:
    odd = replace(
        result,
        source=replace(result.source, doc_id="odd", sha256="01" * 32),
        regimens=(replace(result.regimens[0], start_date="2015-07", cycles=4.5),),
        measurements=(replace(result.measurements[0], comparator="<", quote="=2", time_days=-3.0),),
        toxicities=(replace(result.toxicities[0], treatment=("a", "b"), serious=True),),
    )
    written(tmp_path, result, other, failed, odd)
    assert problems(tmp_path) == []


def test_the_empty_package_is_valid(tmp_path: Path) -> None:
    written(tmp_path)
    assert problems(tmp_path) == []


def test_validation_would_notice(tmp_path: Path, result: DocumentResult) -> None:
    written(tmp_path, result)
    path = tmp_path / "regimens.csv"
    path.write_text(path.read_text().replace("subcutaneous,", "by mouth,").replace("woman/P1,", "woman/P7,"))
    assert problems(tmp_path)


def test_missing_values_stand_at_the_schema(tmp_path: Path) -> None:
    written(tmp_path)
    package = json.loads((tmp_path / "datapackage.json").read_text())
    assert all(resource["schema"]["missingValues"] == [""] for resource in package["resources"])


def test_frames_have_types(tmp_path: Path, result: DocumentResult, failed: DocumentResult) -> None:
    written(tmp_path, result, failed)
    frames = load_run(tmp_path)
    assert sorted(frames) == sorted(
        ["cases", "documents", "evidence", "measurements", "regimens", "responses", "review", "toxicities"]
    )
    toxicities = frames["toxicities"]
    assert str(toxicities["grade"].dtype) == "Int64"
    assert str(toxicities["serious"].dtype) == "boolean"
    assert toxicities["flags"][0] == ("ambiguous_link",)
    assert toxicities["action_taken"].dtype == "category"
    assert frames["regimens"]["dose_low"].dtype == "float64"
    assert frames["regimens"]["days"][0] == (1, 3, 5)
    assert pandas.isna(frames["documents"].set_index("doc_id").loc["locked", "n_chars"])
    assert list(frames["documents"]["status"]) == ["ok", "failed"]


def test_loading_what_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no run directory"):
        load_run(tmp_path)
