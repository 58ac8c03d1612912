"""What stands around a value in a laboratory table: its test, its unit, its reference range."""

from pipeline import units
from pipeline.datamodel import Cell, Mention, Table
from pipeline.linking._measurements.ranges import Range, plain_range, range_in, without_ranges
from pipeline.linking.cues import load_cues
from pipeline.linking.scene import Scene


def test_of(scene: Scene, table: Table, cell: Cell) -> tuple[Cell, Mention] | None:
    """The test that the nearest cell on the left names, else that of the column's header.

    A table can have two blocks side by side (``WBC | 12,300 | AST | 85``), so the row's first test is not its only one.
    """
    beside = [o for o in table.cells if o.row == cell.row and o.column < cell.column and not o.is_header]
    above = [o for o in table.cells if o.is_header and o.column == cell.column]
    for other in (*sorted(beside, key=lambda o: -o.column), *above):
        mention = next(iter(scene.inside(other, "ANALYTE")), None)
        if mention is not None and not _begins_with_figure(scene, other):
            return other, mention
    return None


def unit_of(scene: Scene, table: Table, cell: Cell, label: Cell) -> str:
    """UCUM code of the unit that the test's own cell, the column's head, or the row's cell for units gives."""
    found = _unit(scene.document.slice(label)) or _unit(" ".join(cell.header))
    if found:
        return found
    own = (c for c in _block(table, cell, label) if load_cues("tables")["unit"].search(" ".join(c.header)))
    return next((code for c in own if (code := units.ucum(scene.document.slice(c)))), "")


def range_of(scene: Scene, table: Table, cell: Cell, label: Cell) -> Range | None:
    """The range that the test's own cell or the column's head gives, else the row's cell in a column of ranges."""
    heads = [label, *(o for o in table.cells if o.is_header and o.column == cell.column)]
    stated = next((found for head in heads if (found := range_in(scene.document.slice(head)))), None)
    if stated is not None:
        return stated
    beside = (c for c in _block(table, cell, label) if is_range_column(c))
    return next((found for c in beside if (found := plain_range(scene.document.slice(c)))), None)


def is_range_column(cell: Cell) -> bool:
    """Whether the cell stands in a column of reference ranges."""
    return bool(load_cues("tables")["range"].search(" ".join(cell.header)))


def _block(table: Table, cell: Cell, label: Cell) -> list[Cell]:
    """The row's cells that speak of the same test: those behind the test's cell first, the nearest first."""
    row = [c for c in table.cells if c.row == cell.row and c is not cell and not c.is_header]
    first = label.column if label.row == cell.row else 0
    return sorted(row, key=lambda c: (c.column < first, abs(c.column - cell.column)))


def _begins_with_figure(scene: Scene, cell: Cell) -> bool:
    """``1.2 (protein 0.3)`` is a value, not the name of a test; ``24-h protein`` is one."""
    text = scene.document.slice(cell).strip()
    return text[:1].isdigit() and text.partition(" ")[0].replace(",", "").replace(".", "").isdigit()


def _unit(head: str) -> str:
    """UCUM code of the unit that a table's head names, also beside its range (``Free T4 (0.89–1.76 ng/dL)``)."""
    return units.unit_of_label(head) or units.unit_of_label(without_ranges(head))
