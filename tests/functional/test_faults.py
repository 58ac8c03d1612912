"""Whatever befalls a run: no document is lost or doubled, and the tables are those of an undisturbed one.

``CASEBOOK_THOROUGH=1`` disturbs at twenty moments instead of a few.
"""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOMENTS = 20 if os.environ.get("CASEBOOK_THOROUGH") else 5
PAPERS = 40
FULL = 300_000  # bytes of the small disk
LIMITS = "[reading]\nmax_seconds = 3\nmax_memory_megabytes = 150\n"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    for number in range(PAPERS):
        (folder / f"p{number:02}.txt").write_text(f"report {number}\n" * 3, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(papers: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("out")
    assert wait(started(papers, out, "--engine", "serial")) == 0
    return tables(out)


def started(papers: Path, out: Path, *options: str, pace: float = 0, **more: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "import sys; from tests.cheap import main; sys.exit(main())"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CHEAP_SECONDS": str(pace)}
    call = [*command, "run", str(papers), "-o", str(out), "-j", "2", *options]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(call, env=environment, cwd=ROOT, **pipes, **more)  # type: ignore[call-overload]


def wait(run: subprocess.Popen[str]) -> int:
    run.told = run.communicate(timeout=120)  # type: ignore[attr-defined]
    return run.returncode


def tables(out: Path) -> dict[str, bytes]:
    paths = [*out.glob("*.csv"), *out.glob("*.parquet"), *out.glob("text/*"), out / "datapackage.json"]
    return {path.name: path.read_bytes() for path in paths}


def rows(out: Path, table: str) -> list[str]:
    return (out / f"{table}.csv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_a_run_that_is_ended_again_and_again(
    papers: Path, expected: dict[str, bytes], tmp_path: Path, how: signal.Signals
) -> None:
    chance = random.Random(f"{how} {os.environ.get('CASEBOOK_SEED', '')}")
    out, number = tmp_path / "0", 0
    for _ in range(MOMENTS):
        run = started(papers, out, pace=0.05)
        time.sleep(chance.uniform(0.3, 3))
        run.send_signal(how)
        code = wait(run)
        assert code in (0, 130, -how), run.told  # type: ignore[attr-defined]
        if how == signal.SIGINT and code == 130 and (out / "documents.csv").exists():
            kept = rows(out, "documents")
            assert len(set(kept)) == len(kept) <= PAPERS + 1
        if code == 0:
            assert tables(out) == expected
            number += 1
            out = tmp_path / str(number)
    assert wait(started(papers, out)) == 0
    assert tables(out) == expected
    assert not (out / ".draft").exists()


def with_one(papers: Path, folder: Path, word: str) -> Path:
    """The papers, and among them one that begins with ``word``."""
    folder.mkdir()
    for path in papers.iterdir():
        (folder / path.name).symlink_to(path)
    (folder / "p07.txt").unlink()
    (folder / "p07.txt").write_text(f"{word} report", encoding="utf-8")
    return folder


EVILS = [("processes", "kill"), ("processes", "barren"), ("dask", "kill"), ("dask", "orphan")]


@pytest.mark.parametrize(("engine", "word"), EVILS)
def test_a_worker_that_is_killed(papers: Path, tmp_path: Path, engine: str, word: str) -> None:
    if engine == "dask":
        pytest.importorskip("distributed", reason="needs casebook[cluster]")
    folder = with_one(papers, tmp_path / "papers", f"{word}:{tmp_path}/mark")
    assert wait(started(folder, tmp_path / "out", "--engine", engine, pace=0.02)) == 0
    assert (tmp_path / "mark").exists()
    assert wait(started(folder, tmp_path / "undisturbed")) == 0
    assert tables(tmp_path / "out") == tables(tmp_path / "undisturbed")


@pytest.mark.parametrize("engine", ["processes", "dask"])
def test_what_is_hopeless_costs_itself_alone(papers: Path, tmp_path: Path, engine: str) -> None:
    if engine == "dask":
        pytest.importorskip("distributed", reason="needs casebook[cluster]")
    folder = with_one(papers, tmp_path / "papers", "loop")
    words = {"loop": "took longer than 3 s", "crash": "died twice (SIGSEGV)", "devour": "more than 150 MB"}
    for name in ("devour", "crash"):
        (folder / f"{name}.txt").write_text(f"{name} report", encoding="utf-8")
    (tmp_path / "limits.toml").write_text(LIMITS)
    assert wait(started(folder, tmp_path / "out", "--engine", engine, "--config", str(tmp_path / "limits.toml"))) == 0
    failed = {row.split(",")[0]: row for row in rows(tmp_path / "out", "documents") if ",failed," in row}
    assert failed.keys() == {"p07", "crash", "devour"}
    told = {"p07": "loop"}
    assert [name for name, row in failed.items() if words[told.get(name, name)] not in row] == []
    assert len(rows(tmp_path / "out", "regimens")) == PAPERS


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={FULL}", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only who may mount a small disk can fill it")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_full(papers: Path, expected: dict[str, bytes], small_disk: Path, tmp_path: Path) -> None:
    few = tmp_path / "few"
    few.mkdir()
    (few / "p00.txt").symlink_to(papers / "p00.txt")
    assert wait(started(few, small_disk / "out")) == 0
    before = tables(small_disk / "out")
    told = refused(started(papers, small_disk / "out"))
    assert "no space left on device" in told
    assert tables(small_disk / "out") == before
    assert subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=False).returncode == 0
    assert wait(started(papers, small_disk / "out")) == 0
    assert tables(small_disk / "out") == expected


@pytest.mark.parametrize("most", [1_000, 9_000])
def test_files_that_may_not_grow(papers: Path, expected: dict[str, bytes], tmp_path: Path, most: int) -> None:
    """Refused while results are kept, and while tables are written."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    limit: Callable[[], None] = bounded
    told = refused(started(papers, tmp_path / "out", preexec_fn=limit))
    assert "file too large" in told
    assert not (tmp_path / "out" / "documents.csv").exists()
    assert wait(started(papers, tmp_path / "out")) == 0
    assert tables(tmp_path / "out") == expected


def refused(run: subprocess.Popen[str]) -> str:
    """What a run says that must end; one line, no traceback."""
    assert wait(run) == 1
    said = run.told[1].strip()  # type: ignore[attr-defined]
    assert said.startswith("casebook: cannot write to ")
    assert "\n" not in said
    return said
