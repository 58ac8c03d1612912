"""``casebook apply``: the tables of a run as the curators left them, with all that a run directory has."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import writers
from pipeline.datamodel import DocumentResult, Source
from pipeline.errors import UsageError
from pipeline.export.curation_columns import CASE_CURATION, CURATION, EVIDENCE_CURATION, RECONSIDER
from pipeline.export.run_tables import TABLES, RunTables, output_tables
from pipeline.files import make_folder, write_atomically
from pipeline.ledger import Curated, CuratedRow, Decision, Unfit, replay
from pipeline.ledger.keys import with_whole_keys
from pipeline.tables import Entry, Record, Row, Table, entry_of, misfits, typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What became of the decisions.

    Attributes:
        decisions: how many the ledger holds.
        rows: rows by review status, those that curators added under ``added`` as well.
        kept: decisions that hold though the machine reads the row otherwise now.
        lost: decisions that fit no row.
    """

    decisions: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)
    kept: int = 0
    lost: int = 0


def curate(run: RunTables, decisions: Sequence[Decision]) -> Curated:
    """The run's rows under the decisions; a row that no longer fits its table is the machine's again, and listed."""
    texts = {doc_id: run.text(doc_id) for doc_id in {one.doc_id for one in decisions} & set(run.documents)}
    curated = with_whole_keys(replay(run.rows, decisions, texts))
    by_number = {one.number: one for one in decisions}
    machine = {row.key: CuratedRow(kind=row.kind, cells=row.cells) for row in run.rows}
    rows, unfit = [], list(curated.unfit)
    for row in curated.rows:
        wrong = list(misfits(output_tables()[TABLES[row.kind]], row.cells)) if row.numbers else []
        if not wrong:
            rows.append(row)
            continue
        unfit += [Unfit(decision=by_number[number], reason="; ".join(wrong)) for number in row.numbers]
        rows += [machine[row.key]] if row.key in machine else []
    return Curated(rows=tuple(rows), unfit=tuple(unfit))


def apply(run: RunTables, decisions: Sequence[Decision], output: Path) -> Applied:
    """Write the curated tables into ``output``.

    Raises:
        UsageError: ``output`` cannot be written to, or is the run directory itself.
        OSError: the disk is full; the old tables stand.
    """
    if output.resolve() == run.folder.resolve():
        raise UsageError(f"{output} holds the machine's own tables: write the curated ones into another folder")
    make_folder(output)
    curated = curate(run, decisions)
    written = _rows(run, curated)
    every = list(written)
    draft = writers.draft_in(output)
    opened = writers.open_all(draft, every)
    try:
        for table, rows in written.items():
            for writer in opened:
                writer.rows(table, rows)
    finally:
        for writer in opened:
            writer.close()
    for doc_id in run.documents:
        source = run.folder / "text" / f"{doc_id}.txt"
        if source.is_file():
            (draft / "text" / source.name).write_bytes(source.read_bytes())
    writers.publish(output)
    applied = _counted(decisions, curated)
    _account(run.folder, output, applied)
    return applied


def _counted(decisions: Sequence[Decision], curated: Curated) -> Applied:
    facts = [row for row in curated.rows if row.kind != "case"]
    rows = Counter(row.status for row in facts) | Counter(added=sum(row.added for row in facts))
    kept = sum(one.kept for one in curated.unfit)
    return Applied(decisions=len(decisions), rows=dict(sorted(rows.items())), kept=kept, lost=len(curated.unfit) - kept)


def _account(run: Path, output: Path, applied: Applied) -> None:
    """The run's own account, and what was decided since."""
    path = run / "run.json"
    told = json.loads(path.read_bytes()) if path.is_file() else {}
    told["curation"] = {"decisions": applied.decisions, "rows": dict(applied.rows), "kept": applied.kept}
    told["curation"]["lost"] = applied.lost
    write_atomically(output / "run.json", json.dumps(told, indent=1).encode() + b"\n")


