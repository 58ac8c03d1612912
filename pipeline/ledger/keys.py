"""Keys that point somewhere: after rows were moved, every row's patient and regimen are still there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pipeline.ledger.folding import CuratedRow
from pipeline.ledger.replay import Curated


def with_whole_keys(curated: Curated) -> Curated:
    """The same with the keys of responses and toxicities led to where their regimen went, or emptied.

    Only for whole documents: a patient that is not among the rows counts as none.
    """
    cases = {row.key for row in curated.rows if row.kind == "case"}
    went = _where_regimens_went(curated.rows)
    return replace(curated, rows=tuple(_whole(row, cases, went) for row in curated.rows))


def _where_regimens_went(rows: Iterable[CuratedRow]) -> Mapping[str, str]:
    """A regimen's id as the machine has it -> as it is now, where all its rows went one way."""
    went: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.kind == "regimen":
            now = row.cells.get("regimen_id", "")
            went[row.machine.get("regimen_id", now)].add(now)
            went[now].add(now)
    return {then: then if then in now else min(now) for then, now in went.items() if then in now or len(now) == 1}


def _whole(row: CuratedRow, cases: set[str], went: Mapping[str, str]) -> CuratedRow:
    cells = dict(row.cells)
    if row.kind != "case" and cells.get("case_id") and cells["case_id"] not in cases:
        cells["case_id"] = ""
    if row.kind in ("response", "toxicity") and cells.get("regimen_id"):
        cells["regimen_id"] = went.get(cells["regimen_id"], "")
    return row if cells == row.cells else replace(row, cells=cells)
