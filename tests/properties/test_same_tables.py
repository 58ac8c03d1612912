"""One process and several, today's hash seed and tomorrow's: the tables are the same to the byte."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHOSEN = ("itp_series.xml", "letter_two_patients.txt", "vancomycin_rechallenge.xml", "ctcl_alemtuzumab.pdf")


def tables(samples: Path, out: Path, *, jobs: int, seed: int) -> dict[str, bytes]:
    inputs = [str(samples / name) for name in CHOSEN]
    command = [sys.executable, "-m", "pipeline", "run", *inputs, "-o", str(out), "-j", str(jobs), "--fresh"]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    written = [path for path in sorted(out.rglob("*")) if path.suffix in (".csv", ".txt", ".parquet")]
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in written}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, samples: list[Path]) -> dict[str, bytes]:
    return tables(samples[0].parent, tmp_path_factory.mktemp("first"), jobs=1, seed=0)


@pytest.mark.parametrize(("jobs", "seed"), [(1, 7), (2, 11)])
def test_tables_are_the_same(
    tmp_path: Path, samples: list[Path], first: dict[str, bytes], jobs: int, seed: int
) -> None:
    again = tables(samples[0].parent, tmp_path / "again", jobs=jobs, seed=seed)
    assert "regimens.csv" in first
    assert first.keys() == again.keys()
    assert [name for name in first if first[name] != again[name]] == []
