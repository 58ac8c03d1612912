"""What a writer does."""

from collections.abc import Sequence
from typing import Protocol

from pipeline.tables import Record, Row, Table


class Writer(Protocol):
    """Writes one kind of file; rows come document by document, those of ranked tables at the end."""

    def document(self, record: Record) -> None:
        """A document, before its rows.

        Raises:
            OSError: the disk is full …
        """

    def rows(self, table: Table, rows: Sequence[Row]) -> None:
        """More rows of a table."""

    def close(self) -> None:
        """Nothing more comes."""
