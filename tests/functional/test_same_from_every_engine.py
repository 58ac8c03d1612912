"""Whatever does the work, and wherever: the same tables to the byte."""

from pathlib import Path

import pytest

from pipeline.cli import main

REPORT = (
    "Case report\n\n"
    "A {age}-year-old woman with mycosis fungoides received alemtuzumab {dose} mg subcutaneously three times a week "
    "for 12 weeks. Platelets fell to {dose} × 10^9/L and she developed grade 4 neutropenia.\n"
)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    for age in range(31, 37):
        (folder / f"report{age}.txt").write_text(REPORT.format(age=age, dose=age - 20), encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    return folder


def tables(papers: Path, out: Path, *options: str) -> dict[str, bytes]:
    assert main(["run", str(papers), "-o", str(out), "-j", "2", *options]) == 0
    paths = [*out.glob("*.csv"), *out.glob("*.parquet"), *out.glob("text/*"), out / "datapackage.json"]
    return {path.name: path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def expected(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return tables(papers, tmp_path_factory.mktemp("out"), "--engine", "serial")


def test_processes(papers: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    assert len(expected["regimens.csv"].splitlines()) == 7
    assert tables(papers, tmp_path / "out") == expected


def test_a_cluster_of_its_own(papers: Path, expected: dict[str, bytes], tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="needs casebook[cluster]")
    assert tables(papers, tmp_path / "out", "--engine", "dask") == expected


def test_a_cluster_that_runs_already(papers: Path, expected: dict[str, bytes], scheduler: str, tmp_path: Path) -> None:
    assert tables(papers, tmp_path / "out", "--scheduler", scheduler) == expected
