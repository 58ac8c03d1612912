"""What a curator types, as the tables write it."""

import pytest

from pipeline.review.cells import BadCellError, checked
from pipeline.review.rundir import table_of
from pipeline.tables import Column

COLUMNS = {
    (kind, column.name): column
    for kind in ("regimen", "response", "toxicity", "measurement")
    for column in table_of(kind).columns
}


def column(kind: str, name: str) -> Column:
    return COLUMNS[kind, name]


@pytest.mark.parametrize(
    ("kind", "name", "typed", "kept"),
    [
        ("regimen", "dose_low", " 30.0 ", "30"),
        ("regimen", "dose_low", "0,25", "0.25"),
        ("regimen", "dose_low", "", ""),
        ("regimen", "days", "1, 3 5;29", "1;3;5;29"),
        ("regimen", "start_date", "2015-07", "2015-07"),
        ("regimen", "route", "oral", "oral"),
        ("toxicity", "grade", "4", "4"),
        ("toxicity", "serious", "true", "true"),
        ("toxicity", "therapies", "a ; b;;", "a;b"),
        ("measurement", "time_days", "-3", "-3"),
    ],
)
def test_cells_are_kept_as_the_tables_write_them(kind: str, name: str, typed: str, kept: str) -> None:
    assert checked(column(kind, name), typed) == kept


@pytest.mark.parametrize(
    ("kind", "name", "typed"),
    [
        ("regimen", "dose_low", "thirty"),
        ("regimen", "dose_low", "nan"),
        ("regimen", "dose_low", "1e999"),
        ("regimen", "per_week", "-1"),
        ("regimen", "line", "1.5"),
        ("regimen", "start_date", "July 2015"),
        ("regimen", "start_date", "2015-13"),
        ("regimen", "route", "by mouth"),
        ("regimen", "therapy", ""),
        ("regimen", "therapy", "a\x00b"),
        ("regimen", "therapy", "\ud800"),
        ("regimen", "therapy", "a" * 2001),
        ("regimen", "days", "one"),
        ("toxicity", "grade", "6"),
        ("toxicity", "serious", "yes"),
    ],
)
def test_what_cannot_stand_is_refused(kind: str, name: str, typed: str) -> None:
    with pytest.raises(BadCellError):
        checked(column(kind, name), typed)
