import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from pipeline import engines, registry
from pipeline.engines import Done, Limits, Lost, _pool, _staff
from pipeline.errors import StorageError, UsageError

EVERY = registry.names(engines)
GUARDED = [name for name in EVERY if name != "serial"]


@pytest.fixture
def cluster(request: pytest.FixtureRequest, name: str) -> dict[str, str]:
    """The limits that make an engine use the tests' own cluster."""
    return {"scheduler": request.getfixturevalue("scheduler")} if name == "dask" else {}


def build_double() -> Callable[[int], int]:
    return lambda number: number * 2


def build_moody() -> Callable[[str], str]:
    def work(mood: str) -> str:
        if mood == "bug":
            raise ValueError("two\nlines")
        if mood == "loop":
            end = time.monotonic() + 30
            while time.monotonic() < end:
                pass
        if mood == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if mood == "segfault":
            ctypes.string_at(0)
        if mood == "abort":
            os.abort()
        if mood == "full":
            raise StorageError("the disk", OSError(28, "No space left on device"))
        if mood == "devour":
            kept = []
            while True:
                kept.append(bytearray(8 << 20))
        if mood == "hang":
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
            time.sleep(60)
        if mood.startswith(("barren:", "orphan:")) and not Path(mood[7:]).exists():
            Path(mood[7:]).touch()
            # The parent is the nursery, whose parent is the cluster's worker.
            nursery = os.getppid()
            os.kill(nursery if mood.startswith("barren:") else psutil.Process(nursery).ppid(), signal.SIGKILL)
        if mood.startswith("once:") and not Path(mood[5:]).exists():
            Path(mood[5:]).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return mood.upper()

    return work


def build_nothing() -> Callable[[str], str]:
    raise UsageError("no such model")


def run(name: str, build: Callable, items: list, **limits: object) -> dict[int, object]:
    found: Iterator = engines.load(name)(build, items, Limits(**limits))
    outcomes = list(found)
    assert len({outcome.index for outcome in outcomes}) == len(outcomes)
    return {o.index: o.value if isinstance(o, Done) else (o.reason, o.detail) for o in outcomes}


@pytest.mark.parametrize("name", EVERY)
def test_every_item_has_its_outcome(name: str, cluster: dict[str, str]) -> None:
    assert run(name, build_double, [5, 6, 7], jobs=2, **cluster) == {0: 10, 1: 12, 2: 14}


@pytest.mark.parametrize("name", EVERY)
def test_nothing_to_do(name: str, cluster: dict[str, str]) -> None:
    assert run(name, build_nothing, [], jobs=2, **cluster) == {}


@pytest.mark.parametrize("name", EVERY)
def test_a_bug_and_a_loop_cost_one_item_each(name: str, cluster: dict[str, str]) -> None:
    outcomes = run(name, build_moody, ["a", "bug", "loop", "b"], jobs=2, **cluster, seconds=0.4)
    assert outcomes == {
        0: "A",
        1: ("bug", "ValueError: two lines"),
        2: ("timeout", "took longer than 0.4 s"),
        3: "B",
    }


@pytest.mark.parametrize("name", EVERY)
def test_what_cannot_be_built_is_the_caller_s_to_know(name: str, cluster: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="no such model"):
        run(name, build_nothing, ["a", "b"], jobs=2, **cluster)


@pytest.mark.parametrize("name", EVERY)
def test_stop_begins_nothing_new(name: str, cluster: dict[str, str]) -> None:
    assert run(name, build_double, [1, 2, 3], jobs=2, **cluster, stop=lambda: True) == {}


def test_a_bug_keeps_its_traceback() -> None:
    (outcome,) = engines.load("serial")(build_moody, ["bug"], Limits())
    assert isinstance(outcome, Lost)
    assert "ValueError: two" in outcome.trace


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux bounds a process's memory")
def test_what_devours_memory_costs_one_item(name: str, cluster: dict[str, str]) -> None:
    outcomes = run(name, build_moody, ["a", "devour", "b"], jobs=2, **cluster, megabytes=100)
    assert outcomes == {0: "A", 1: ("memory", "needs more than 100 MB of memory"), 2: "B"}


@pytest.mark.parametrize("name", EVERY)
def test_a_full_disk_ends_the_run(name: str, cluster: dict[str, str]) -> None:
    with pytest.raises(StorageError, match="cannot write to the disk: no space left on device"):
        run(name, build_moody, ["full", "a", "b"], jobs=2, **cluster)


@pytest.mark.parametrize("name", GUARDED)
@pytest.mark.parametrize(("mood", "cause"), [("segfault", "SIGSEGV"), ("abort", "SIGABRT")])
def test_a_crash_of_native_code_costs_one_item(name: str, cluster: dict[str, str], mood: str, cause: str) -> None:
    outcomes = run(name, build_moody, ["a", mood, "b"], jobs=1, **cluster)
    assert outcomes == {0: "A", 1: ("crash", f"the worker process died twice ({cause})"), 2: "B"}


