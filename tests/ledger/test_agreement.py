"""Two readers side by side."""

import pytest

from pipeline.ledger import added_id
from pipeline.ledger.agreement import FieldAgreement, agreement, kappa
from tests.ledger.making import a_row, decided


def test_kappa_is_cohens() -> None:
    """The table of the paper's textbook example: 20 and 15 alike, 5 and 10 apart; kappa 0.4."""
    said = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert kappa(said) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a"), ("a", "a")], None),
        ([("a", "b"), ("a", "b")], 0.0),
    ],
)
def test_kappa_at_its_ends(said: list[tuple[str, str]], value: float | None) -> None:
    assert kappa(said) == value


def test_fields_are_compared_where_both_keep_the_row() -> None:
    rows = [a_row(key=f"reg-{n}", dose_low=str(n)) for n in range(4)]
    made = [decided(row, number=n, curator="ada") for n, row in enumerate(rows, 1)]
    made += [decided(row, number=n, reading=2, curator="grace") for n, row in enumerate(rows[:2], 5)]
    made += [
        decided(rows[2], "edit", 7, reading=2, curator="grace", after={"dose_low": "20"}),
        decided(rows[3], "reject", 8, reading=2, curator="grace"),
    ]
    found = agreement(rows, made)
    told = {one.field: one for one in found.fields}
    assert (told["row"].rows, told["row"].agreed, told["row"].percent) == (4, 3, 75.0)
    assert (told["dose_low"].rows, told["dose_low"].agreed) == (3, 2)
    assert told["role"] == FieldAgreement(kind="regimen", field="role", rows=3, agreed=3, kappa=None)
    assert (found.both, found.waiting) == (4, 0)
    assert [(one.evidence_id, one.field, one.first, one.second) for one in found.to_settle] == [
        ("reg-2", "dose_low", "2", "20"),
        ("reg-3", "row", "kept", "rejected"),
    ]
    assert found.disagreements[0].second_curator == "grace"


def test_what_was_settled_is_no_longer_to_be_settled() -> None:
    row = a_row()
    made = [decided(row, number=1), decided(row, "reject", 2, reading=2), decided(row, number=3, reading=0)]
    found = agreement([row], made)
    assert (len(found.disagreements), found.to_settle) == (1, ())


def test_rows_that_one_reader_has_not_reached_wait() -> None:
    rows = [a_row(key="reg-1"), a_row(key="reg-2")]
    found = agreement(rows, [decided(rows[0], number=1), decided(rows[1], number=2, reading=2)])
    assert (found.both, found.waiting, found.fields) == (0, 2, ())


def test_a_row_that_one_reader_adds_is_absent_with_the_other() -> None:
    row, new = a_row(), a_row("toxicity", "", quote="neutropenia", start="50", end="61")
    key = added_id("toxicity", new.cells)
    add = decided(new, "add", 2, before={}, after=new.cells, evidence_id=key)
    alone = agreement([row], [decided(row, number=1), add])
    assert alone.waiting == 2
    both = agreement([row], [decided(row, number=1), add, decided(row, number=3, reading=2)])
    assert [(one.evidence_id, one.first, one.second) for one in both.to_settle] == [(key, "kept", "absent")]
