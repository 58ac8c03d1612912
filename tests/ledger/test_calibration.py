"""Learning from decisions: drawn to what curators say, held to what casebook comes with, and measured unseen."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.datamodel import Measurement
from pipeline.errors import UsageError
from pipeline.ledger import CuratedRow
from pipeline.ledger.calibration import Calibration, Judged, confidence_of, held_out, judged, refitted, shipped
from pipeline.ledger.calibration_figures import average_precision, lines, read_calibration, worth, written

BEFORE = shipped()
PLAIN = Measurement(
    start=0, end=9, quote="the value", section="case", analyte="platelets", analyte_text="x", value_low=1, value_high=1
)


def rows(right: int, wrong: int, doc_id: str = "a", **more: object) -> list[Judged]:
    """Measurements, ``wrong`` of them rejected."""
    fact = replace(PLAIN, **more)  # type: ignore[arg-type]
    one = Judged(doc_id=doc_id, kind="measurement", fact=fact, right=True, faultless=True)
    return [one] * right + [replace(one, right=False, faultless=False)] * wrong


def of(fact: Measurement, by: Calibration) -> float:
    return confidence_of("measurement", fact, by)


def test_nothing_decided_changes_nothing() -> None:
    assert refitted([], BEFORE) == BEFORE


def test_rejected_rows_draw_their_kind_down_and_leave_the_others() -> None:
    after = refitted(rows(20, 180), BEFORE)
    assert of(PLAIN, after) < 0.2 < 0.6 < of(PLAIN, BEFORE)
    assert after.weights["regimen"] == BEFORE.weights["regimen"]


def test_few_decisions_change_little() -> None:
    assert abs(of(PLAIN, refitted(rows(0, 1), BEFORE)) - of(PLAIN, BEFORE)) < 0.15


def test_a_flag_that_is_seldom_right_becomes_more_urgent() -> None:
    after = refitted(rows(5, 95, flags=("unit_missing",)), BEFORE).flags
    assert BEFORE.flags["unit_missing"] < 0.4 < 0.8 < after["unit_missing"]
    assert after["noisy_text"] == BEFORE.flags["noisy_text"]


def test_what_it_is_worth_is_measured_on_documents_not_seen() -> None:
    decided = [row for number in range(6) for row in rows(3, 9, doc_id=f"d{number}")]
    found = worth(held_out(decided, BEFORE), BEFORE)
    before, after = found.figures["all"].brier
    assert found.is_better
    assert after < before - 0.1
    assert found.figures["measurement"].error[1] < 0.1 < found.figures["measurement"].error[0]
    assert any("| measurement | 72 | 0.25 |" in line for line in lines(found))
    alone = rows(3, 9) + rows(12, 0, doc_id="b")
    (first, *_), (*_, last) = held_out(alone, BEFORE), held_out(alone, BEFORE)
    assert of(PLAIN, first[1]) > of(PLAIN, last[1]), "what b says decides on a, and the other way round"


def test_average_precision() -> None:
    assert average_precision([3, 2, 1], [True, False, True]) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision([1, 1], [True, False]) == 0.5
    assert average_precision([1], [False]) == 0


@pytest.mark.parametrize(
    ("status", "machine", "right", "faultless"),
    [
        ("accepted", {}, True, True),
        ("edited", {"unit": "g/L"}, True, False),
        ("edited", {"analyte": "leukocytes"}, False, False),
        ("edited", {"attribution": "cohort"}, False, False),
        ("rejected", {}, False, False),
    ],
)
def test_what_a_decision_says_of_the_machines_row(
    status: str, machine: dict[str, str], right: bool, faultless: bool
) -> None:
    cells = {
        "evidence_id": "mea-1",
        "doc_id": "a",
        "case_id": "a/P1",
        "attribution": "patient",
        "assertion": "affirmed",
    }
    cells |= {"start": "0", "end": "9", "quote": "the value", "section": "case", "mentions": "1", "confidence": "0.5"}
    cells |= {"analyte": "platelets", "value_low": "1", "value_high": "1", "unit": "10*9/L"}
    row = CuratedRow(kind="measurement", cells=cells, machine=machine, status=status)  # type: ignore[arg-type]
    (one,) = judged([row, replace(row, status="auto"), replace(row, added=True)])
    assert (one.right, one.faultless) == (right, faultless)
    assert isinstance(one.fact, Measurement)
    assert one.fact.analyte == machine.get("analyte", "platelets")


def test_the_file_comes_back(tmp_path: Path) -> None:
    decided = rows(5, 95, flags=("unit_missing",)) + rows(5, 5, doc_id="b")
    after, path = refitted(decided, BEFORE), tmp_path / "calibration.toml"
    path.write_text(written(after, worth(held_out(decided, BEFORE), BEFORE)), encoding="utf-8")
    assert read_calibration(path, BEFORE) == after


@pytest.mark.parametrize("told", ["nonsense", "[moods]\nbad = 1\n", "[flags]\nnoisy_text = 'often'\n", "regimen = 1\n"])
def test_a_file_that_is_no_calibration(told: str, tmp_path: Path) -> None:
    path = tmp_path / "calibration.toml"
    path.write_text(told, encoding="utf-8")
    with pytest.raises(UsageError, match="is no calibration"):
        read_calibration(path, BEFORE)
