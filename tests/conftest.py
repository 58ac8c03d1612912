"""What several rooms' tests share: the sample reports, the corridor, and one run over all samples."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.process import Corridor
from pipeline.settings import Settings
from tests.golden.expected import SAMPLES, run_samples


@pytest.fixture(scope="session")
def samples() -> list[Path]:
    """The sample reports, sorted by name."""
    return sorted(path for path in SAMPLES.iterdir() if path.is_file())


@pytest.fixture(scope="session")
def corridor() -> Corridor:
    """The corridor with the default settings; building it takes about a second."""
    return Corridor.build(Settings())


@pytest.fixture(scope="session")
def samples_told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The run directory of ``casebook run corpus/samples``, made once by the command itself, and what it said."""
    folder = tmp_path_factory.mktemp("samples") / "run"
    return folder, run_samples(folder)


@pytest.fixture(scope="session")
def samples_run(samples_told: tuple[Path, str]) -> Path:
    """The run directory alone."""
    return samples_told[0]


@pytest.fixture(scope="session")
def scheduler() -> Iterator[str]:
    """Address of a cluster with two workers; starting one takes seconds."""
    distributed = pytest.importorskip("distributed", reason="needs casebook[cluster]")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", memory_limit=0, silence_logs=50
    ) as cluster:
        yield cluster.scheduler_address
