"""``text/<doc_id>.txt``: the canonical text that all offsets point into, UTF-8, newlines as they are."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.tables import Record, Row, Table
from pipeline.writers._clean import clean


def open_writer(draft: Path, tables: Sequence[Table]) -> "TextWriter":
    """A writer of one text a document that was read."""
    return TextWriter(draft / "text")


def text_bytes(text: str) -> bytes:
    """A document's text as it is written to disk."""
    return clean(text).encode("utf-8")


class TextWriter:
    """Writes each document's text when it comes."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder

    def document(self, record: Record) -> None:
        """Write the text, unless the document failed."""
        if record.result.failure is None:
            path = self._folder / f"{record.result.source.doc_id}.txt"
            path.write_bytes(text_bytes(record.result.text))

    def rows(self, table: Table, rows: Sequence[Row]) -> None:
        """Rows are the tables' business."""

    def close(self) -> None:
        """All is written."""
