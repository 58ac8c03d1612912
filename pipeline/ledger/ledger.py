"""The ledger: a table of decisions to which only more are added, in SQLite or PostgreSQL.

Numbers are given one after the other under a lock, so that whoever has read up to a number has read all before it.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from pipeline.errors import CasebookError, UsageError
from pipeline.ledger._schema import DECISIONS, engine_of, lock
from pipeline.ledger.decision import SETTLING, Decision, Reading
from pipeline.ledger.standing import may_be_undone

FILE = "ledger.sqlite"
"""Where a run directory keeps its ledger, unless another database is named."""


class Stale(CasebookError):  # noqa: N818
    """Somebody decided meanwhile; nothing was written.

    Attributes:
        latest: the last decision on the row; None where there is none, and the caller had seen one.
    """

    def __init__(self, latest: Decision | None) -> None:
        who = (
            f"{latest.curator} decided meanwhile ({latest.action}, {latest.decided_at})" if latest else "none is there"
        )
        super().__init__(f"the row's last decision is not the one that was seen: {who}")
        self.latest = latest


class Ledger:
    """The decisions in one database. May be used by several threads and processes at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._for_reading = engine.execution_options(reading_only=True)

    def append(self, decision: Decision, expected: int) -> Decision:
        """Add a decision; when this returns, it is on disk.

        Args:
            decision: what was decided; its number is given here.
            expected: number of the last decision on the row that the caller has seen, 0 for none. A reader of a
                blind double review (1 or 2) sees its own reading's and the settling ones, who settles all.

        Returns:
            The decision with its number.

        Raises:
            Stale: the row's last decision is another one.
            UsageError: an undo of a decision that is not the row's last standing one.
        """
        try:
            with self._engine.begin() as connection:
                lock(connection)
                return _append(connection, decision, expected)
        except IntegrityError as error:
            raise Stale(self.last(decision.evidence_id, decision.reading)) from error

    def adopt(self, decisions: Iterable[Decision]) -> int:
        """Add decisions that another ledger exported, all of them or none.

        Those that this ledger holds under the same number are passed over. In an empty ledger the numbers stay as they
        are; else the new ones are numbered on, and each must fit the row as it stands here.

        Returns:
            How many were added.

        Raises:
            Stale: this ledger holds another decision on a row in between.
            UsageError: an undo of what is not there.
        """
        with self._engine.begin() as connection:
            lock(connection)
            return _adopt(connection, sorted(decisions, key=lambda one: one.number))

    def decisions(
        self, doc_id: str | None = None, evidence_id: str | None = None, since: int = 0
    ) -> tuple[Decision, ...]:
        """Decisions in the order of their numbers: all, of a document, of a row, after the number ``since``."""
        query = select(DECISIONS).where(DECISIONS.c.number > since).order_by(DECISIONS.c.number)
        if doc_id is not None:
            query = query.where(DECISIONS.c.doc_id == doc_id)
        if evidence_id is not None:
            query = query.where(DECISIONS.c.evidence_id == evidence_id)
        with self._for_reading.connect() as connection:
            return tuple(_decision(row) for row in connection.execute(query))

    def last(self, evidence_id: str, reading: Reading = SETTLING) -> Decision | None:
        """The last decision on a row that a reader may see; None where there is none."""
        with self._for_reading.connect() as connection:
            return _last(connection, evidence_id, reading)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def open_ledger(url: str) -> Ledger:
    """The ledger at a path, ``sqlite:///path`` or ``postgresql+pg8000://user@host/name``; made if need be.

    Raises:
        UsageError: the address is none, or the database does not answer.
    """
    try:
        return Ledger(engine_of(url))
    except DBAPIError as error:
        raise UsageError(f"the ledger cannot be opened: {' '.join(str(error.orig or error).split())}") from error
    except ImportError as error:
        raise UsageError(f"{error.name} is not installed: pip install 'casebook[postgresql]'") from error


def address_in(run: Path, url: str | None) -> str:
    """The ledger's address: ``url``, or the run directory's own file."""
    return url or str(run / FILE)


def _append(connection: Connection, decision: Decision, expected: int) -> Decision:
    last = _last(connection, decision.evidence_id, decision.reading)
    if (last.number if last else 0) != expected:
        raise Stale(last)
    if decision.undoes is not None:
        chain = _rows(connection, _seen(decision.evidence_id, decision.reading))
        if decision.undoes not in may_be_undone([one for one in chain if one.reading == decision.reading]):
            raise UsageError(f"decision {decision.undoes} cannot be taken back: it is not the last that stands")
    numbered = replace(decision, number=_highest(connection) + 1)
    _insert(connection, numbered, expected)
    return numbered


def _adopt(connection: Connection, decisions: Sequence[Decision]) -> int:
    present = {one.number: one for one in _rows(connection, select(DECISIONS))}
    numbers: dict[int, int] = {}
    known: set[int] = set()
    added = 0
    for one in decisions:
        if present.get(one.number) == one:
            numbers[one.number] = one.number
            known.add(one.number)
            continue
        if one.undoes is not None and one.undoes not in numbers:
            raise UsageError(f"decision {one.number} takes back decision {one.undoes}, which is not there")
        moved = one if one.undoes is None else replace(one, undoes=numbers[one.undoes])
        last = _last(connection, one.evidence_id, one.reading)
        if last is not None and last.number not in known:
            raise Stale(last)
        moved = moved if not present and one.number else replace(moved, number=_highest(connection) + 1)
        _insert(connection, moved, last.number if last else 0)
        numbers[one.number] = moved.number
        known.add(moved.number)
        added += 1
    return added


def _insert(connection: Connection, decision: Decision, previous: int) -> None:
    cells = asdict(decision)
    told = {name: json.dumps(cells[name], sort_keys=True, ensure_ascii=False) for name in ("before", "after")}
    connection.execute(DECISIONS.insert().values({**cells, **told, "previous": previous}))


def _highest(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(DECISIONS.c.number), 0))).scalar_one())


def _seen(evidence_id: str, reading: Reading) -> Select[Any]:
    query = select(DECISIONS).where(DECISIONS.c.evidence_id == evidence_id).order_by(DECISIONS.c.number)
    return query if reading == SETTLING else query.where(DECISIONS.c.reading.in_((reading, SETTLING)))


def _last(connection: Connection, evidence_id: str, reading: Reading) -> Decision | None:
    query = _seen(evidence_id, reading).order_by(None).order_by(DECISIONS.c.number.desc()).limit(1)
    row = connection.execute(query).first()
    return None if row is None else _decision(row)


def _rows(connection: Connection, query: Select[Any]) -> list[Decision]:
    return [_decision(row) for row in connection.execute(query)]


def _decision(row: Row[Any]) -> Decision:
    cells = dict(row._mapping)
    del cells["previous"]
    cells |= {name: json.loads(cells[name]) for name in ("before", "after")}
    return Decision(**cells)
