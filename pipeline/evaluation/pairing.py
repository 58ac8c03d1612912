"""Which row is which gold row: pairs with most slots right first, patients numbered as fits best."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from pipeline.evaluation.comparing import Row, is_right, slots, states
from pipeline.evaluation.gold import FACTS, Gold, Wanted

_MOST_CASES = 6  # beyond that a series is taken as numbered, for the orders are too many to try
_LAST_NUMBER = re.compile(r"(\d+)\D*$")


@dataclass(frozen=True, slots=True)
class Pairing:
    """Rows and gold rows of one patient and assertion; ``pairs`` are their indices."""

    rows: Sequence[Row]
    wanted: Sequence[Wanted]
    pairs: Sequence[tuple[int, int]]


def case_number(row: Row) -> int:
    """The number at the end of the row's ``case_id``; 0 where there is none."""
    found = _LAST_NUMBER.search(row["case_id"])
    return int(found[1]) if found else 0


def pair_up(table: str, rows: Sequence[Row], wanted: Sequence[Wanted]) -> list[tuple[int, int]]:
    """Indices of rows and gold rows that state one fact, each at most once."""
    candidates = []
    for i, row in enumerate(rows):
        for j, want in enumerate(wanted):
            if states(table, row, want):
                right = sum(is_right(table, row, slot, cell) for slot, cell in slots(table, want).items())
                candidates.append((-right, bool(want.get("optional")), i, j))
    free_rows, free_wanted = set(range(len(rows))), set(range(len(wanted)))
    pairs = []
    for _, _, i, j in sorted(candidates):
        if i in free_rows and j in free_wanted:
            free_rows.discard(i)
            free_wanted.discard(j)
            pairs.append((i, j))
    return pairs


def pairings(table: str, rows: Sequence[Row], wanted: Sequence[Wanted], numbers: Mapping[int, int]) -> list[Pairing]:
    """The pairs of one table, patient by patient; of rows that are not affirmed only those that the gold asks for.

    Args:
        table: its name.
        rows: of the document's patients.
        wanted: its gold rows.
        numbers: a patient's number in the run -> in the gold.
    """
    by_case: dict[tuple[int, str], list[Row]] = defaultdict(list)
    gold_by_case: dict[tuple[int, str], list[Wanted]] = defaultdict(list)
    for row in rows:
        by_case[numbers.get(case_number(row), -1), row["assertion"]].append(row)
    for want in wanted:
        gold_by_case[want["case"], want.get("assertion", "affirmed")].append(want)
    keys = sorted({key for key in by_case if key[1] == "affirmed"} | set(gold_by_case))
    return [Pairing(by_case[key], gold_by_case[key], pair_up(table, by_case[key], gold_by_case[key])) for key in keys]


def best_numbers(rows: Mapping[str, Sequence[Row]], gold: Gold) -> dict[int, int]:
    """A patient's number in the run -> in the gold, so that most rows find their gold rows."""
    got = sorted({case_number(row) for table in FACTS for row in rows[table] if row["case_id"]})
    wanted = sorted(case["case"] for case in gold.cases)
    same = {number: number for number in got}
    if (got == wanted and len(wanted) == 1) or len(wanted) >= _MOST_CASES or len(got) > _MOST_CASES:
        return same
    fits = {(mine, theirs): _fit(rows, gold, mine, theirs) for mine in got for theirs in wanted}

    def fit(order: Mapping[int, int]) -> tuple[int, bool]:
        return sum(fits.get(pair, 0) for pair in order.items()), order == same

    return max((dict(zip(got, order, strict=False)) for order in _orders(got, wanted)), key=fit)


def _orders(got: Sequence[int], wanted: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Numbers of the gold for those of the run; negative ones fill up where the run has more patients."""
    surplus = range(-2, -2 - max(0, len(got) - len(wanted)), -1)
    return permutations([*wanted, *surplus], len(got))


def _fit(rows: Mapping[str, Sequence[Row]], gold: Gold, mine: int, theirs: int) -> int:
    found = 0
    for table in FACTS:
        own = [row for row in rows[table] if row["case_id"] and case_number(row) == mine]
        wanted = [want for want in gold.rows[table] if want["case"] == theirs]
        found += sum(len(one.pairs) for one in pairings(table, own, wanted, {mine: theirs}))
    return found