def _rows(run: RunTables, curated: Curated) -> dict[Table, list[Row]]:
    """The rows of each table, with what the curators said of them."""
    by_table: dict[str, list[CuratedRow]] = {name: [] for name in TABLES.values()}
    for row in curated.rows:
        by_table[TABLES[row.kind]].append(row)
    written: dict[Table, list[Row]] = {}
    for name, table in output_tables().items():
        if name in by_table:
            columns = CASE_CURATION if name == "cases" else CURATION
            wide = _wider(table, columns)
            written[wide] = [typed(wide, {**row.cells, **_told(row)}) for row in by_table[name]]
        elif name == "evidence":
            written[_wider(table, EVIDENCE_CURATION)] = list(_evidence(table, curated.rows))
        elif name == "review":
            written[table] = list(_left(table, run, curated.rows))
        else:
            written[table] = [typed(table, cells) for cells in _documents(run, curated.rows)]
    written[RECONSIDER] = [typed(RECONSIDER, _reconsidered(one)) for one in curated.unfit]
    return written


def _wider(table: Table, columns: Iterable[object]) -> Table:
    from dataclasses import replace

    return replace(table, columns=(*table.columns, *columns))  # type: ignore[arg-type]


def _told(row: CuratedRow) -> dict[str, str]:
    machine = json.dumps(dict(row.machine), ensure_ascii=False, sort_keys=True) if row.machine else ""
    return {
        "review_status": row.status,
        "curator": row.curator,
        "decided_at": row.decided_at,
        "decision": row.action,
        "merged_into": row.merged_into,
        "comment": row.comment,
        "machine": machine,
    }


def _evidence(table: Table, rows: Sequence[CuratedRow]) -> Iterator[Row]:
    """The long table, told anew from the curated cells, documents and quotes in their order."""
    at = table.header.index("review_status")
    facts = [row for row in rows if row.kind != "case"]
    order = {doc_id: place for place, doc_id in enumerate(dict.fromkeys(row.cells["doc_id"] for row in facts))}
    facts.sort(key=lambda row: (order[row.cells["doc_id"]], int(row.cells["start"]), int(row.cells["end"])))
    for row in facts:
        assert row.kind != "case"
        (cells,) = table.rows(_record(entry_of(row.kind, row.cells)))
        yield (*cells[:at], row.status, *cells[at + 1 :], row.curator or None, row.decided_at or None)


def _record(entry: Entry) -> Record:
    source = Source(doc_id=entry.doc_id, path="", sha256="")
    none: tuple[Entry, ...] = ()
    return Record(
        result=DocumentResult(source=source),
        cases=(),
        regimens=none,
        responses=none,
        toxicities=none,
        measurements=none,
        facts=(entry,),
    )


def _left(table: Table, run: RunTables, rows: Sequence[CuratedRow]) -> Iterator[Row]:
    """What is still to be looked at: the flagged rows that nobody has decided on."""
    open_still = {row.key for row in rows if row.status == "auto"}
    left = [cells for cells in run.tables["review"] if cells["evidence_id"] in open_still]
    for place, cells in enumerate(left, 1):
        yield typed(table, {**cells, "priority": str(place)})


def _documents(run: RunTables, rows: Sequence[CuratedRow]) -> Iterator[dict[str, str]]:
    facts = Counter(row.cells["doc_id"] for row in rows if row.kind != "case")
    cases = Counter(row.cells["doc_id"] for row in rows if row.kind == "case")
    for cells in run.tables["documents"]:
        if cells["status"] != "ok":
            yield dict(cells)
            continue
        doc_id = cells["doc_id"]
        yield {**cells, "n_rows": str(facts[doc_id]), "n_cases": str(cases[doc_id])}


def _reconsidered(one: Unfit) -> dict[str, str]:
    decision = one.decision
    told = decision.before or decision.after
    return {
        "number": str(decision.number),
        "evidence_id": decision.evidence_id,
        "kind": decision.kind,
        "doc_id": decision.doc_id,
        "decision": decision.action,
        "kept": "true" if one.kept else "false",
        "reason": one.reason,
        "curator": decision.curator,
        "decided_at": decision.decided_at,
        "quote": told.get("quote", ""),
        "changes": json.dumps(decision.changes, ensure_ascii=False, sort_keys=True) if decision.before else "",
    }