def test_a_worker_that_dies_costs_one_item() -> None:
    outcomes = run("processes", build_moody, ["a", "die", "b", "c"], jobs=2)
    assert outcomes == {0: "A", 1: ("crash", "the worker process died twice (SIGKILL)"), 2: "B", 3: "C"}


@pytest.mark.parametrize("name", GUARDED)
def test_an_item_is_tried_once_more(name: str, cluster: dict[str, str], tmp_path: object) -> None:
    path = f"once:{tmp_path}/mark"
    assert run(name, build_moody, [path, "a"], jobs=2, **cluster) == {0: path.upper(), 1: "A"}


@pytest.mark.parametrize("name", GUARDED)
def test_a_worker_that_does_not_let_go_is_ended(name: str, cluster: dict[str, str]) -> None:
    outcomes = run(name, build_moody, ["hang", "a"], jobs=2, **cluster, seconds=0.3, grace=0.2)
    assert outcomes == {0: ("timeout", "took longer than 0.3 s"), 1: "A"}


def test_a_cluster_s_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="needs casebook[cluster]")
    orphan = f"orphan:{tmp_path}/mark"
    expected = {0: "A", 1: orphan.upper(), 2: "B", 3: "C"}
    assert run("dask", build_moody, ["a", orphan, "b", "c"], jobs=2) == expected


def test_a_scheduler_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="needs casebook[cluster]")
    monkeypatch.setattr("pipeline.engines.dask._PATIENCE", "1s")
    with pytest.raises(UsageError, match="no cluster answers"):
        run("dask", build_double, [1], scheduler="tcp://127.0.0.1:9")


def test_without_the_extra_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'casebook\[cluster\]'"):
        run("dask", build_double, [1])


@pytest.fixture(params=["forked", "spawned from a process with threads", "spawned one by one"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """How workers come to be on this system, and on others."""
    if request.param == "spawned one by one":
        monkeypatch.setattr(_pool, "staff_for", _staff.Spawned)
    elif sys.platform != "linux":
        pytest.skip("workers are forked on Linux only")
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    if "threads" in request.param:
        other.start()
    yield request.param
    over.set()


def test_where_threads_are_not_told_nothing_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(place: str) -> list[str]:
        raise FileNotFoundError(place)

    monkeypatch.setattr(os, "listdir", refuse)
    assert not _staff._is_alone()


@pytest.mark.usefixtures("way")
def test_workers_are_recycled() -> None:
    assert run("processes", build_double, list(range(7)), jobs=2, recycle=2) == {n: 2 * n for n in range(7)}


@pytest.mark.usefixtures("way")
def test_what_befalls_a_worker_costs_one_item_however_it_came_to_be(tmp_path: Path) -> None:
    moods = ["a", f"once:{tmp_path}/mark", "die", "full of hope", "loop"]
    assert run("processes", build_moody, moods, jobs=2, seconds=0.5) == {
        0: "A",
        1: moods[1].upper(),
        2: ("crash", "the worker process died twice (SIGKILL)"),
        3: "FULL OF HOPE",
        4: ("timeout", "took longer than 0.5 s"),
    }
    with pytest.raises(UsageError, match="no such model"):
        run("processes", build_nothing, ["a", "b"], jobs=2)


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")
def test_a_nursery_that_is_killed_is_replaced(tmp_path: Path) -> None:
    barren = f"barren:{tmp_path}/mark"
    outcomes = run("processes", build_moody, ["a", barren, "b", "die", "hang", "c"], jobs=1, seconds=0.3, grace=0.2)
    crash = ("crash", "the worker process died twice (SIGKILL)")
    hang = ("timeout", "took longer than 0.3 s")
    assert outcomes == {0: "A", 1: barren.upper(), 2: "B", 3: crash, 4: hang, 5: "C"}


def build_held() -> Callable[[int], list[str]]:
    return lambda number: [os.path.realpath(f"/proc/self/fd/{name}") for name in os.listdir("/proc/self/fd")]  # noqa: PTH208


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")
def test_a_worker_holds_no_file_of_its_parent(tmp_path: Path) -> None:
    """A lock that a worker held would outlive a run that was killed."""
    with (tmp_path / "lock").open("wb"):
        held = run("processes", build_held, [1])[0]
    assert str(tmp_path / "lock") not in held  # type: ignore[operator]


def test_the_time_in_which_workers_start_is_used() -> None:
    used: list[str] = []
    assert run("processes", build_double, [1], meanwhile=lambda: used.append("tables")) == {0: 2}
    assert run("processes", build_double, [], meanwhile=lambda: used.append("nothing")) == {}
    assert used == ["tables"]


def test_an_unknown_engine() -> None:
    with pytest.raises(UsageError, match="unknown engine 'dusk'; known: dask, processes, serial"):
        engines.load("dusk")
