"""Patients that stand only in a table: a row a patient, with columns of ages or sexes, in a report of cases."""

from pipeline.datamodel import Document, Table
from pipeline.segmentation.numbering import matches, number_of

_LEAST, _MOST = 2, 20


def listed(document: Document, title: str) -> dict[int, str]:
    """Number and label of each patient of a table whose rows are numbered from 1 without a gap; empty without one."""
    if not matches("series_title", title):
        return {}
    return max((_rows(document, table) for table in document.tables), key=len, default={})


def _rows(document: Document, table: Table) -> dict[int, str]:
    heads = {document.slice(cell) for cell in table.cells if cell.is_header or cell.row == 0}
    heads |= {words for cell in table.cells for words in cell.header}
    if not any(matches("person_head", words) for words in heads) or matches("published_table", table.caption):
        return {}
    if any(matches("published_head", words) for words in heads):
        return {}
    labels: dict[int, str] = {}
    for cell in table.cells:
        found = matches("row_label", document.slice(cell)) if cell.column == 0 and not cell.is_header else None
        if found:
            labels.setdefault(number_of(found["n"]), document.slice(cell).strip() if found["label"] else "")
    numbered = set(labels) == set(range(1, len(labels) + 1))
    return labels if numbered and _LEAST <= len(labels) <= _MOST else {}
