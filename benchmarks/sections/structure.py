"""Sections and table cells of articles that are there as PDF and as JATS XML, read from both."""

from collections.abc import Iterator

from benchmarks.figures import Figure, Given
from benchmarks.structure.cells import Cells, cells
from benchmarks.structure.pairs import pairs, read
from benchmarks.structure.parts import Agreement, agreement, share

TITLE = "Structure of PDFs, beside the JATS XML of the same article"
RANK = 10


def measure(given: Given) -> Iterator[Figure]:
    """Sections and tables of the pairs among the reports; nothing where there are none."""
    parts, tables = Agreement(), Cells()
    for pdf, xml in pairs(given.reports):
        printed, marked_up = read(pdf), read(xml)
        parts, tables = parts + agreement(printed, marked_up, xml), tables + cells(printed, marked_up)
    if parts.body:
        yield Figure(
            what="characters of the body in the section that the markup names", ours=share(parts.true, parts.marked)
        )
        yield Figure(what="characters in the section that the XML's reader tells", ours=share(parts.alike, parts.found))
    if tables.tables:
        found = f"{tables.tables_found} of {tables.tables} tables"
        yield Figure(
            what=f"cells with the right header and label, of {found} found",
            ours=share(tables.right, tables.cells_found),
        )
        yield Figure(what="cells with the right header and label, of all", ours=share(tables.right, tables.cells))
