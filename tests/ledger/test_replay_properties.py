"""What holds of any course of decisions."""

import random

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ledger import Cells, CuratedRow, Decision, MachineRow, replay
from pipeline.ledger.standing import may_be_undone
from tests.ledger.making import a_row, decided

ROWS = [a_row(key=f"reg-{n}", start=str(n * 40), dose_low=str(n), quote=f"the drug, {n} mg") for n in range(3)]
STEPS = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["accept", "edit", "reject", "undo", "comment"]),
    st.sampled_from(["5", "7", "9"]),
)


@st.composite
def courses(draw: st.DrawFn) -> list[Decision]:
    """Decisions one after the other as a ledger takes them, each in view of the row as it stood."""
    made: list[Decision] = []
    for place, action, dose in draw(st.lists(STEPS, max_size=12)):
        now = as_it_stands(made)[place]
        chain = [one for one in made if one.evidence_id == now.key]
        row = MachineRow(kind="regimen", cells=now.cells)
        undoes = max(may_be_undone(chain), default=None) if action == "undo" else None
        if action == "undo" and (undoes is None or chain[-1].action == "comment"):
            continue
        after: Cells = {"dose_low": dose} if action == "edit" else {}
        made.append(decided(row, action, len(made) + 1, after=after, undoes=undoes))
    return made


def as_it_stands(decisions: list[Decision]) -> tuple[CuratedRow, ...]:
    return replay(ROWS, decisions).rows


@given(courses(), st.randoms(use_true_random=False))
def test_the_order_in_which_decisions_are_given_does_not_matter(made: list[Decision], chance: random.Random) -> None:
    shuffled = list(made)
    chance.shuffle(shuffled)
    assert as_it_stands(shuffled) == as_it_stands(made)


@given(courses())
def test_taking_back_the_last_decision_leaves_the_rows_as_they_were(made: list[Decision]) -> None:
    acting = [one for one in made if one.action not in ("undo", "comment")]
    if acting and acting[-1] is made[-1]:
        row = next(row for row in ROWS if row.key == made[-1].evidence_id)
        undo = decided(row, "undo", made[-1].number + 1, undoes=made[-1].number)
        assert as_it_stands([*made, undo]) == as_it_stands(made[:-1])


@given(courses())
def test_what_the_machine_said_can_be_had_back_from_every_row(made: list[Decision]) -> None:
    for row, machine in zip(as_it_stands(made), ROWS, strict=True):
        told = {**row.cells, **row.machine, "review_status": "auto"}
        assert told == machine.cells
        assert (row.status == "auto") == (row.numbers == ())


@given(courses())
def test_under_new_ids_the_same_decisions_give_the_same_values(made: list[Decision]) -> None:
    """A run over rewritten reports: other ids, other places."""
    moved = [
        MachineRow(kind=row.kind, cells={**row.cells, "evidence_id": f"new-{n}", "start": str(n * 40 + 1000)})
        for n, row in enumerate(ROWS)
    ]
    then, now = as_it_stands(made), replay(moved, made)
    assert [(row.status, row.cells["dose_low"]) for row in then] == [
        (row.status, row.cells["dose_low"]) for row in now.rows
    ]
    assert now.unfit == ()
