"""One curated run: decisions of every kind over the sample reports."""

from pathlib import Path

import pytest

from pipeline.export.curated import apply
from pipeline.export.run_tables import RunTables, read_run
from pipeline.ledger import Decision
from tests.export.curating import decisions_on


@pytest.fixture(scope="session")
def run(samples_run: Path) -> RunTables:
    """The tables of the samples' run."""
    return read_run(samples_run)


@pytest.fixture(scope="session")
def decisions(run: RunTables) -> list[Decision]:
    """Decisions of every kind on the samples' rows."""
    return decisions_on(run)


@pytest.fixture(scope="session")
def curated(run: RunTables, decisions: list[Decision], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``casebook apply`` writes of them."""
    folder = tmp_path_factory.mktemp("curated")
    apply(run, decisions, folder)
    return folder
