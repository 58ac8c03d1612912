"""See :mod:`benchmarks.structure`."""

import argparse
from pathlib import Path

from benchmarks.structure.cells import Cells, cells
from benchmarks.structure.pairs import pairs, read
from benchmarks.structure.parts import Agreement, agreement, share


def summary(name: str, parts: Agreement, tables: Cells) -> str:
    """One line."""
    return (
        f"{name:24} sections: same as markup {share(parts.true, parts.marked)}, as XML reader "
        f"{share(parts.alike, parts.found)}, of the body found {share(parts.found, parts.body)} | "
        f"cells right: of tables found {share(tables.right, tables.cells_found)}, of all "
        f"{share(tables.right, tables.cells)} ({tables.tables_found} of {tables.tables} tables found)"
    )


def main() -> None:
    """Measure all pairs and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="with PDF and JATS XML of the same names")
    parser.add_argument("--only", action="append", help="name of an article; the others are left out")
    parser.add_argument("-v", dest="verbose", action="count", default=0, help="each article; twice: and what is wrong")
    asked = parser.parse_args()
    parts, tables = Agreement(), Cells()
    for pdf, xml in pairs(*asked.folders):
        if asked.only and pdf.stem not in asked.only:
            continue
        printed, marked_up = read(pdf), read(xml)
        own, own_tables = agreement(printed, marked_up, xml), cells(printed, marked_up)
        parts, tables = parts + own, tables + own_tables
        if asked.verbose:
            print(summary(pdf.stem, own, own_tables))
        if asked.verbose > 1:
            print("\n".join(details(own, own_tables)))
    print(summary("all", parts, tables))


def details(parts: Agreement, tables: Cells) -> list[str]:
    """What is wrong with one article, a line each."""
    found = [f"    {read} instead of {true}: {count}" for (read, true), count in parts.unlike.most_common() if count]
    found += [f"    not found: {start}" for start in tables.missed]
    return found + [f"    {line}" for line in tables.wrong]


if __name__ == "__main__":
    main()
