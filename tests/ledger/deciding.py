"""A process that decides without end: ``python -m tests.ledger.deciding ADDRESS FIRST LAST``.

Writes the number of each decision to its output when the ledger has acknowledged it.
"""

import sys

from pipeline.ledger.ledger import open_ledger
from tests.ledger.making import a_row, decided


def main() -> None:
    address, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    ledger = open_ledger(address)
    for turn in range(first, last + 1):
        row = a_row(key=f"reg-{turn % 50}", quote=f"the words of turn {turn}")
        seen = ledger.last(row.key)
        made = ledger.append(decided(row, comment=str(turn)), seen.number if seen else 0)
        print(made.number, flush=True)


if __name__ == "__main__":
    main()
