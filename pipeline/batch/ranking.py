"""The rows of a ranked table, sorted when all are there, on disk where they are too many for memory."""

import heapq
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from pipeline.tables import Row, Table

_MOST = 50_000
_CHUNK = 5_000


class Ranking:
    """Takes rows in the order of the documents, and gives them back most urgent first.

    Args:
        table: a ranked table.
        folder: where rows are kept meanwhile, in files without a name, which vanish whatever becomes of the run.
        most: rows that are held in memory.
    """

    def __init__(self, table: Table, folder: Path, most: int = _MOST) -> None:
        self._table, self._folder, self._most = table, folder, most
        self._rows: list[Row] = []
        self._runs: list[IO[bytes]] = []

    def add(self, rows: Iterable[Row]) -> None:
        """More rows.

        Raises:
            OSError: the disk is full.
        """
        self._rows.extend(rows)
        if len(self._rows) >= self._most:
            self._runs.append(self._set_down())

    def ranked(self) -> Iterator[list[Row]]:
        """All rows, numbered from 1, some thousands at a time; equally urgent rows keep their order."""
        runs = [*map(_taken_up, self._runs), self._sorted()]
        rows = self._table.numbered(heapq.merge(*runs, key=self._order))
        while chunk := list(islice(rows, _CHUNK)):
            yield chunk

    def close(self) -> None:
        """Let go of the files."""
        for run in self._runs:
            run.close()

    def _order(self, row: Row) -> float:
        return -self._table.urgency(row)

    def _sorted(self) -> list[Row]:
        return sorted(self._rows, key=self._order)

    def _set_down(self) -> IO[bytes]:
        run = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115
        rows = iter(self._sorted())
        while chunk := list(islice(rows, _CHUNK)):
            pickle.dump(chunk, run, pickle.HIGHEST_PROTOCOL)
        run.seek(0)
        self._rows = []
        return run


def _taken_up(run: IO[bytes]) -> Iterator[Row]:
    while True:
        try:
            yield from pickle.load(run)
        except EOFError:
            return
