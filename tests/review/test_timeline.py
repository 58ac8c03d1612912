"""A patient's course: what has a time stands at it, and what has none is given none."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.large_run import write_large_run
from pipeline.ledger.ledger import open_ledger
from pipeline.review.book import Book, Sheet, Standing
from pipeline.review.rundir import RunDirectory
from pipeline.review.timeline import Chart, chart_of, placed
from pipeline.review.timeline.axis import axis_of

CASE = "report_0000/P1"


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    """One patient with two regimens, responses, toxicities and counts."""
    run = RunDirectory(write_large_run(tmp_path / "run", documents=1, rows_each=8))
    return Book(run, open_ledger(str(tmp_path / "ledger.sqlite"))).sheets["report_0000"]


def changed(sheet: Sheet, kind: str, **cells: str) -> Sheet:
    """The same with other cells in the rows of a kind, each in its turn where they are joined by a bar."""
    turns = {name: value.split("|") for name, value in cells.items()}
    counts = {"n": 0}

    def new(row: Standing) -> Standing:
        if row.kind != kind:
            return row
        turn = counts["n"]
        counts["n"] += 1
        own = {name: values[turn % len(values)] for name, values in turns.items()}
        return replace(row, row=replace(row.row, cells={**row.cells, **own}))

    return replace(sheet, facts=tuple(map(new, sheet.facts)))


def drawn(sheet: Sheet) -> Chart:
    return chart_of(placed(sheet, CASE))


def test_the_index_regimen_begins_at_day_0(sheet: Sheet) -> None:
    chart = drawn(changed(sheet, "regimen", duration_days="84|"))
    bar = chart.bars[0]
    assert bar.x == chart.zero
    assert not bar.is_open


def test_dates_place_a_regimen_beside_the_index_one(sheet: Sheet) -> None:
    times = [
        one.start
        for one in placed(changed(sheet, "regimen", start_date="2020-01-01|2020-03"), CASE)
        if one.standing.kind == "regimen"
    ]
    assert times == [0.0, 74.0]


def test_earlier_treatment_without_a_date_stands_in_the_margin(sheet: Sheet) -> None:
    chart = drawn(changed(sheet, "regimen", role="index|prior"))
    aside = [bar for bar in chart.bars if bar.is_aside]
    assert len(aside) == 1
    assert aside[0].x + aside[0].width < chart.left


def test_an_event_counts_from_its_regimen_s_start(sheet: Sheet) -> None:
    moved = changed(changed(sheet, "regimen", start_date="2020-01-01|2020-01-11"), "toxicity", onset_days="3")
    assert [one.start for one in placed(moved, CASE) if one.standing.kind == "toxicity"] == [3.0, 13.0]


def test_what_has_no_time_is_listed_and_not_drawn(sheet: Sheet) -> None:
    chart = drawn(sheet)
    assert {row.kind for row in chart.rest} == {"regimen", "response", "toxicity"}
    assert [mark.standing.kind for mark in chart.marks] == ["toxicity"]


def test_rows_that_are_no_facts_of_the_patient_are_left_out(sheet: Sheet) -> None:
    for column, word in (("attribution", "cohort"), ("assertion", "planned"), ("case_id", "")):
        assert all(
            one.standing.kind != "response" for one in placed(changed(sheet, "response", **{column: word}), CASE)
        )


def test_counts_are_lines_through_their_values(sheet: Sheet) -> None:
    (trace,) = drawn(sheet).traces
    assert (trace.name, trace.unit) == ("platelets", "10*9/L")
    low, high = trace.dots
    assert (low.label, high.label) == ("5", "6")
    assert low.x < high.x
    assert low.y > high.y


@pytest.mark.parametrize("days", [[], [0.0], [-30.0, 400.0], [5000.0], [0.5]])
def test_the_axis_has_room_for_all_and_few_ticks(days: list[float]) -> None:
    axis = axis_of(days, 100, 700)
    assert all(100 <= axis.at(day) <= 700 for day in [0, *days])
    assert 1 <= len(axis.ticks) <= 10
    assert "day 0" in {tick.label for tick in axis.ticks}
