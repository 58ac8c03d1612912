"""Rows of a ranked table, sorted on disk as they would be in memory."""

import random
from pathlib import Path

import pytest

from pipeline.batch.ranking import Ranking
from pipeline.tables import Row, Table, all_tables


@pytest.fixture
def table() -> Table:
    return next(table for table in all_tables() if table.ranked)


def row(table: Table, name: int, urgency: float) -> Row:
    return tuple(urgency if c == table.ranked else str(name) if c == "quote" else None for c in table.header)


@pytest.mark.parametrize("most", [3, 7, 1000])
def test_the_order_does_not_depend_on_memory(table: Table, tmp_path: Path, most: int) -> None:
    chance = random.Random(5)
    rows = [row(table, name, chance.randrange(4) / 4) for name in range(100)]
    ranking = Ranking(table, tmp_path, most)
    for at in range(0, 100, 4):
        ranking.add(rows[at : at + 4])
    found = [one for chunk in ranking.ranked() for one in chunk]
    ranking.close()
    at = table.header.index(table.ranked)
    assert [one[at] for one in found] == list(range(1, 101))
    expected = sorted(rows, key=table.urgency, reverse=True)
    quote = table.header.index("quote")
    assert [one[quote] for one in found] == [one[quote] for one in expected]
    assert list(tmp_path.iterdir()) == []


def test_no_rows(table: Table, tmp_path: Path) -> None:
    assert list(Ranking(table, tmp_path).ranked()) == []
