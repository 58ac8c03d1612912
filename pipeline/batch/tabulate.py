"""From results to the files of the run directory."""

from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from pipeline import tables, writers
from pipeline.batch.ranking import Ranking
from pipeline.batch.report import RunReport
from pipeline.datamodel import DocumentResult
from pipeline.tables import Record, Table
from pipeline.writers import Writer

_NAMED = 5  # documents without rows that a run's summary names


def tabulate(folder: Path, results: Iterable[tuple[DocumentResult, int]], report: RunReport) -> list[str]:
    """Write all files of a run directory from the documents' results.

    Rows go to the files document by document; no table is ever held in memory.

    Args:
        folder: the run directory.
        results: each document's result, with the number of the same files before it, in the order of the tables.
        report: gets the numbers of rows and flags.

    Returns:
        The paths of the files in ``folder``.

    Raises:
        OSError: a file cannot be written; those of the run before are untouched.
    """
    try:
        _draft(writers.draft_in(folder), results, report)
    except BaseException:
        writers.discard(folder)
        raise
    return writers.publish(folder)


def _draft(draft: Path, results: Iterable[tuple[DocumentResult, int]], report: RunReport) -> None:
    every = tables.all_tables()
    counts, flags = Counter({table.name: 0 for table in every}), Counter[str]()
    report.rowless, report.named, report.foreign = 0, [], {}
    with ExitStack() as closing:
        rankings = {table.name: Ranking(table, draft) for table in every if table.ranked}
        for ranking in rankings.values():
            closing.callback(ranking.close)
        opened = writers.open_all(draft, every)
        for writer in opened:
            closing.callback(writer.close)
        for result, copy in results:
            record = tables.keyed(result, copy)
            _note(record, report)
            flags.update(flag for entry in record.facts for flag in entry.fact.flags)
            for writer in opened:
                writer.document(record)
            for table in every:
                rows = table.rows(record)
                counts[table.name] += len(rows)
                if table.ranked:
                    rankings[table.name].add(rows)
                else:
                    _write(opened, table, rows)
        for table in every:
            if table.ranked:
                for rows in rankings[table.name].ranked():
                    _write(opened, table, rows)
    report.rows, report.flags = dict(sorted(counts.items())), dict(sorted(flags.items()))


def _note(record: Record, report: RunReport) -> None:
    """What a reader asks of a document that was read: whether it gave rows, and whether it is in English."""
    result = record.result
    if result.failure or result.used_instead:
        return
    if not record.facts:
        report.rowless += 1
        if len(report.named) < _NAMED:
            report.named.append(result.source.doc_id)
    if result.metadata.language not in ("", "en"):
        found = result.metadata.language
        report.foreign[found] = report.foreign.get(found, 0) + 1


def _write(opened: list[Writer], table: Table, rows: list[tables.Row]) -> None:
    for writer in opened:
        writer.rows(table, rows)
