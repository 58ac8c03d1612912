"""The databases that every test of the ledger runs on: a file of SQLite, and a PostgreSQL of its own."""

import getpass
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _as_owner(command: list[str], owner: str) -> None:
    """PostgreSQL refuses to run as root."""
    prefix = ["runuser", "-u", owner, "--"] if owner != getpass.getuser() else []
    subprocess.run([*prefix, *command], check=True, capture_output=True, cwd="/", timeout=60)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests."""
    found = shutil.which("initdb")
    binaries = Path(found).parent if found else BINARIES[-1] if BINARIES else None
    if binaries is None:
        pytest.skip("no PostgreSQL is installed (apt-get install postgresql)")
    owner = "postgres" if os.geteuid() == 0 else getpass.getuser()
    try:
        pwd.getpwnam(owner)
    except KeyError:
        pytest.skip(f"PostgreSQL refuses to run as root, and there is no user {owner}")
    # Not one of pytest's folders, which are closed to other users.
    folder = Path(tempfile.mkdtemp(prefix="casebook-postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, owner)
    cluster, port = folder / "cluster", _free_port()
    _as_owner([str(binaries / "initdb"), "-D", str(cluster), "-U", "curator", "-A", "trust", "-E", "UTF8"], owner)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c shared_buffers=16MB"
    start = [str(binaries / "pg_ctl"), "-D", str(cluster), "-l", str(folder / "log"), "-w", "-o", options, "start"]
    _as_owner(start, owner)
    try:
        yield f"postgresql+pg8000://curator@127.0.0.1:{port}/postgres"
    finally:
        _as_owner([str(binaries / "pg_ctl"), "-D", str(cluster), "-m", "immediate", "stop"], owner)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address of an empty database, of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ledger.sqlite'}"
    server: str = request.getfixturevalue("postgresql")
    name = f"ledger_{os.getpid()}_{abs(hash(str(tmp_path)))}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    engine.dispose()
    return server.removesuffix("postgres") + name
