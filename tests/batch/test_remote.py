"""Inputs that lie elsewhere give the same rows as files of this machine."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.batch import remote
from pipeline.batch.mine import mine
from pipeline.batch.plan import Plan
from pipeline.batch.report import RunReport
from pipeline.errors import DocumentError, UsageError
from tests.batch.test_mine import Corridor, Silent, corridor, papers, tables

__all__ = ["corridor", "papers"]

fsspec = pytest.importorskip("fsspec", reason="needs casebook[cluster]")


@pytest.fixture
def memory() -> Iterator[Any]:
    files = fsspec.filesystem("memory")
    files.pipe({f"/shelf/{name}.txt": f"good {name}".encode() for name in ("a", "b", "c")})
    yield files
    files.rm("/shelf", recursive=True)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = pytest.importorskip("moto.server").ThreadedMotoServer(port=0, verbose=False)
    pytest.importorskip("s3fs")
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    files = fsspec.filesystem("s3", skip_instance_cache=True)
    files.mkdir("reports")
    files.pipe({f"reports/more/{name}.txt": f"good {name}".encode() for name in ("a", "b", "c")})
    yield "s3://reports"
    fsspec.filesystem("s3").clear_instance_cache()
    server.stop()


def run(given: str, out: Path, **changes: object) -> RunReport:
    return mine(replace(Plan(given=(given,), output=out, jobs=1, engine="serial"), **changes), Silent())


def local_tables(papers: Path) -> dict[str, bytes]:
    mine(Plan(given=(papers,), output=papers.parent / "out", jobs=1, engine="serial"), Silent())
    return {name: content.replace(f"{papers}/".encode(), b"") for name, content in tables(papers).items()}


def test_a_folder_of_a_file_system(papers: Path, corridor: Corridor, memory: Any, tmp_path: Path) -> None:
    expected = local_tables(papers)
    assert run("memory://shelf", tmp_path / "out").rows["evidence"] == 12
    found = {name: content.replace(b"memory://shelf/", b"") for name, content in tables(papers).items()}
    assert {name: content.replace(b"memory:///shelf/", b"") for name, content in found.items()} == expected


def test_only_what_has_changed_is_read_again(corridor: Corridor, memory: Any, tmp_path: Path) -> None:
    run("memory://shelf", tmp_path / "out")
    assert run("memory://shelf", tmp_path / "out").unchanged
    memory.pipe("/shelf/b.txt", b"changed")
    assert run("memory://shelf/b.txt", tmp_path / "out").documents == 1
    assert corridor.read == ["a", "b", "c", "b"]


def test_an_object_store(papers: Path, corridor: Corridor, bucket: str, tmp_path: Path) -> None:
    expected = local_tables(papers)
    assert run(bucket, tmp_path / "out").rows["evidence"] == 12
    assert {name: c.replace(b"s3://reports/more/", b"") for name, c in tables(papers).items()} == expected


def test_what_is_not_there(memory: Any, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder: memory://nowhere"):
        run("memory://nowhere", tmp_path / "out")
    with pytest.raises(UsageError, match="cannot read ftps9://host/a"):
        run("ftps9://host/a", tmp_path / "out")


def test_a_file_that_changes_meanwhile(memory: Any, tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="changed while the run went on"):
        remote.fetch("memory://shelf/a.txt", "0" * 64, tmp_path / "a.txt")


def test_without_the_extra_a_message(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(UsageError, match=r"pip install 'casebook\[cluster\]'"):
        run("s3://reports", tmp_path / "out")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("s3://bucket/x/a%20b.pdf", "a b.pdf"),
        ("https://host/a.pdf?sign=1#p", "a.pdf"),
        ("memory://host", "host"),
        ("folder/a.pdf", "a.pdf"),
    ],
)
def test_names(path: str, name: str) -> None:
    assert remote.name_of(path) == name
