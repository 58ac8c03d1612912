"""Reviewed documents as gold: what the curators signed, in the form that ``casebook evaluate`` reads.

A document is reviewed when each of its rows about a patient has been decided on. Rejected rows become traps.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.export.run_tables import TABLES, RunTables, output_tables
from pipeline.ledger import Cells, CuratedRow
from pipeline.tables import Cell, parsed
from pipeline.toml import read_toml

_UNSAID = frozenset({"unknown", "not_stated"})
_CASE = re.compile(r"/P(\d+)$")
_FACTS = ("regimens", "responses", "toxicities", "measurements")
_OTHERS = ("cohort", "recommendation")


def reviewed(rows: Iterable[CuratedRow]) -> list[str]:
    """The documents of which every row about a patient has been decided on; where there is none, every row."""
    left: dict[str, Counter[bool]] = {}
    for row in rows:
        if row.kind != "case":
            is_patients = row.cells["attribution"] == "patient"
            counts = left.setdefault(row.cells["doc_id"], Counter())
            counts[is_patients] += row.status == "auto"
    return sorted(doc_id for doc_id, counts in left.items() if not counts[True in counts])


def gold_of(run: RunTables, doc_id: str, rows: Sequence[CuratedRow]) -> str:
    """The document's gold file.

    Args:
        run: where the document stands.
        doc_id: of the document.
        rows: the curated rows; those of other documents are passed over. Rows about cohorts and recommendations are
            taken where they were decided on, as gold need not name all of them.
    """
    own = [row for row in rows if row.cells["doc_id"] == doc_id]
    lists: dict[str, list[dict[str, Any]]] = {name: [] for name in ("cases", *_FACTS, *_OTHERS, "traps")}
    for row in own:
        name, told = _placed(row)
        if name:
            lists[name].append(told)
    doc_type = run.documents[doc_id].get("doc_type", "") or "other"
    head = [_line({"doc": doc_id}), _line({"doc_type": doc_type})]
    return "\n".join([*head, *(line for name, told in lists.items() for line in _listed(name, told)), ""])


def write_gold(run: RunTables, rows: Sequence[CuratedRow], folder: Path) -> list[Path]:
    """One ``<doc_id>.yaml`` a reviewed document; their paths."""
    from pipeline.files import write_atomically

    paths = []
    for doc_id in reviewed(rows):
        paths.append(folder / f"{doc_id}.yaml")
        write_atomically(paths[-1], gold_of(run, doc_id, rows).encode())
    return paths


def _placed(row: CuratedRow) -> tuple[str, dict[str, Any]]:
    """The list of the gold file that the row goes into, and what it says there; no list where it has no place."""
    table = TABLES[row.kind]
    if row.kind == "case" and row.status == "rejected":
        return "", {}
    if row.kind == "case":
        label = row.cells.get("case_label", "")
        told = {"case": _number(row.cells["case_id"]), **({"label": label} if label else {})}
        return "cases", told | _slots(table, row.cells)
    quote = " ".join(row.cells["quote"].split())
    attribution, assertion = row.cells["attribution"], row.cells["assertion"]
    if row.status == "rejected":
        is_trap = attribution == "patient" and assertion == "affirmed" and not row.merged_into
        return ("traps", {"why": row.comment or f"no {row.kind}", "quote": quote}) if is_trap else ("", {})
    if attribution == "patient":
        hedge = {} if assertion == "affirmed" else {"assertion": assertion}
        return table, {"case": _number(row.cells["case_id"]), **_slots(table, row.cells), **hedge, "quote": quote}
    if attribution in _OTHERS and row.status != "auto":
        return attribution, {"table": table, **_slots(table, row.cells), "quote": quote}
    return "", {}


def _number(case_id: str) -> int:
    """The patient's number; -1 where the row has none, as the comparison counts it."""
    found = _CASE.search(case_id)
    return int(found[1]) if found else -1


def _slots(table: str, cells: Cells) -> dict[str, Any]:
    columns = {column.name: column for column in output_tables()[table].columns}
    told: dict[str, Any] = {}
    for slot, names in _wanted()[table].items():
        ends = [parsed(columns[name], cells.get(name, "")) for name in names]
        stated = [_plain(slot, end) for end in ends if end is not None and end not in _UNSAID]
        if stated:
            told[slot] = stated if len(set(map(str, stated))) == 2 else stated[0]
    return told


def _plain(slot: str, cell: Cell) -> Any:
    """A cell as YAML says it; of several therapies any is right."""
    if isinstance(cell, tuple):
        return "|".join(map(str, cell)) if slot == "therapy" else list(cell)
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell


def _listed(name: str, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """A list as the hand-written ones are set: one row a line."""
    if not rows:
        yield f"{name}: []"
        return
    yield f"{name}:"
    yield from (f"  - {_line(row, flow=True)}" for row in rows)


def _line(told: dict[str, Any], flow: bool = False) -> str:
    dumped = yaml.safe_dump(told, default_flow_style=flow, allow_unicode=True, sort_keys=False, width=2**31)
    return str(dumped).rstrip("\n")


@cache
def _wanted() -> dict[str, dict[str, list[str]]]:
    return read_toml(Path(__file__).with_name("gold.toml"))
