"""From results to the files of the run directory."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline import tables, writers
from pipeline.batch.report import RunReport
from pipeline.datamodel import DocumentResult
from pipeline.tables import Row


def tabulate(folder: Path, results: Iterable[tuple[DocumentResult, int]], report: RunReport) -> list[str]:
    """Write all files of a run directory from the documents' results.

    Args:
        folder: the run directory.
        results: each document's result, with the number of the same files before it, in the order of the tables.
        report: gets the numbers of rows and flags.

    Returns:
        The paths of the files in ``folder``.

    Raises:
        OSError: a file cannot be written; those of the run before are untouched.
    """
    every = tables.all_tables()
    counts, flags = Counter({table.name: 0 for table in every}), Counter[str]()
    ranked: dict[str, list[Row]] = {table.name: [] for table in every if table.ranked}
    opened = writers.open_all(writers.draft_in(folder), every)
    try:
        for result, copy in results:
            record = tables.keyed(result, copy)
            flags.update(flag for entry in record.facts for flag in entry.fact.flags)
            for writer in opened:
                writer.document(record)
            for table in every:
                rows = table.rows(record)
                counts[table.name] += len(rows)
                if table.ranked:
                    ranked[table.name] += rows
                    continue
                for writer in opened:
                    writer.rows(table, rows)
        for table in every:
            if table.ranked:
                for writer in opened:
                    writer.rows(table, table.rank(ranked[table.name]))
    finally:
        for writer in opened:
            writer.close()
    report.rows, report.flags = dict(sorted(counts.items())), dict(sorted(flags.items()))
    return writers.publish(folder)
