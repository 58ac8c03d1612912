"""The ledger's table, and how each database is opened so that what is acknowledged stays."""

from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    text,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from pipeline.errors import UsageError

METADATA = MetaData()
DECISIONS = Table(
    "casebook_decisions",
    METADATA,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("previous", BigInteger, nullable=False),
    Column("doc_id", Text, nullable=False),
    Column("doc_sha256", Text, nullable=False),
    Column("evidence_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("curator", Text, nullable=False),
    Column("reading", SmallInteger, nullable=False),
    Column("decided_at", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("undoes", BigInteger),
    # Two people who saw the same last decision cannot both add the next one, whatever else goes wrong.
    UniqueConstraint("evidence_id", "reading", "previous"),
    Index("casebook_decisions_doc_id", "doc_id"),
)
_NAME = DECISIONS.name
_GUARDS = {
    "sqlite": tuple(
        f"CREATE TRIGGER IF NOT EXISTS {_NAME}_no_{what} BEFORE {what} ON {_NAME} "
        "BEGIN SELECT RAISE(ABORT, 'decisions are only ever added'); END"
        for what in ("update", "delete")
    ),
    "postgresql": (
        f"CREATE OR REPLACE FUNCTION {_NAME}_guard() RETURNS trigger AS "
        "'BEGIN RAISE EXCEPTION ''decisions are only ever added''; END' LANGUAGE plpgsql",
        f"CREATE OR REPLACE TRIGGER {_NAME}_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {_NAME} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {_NAME}_guard()",
    ),
}
_BUSY_SECONDS = 30
_MAKING = 0x63617365  # the advisory lock under which the table is made


def engine_of(address: str) -> Engine:
    """An engine for a path or a URL, the table made if need be.

    Raises:
        UsageError: an address that is none, or of a database that casebook does not know.
    """
    url = _url(address)
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS})
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(url, pool_pre_ping=True)
        event.listen(engine, "connect", _open_postgresql)
    with engine.begin() as connection:
        _make(connection)
    return engine


def _url(address: str) -> URL:
    if "://" not in address:
        return URL.create("sqlite", database=str(Path(address)))
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise UsageError(f"{address} is no address of a database") from error
    backend = url.get_backend_name()
    if backend not in _GUARDS:
        known = "a path, sqlite:///path or postgresql://user@host/name"
        raise UsageError(f"a ledger is kept in SQLite or PostgreSQL ({known}), not in {backend}")
    return url.set(drivername="postgresql+pg8000") if url.drivername == "postgresql" else url


def _open_sqlite(connection: Any, record: object) -> None:
    """WAL, each commit on disk before it is acknowledged; transactions begin when SQLAlchemy says so."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for setting in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={_BUSY_SECONDS * 1000}"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading_only", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _open_postgresql(connection: Any, record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("SET synchronous_commit TO on")
    cursor.close()
    connection.commit()


def _make(connection: Connection) -> None:
    backend = connection.dialect.name
    if backend == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MAKING})
    if connection.dialect.has_table(connection, _NAME):
        return
    METADATA.create_all(connection)
    for guard in _GUARDS[backend]:
        connection.exec_driver_sql(guard)


def lock(connection: Connection) -> None:
    """Let no other decision be added until the transaction ends; SQLite's has begun so."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"LOCK TABLE {_NAME} IN EXCLUSIVE MODE")
