"""Agreement of two readers as two tables: ``agreement.csv`` and ``disagreements.csv``."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.datamodel.vocabulary import words
from pipeline.files import make_folder
from pipeline.ledger.agreement import Agreement
from pipeline.ledger.decision import RowKind
from pipeline.tables import Cell, Column, Row, Table
from pipeline.writers.csv import open_writer

AGREEMENT = Table(
    name="agreement",
    description="One row is a field that two readers have both filled, row by row.",
    columns=(
        Column(name="kind", kind="text", enum=words(RowKind), required=True, description="The kind of row."),
        Column(name="field", kind="text", required=True, description="The column; row: whether the row is kept."),
        Column(name="rows", kind="integer", required=True, description="Rows that both have decided on."),
        Column(name="agreed", kind="integer", required=True, description="Of these, rows that both say alike."),
        Column(name="percent", kind="number", required=True, description="Their share, 0 to 100."),
        Column(name="kappa", kind="number", description="Cohen's kappa; empty where both say one thing throughout."),
    ),
    primary_key="field",
    entries=lambda record: (),
)
DISAGREEMENTS = Table(
    name="disagreements",
    description="One row is a cell that two readers leave differently.",
    columns=(
        Column(name="doc_id", kind="text", required=True, description="The document."),
        Column(name="evidence_id", kind="text", required=True, description="The row; of a case its case_id."),
        Column(name="kind", kind="text", enum=words(RowKind), required=True, description="The kind of row."),
        Column(name="field", kind="text", required=True, description="The column; row: whether the row is kept."),
        Column(name="first", kind="text", description="What the first reader says."),
        Column(name="second", kind="text", description="What the second reader says."),
        Column(name="first_curator", kind="text", description="Who read first."),
        Column(name="second_curator", kind="text", description="Who read second."),
        Column(name="settled", kind="boolean", required=True, description="Whether somebody decided between them."),
        Column(name="quote", kind="text", description="The words that carry the row."),
    ),
    primary_key="evidence_id",
    entries=lambda record: (),
)


def write_agreement(found: Agreement, folder: Path) -> None:
    """Write both tables into ``folder``.

    Raises:
        UsageError: it cannot be written to.
    """
    make_folder(folder)
    writer = open_writer(folder, (AGREEMENT, DISAGREEMENTS))
    writer.rows(AGREEMENT, list(_fields(found)))
    names = DISAGREEMENTS.header
    writer.rows(DISAGREEMENTS, [tuple(_cell(getattr(one, name)) for name in names) for one in found.disagreements])
    writer.close()


def shown(found: Agreement) -> Iterator[str]:
    """Lines to be read: agreement by field, and what is left."""
    yield f"{found.both} rows read by both, {found.waiting} by one of them yet"
    if found.fields:
        yield f"{'':36}{'rows':>6}{'agreed':>8}{'%':>8}{'kappa':>8}"
    for one in found.fields:
        chance = "-" if one.kappa is None else f"{one.kappa:.2f}"
        yield f"{one.kind + ' ' + one.field:36}{one.rows:6}{one.agreed:8}{one.percent:8.1f}{chance:>8}"
    yield f"{len(found.to_settle)} disagreements to settle, {len(found.disagreements) - len(found.to_settle)} settled"


def _fields(found: Agreement) -> Iterator[Row]:
    for one in found.fields:
        chance = None if one.kappa is None else round(one.kappa, 4)
        yield (one.kind, one.field, one.rows, one.agreed, round(one.percent, 2), chance)


def _cell(said: object) -> Cell:
    return said if isinstance(said, bool) else str(said) or None
