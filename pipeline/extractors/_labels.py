"""Row labels of tables: a first column that names groups of rows names them with the second."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row's label: its group's, and its own with the column that it stands in; 0 where there is none."""

    group: str
    own: str = ""
    column: int = 0

    def of(self, column: int) -> str:
        """The label of the cell in a column, which is not part of its own label."""
        if column == 0:
            return ""
        return f"{self.group} {self.own}".strip() if column != self.column else self.group


def row_labels(texts: Mapping[int, Mapping[int, str]]) -> dict[int, RowLabel]:
    """The label of each row.

    Args:
        texts: row -> column -> text of the cell; cells without text and header rows are left out.
    """
    labels: dict[int, RowLabel] = {}
    group = ""
    rows = sorted(texts)
    for row, following in zip(rows, [*rows[1:], -1], strict=False):
        cells, after = texts[row], texts.get(following, {})
        group = cells.get(0, group)
        grouped = 0 not in cells or (following > 0 and 0 not in after and not after.get(1, "")[:1].islower())
        own = cells.get(1, "")
        if grouped and len(cells) > 1 and own[:1].isalpha():
            labels[row] = RowLabel(group, own, 1)
        else:
            labels[row] = RowLabel(group)
    return labels
