"""Decisions folded over rows: what stands, what is signed, what no longer fits."""

from dataclasses import replace

import pytest

from pipeline.ledger import Cells, Curated, CuratedRow, Decision, MachineRow, added_id, replay
from tests.ledger.making import a_row, decided

TEXT = "She had alemtuzumab 30 mg and later neutropenia of grade 4."


def only(curated: Curated) -> CuratedRow:
    assert len(curated.rows) == 1
    return curated.rows[0]


def test_a_row_that_nobody_decided_on_is_the_machines() -> None:
    row = only(replay([a_row()], []))
    assert (row.status, row.cells, row.machine) == ("auto", a_row().cells, {})


@pytest.mark.parametrize(
    ("action", "after", "status", "dose", "machine"),
    [
        ("accept", {}, "accepted", "30", {}),
        ("reject", {}, "rejected", "30", {}),
        ("edit", {"dose_low": "3"}, "edited", "3", {"dose_low": "30"}),
        ("edit", {"dose_low": "30"}, "accepted", "30", {}),
    ],
)
def test_one_decision(action: str, after: Cells, status: str, dose: str, machine: Cells) -> None:
    row = only(replay([a_row()], [decided(a_row(), action, 1, after=after)]))
    assert (row.status, row.cells["review_status"]) == (status, status)
    assert (row.cells["dose_low"], row.machine) == (dose, machine)
    assert (row.curator, row.numbers, row.action) == ("ada", (1,), action)


def test_what_is_taken_back_stands_no_more_and_again_when_that_is_taken_back() -> None:
    row = a_row()
    edited = decided(row, "edit", 1, after={"dose_low": "3"})
    undone = decided(row, "undo", 2, undoes=1)
    redone = decided(row, "undo", 3, undoes=2)
    assert only(replay([row], [edited, undone])).status == "auto"
    assert only(replay([row], [redone, undone, edited])).cells["dose_low"] == "3"


def test_a_comment_decides_nothing() -> None:
    assert only(replay([a_row()], [decided(a_row(), "comment", 1, comment="look again")])).status == "auto"


def test_signed_values_stand_when_the_machine_reads_otherwise_and_the_curator_is_told() -> None:
    today = a_row(dose_low="3", dose_high="3", start="99", confidence="0.7")
    curated = replay([today], [decided(a_row(), number=1)])
    row = only(curated)
    assert (row.status, row.cells["dose_low"], row.cells["start"]) == ("edited", "30", "99")
    assert row.machine == {"dose_low": "3", "dose_high": "3"}
    assert [one.kept for one in curated.unfit] == [True]
    assert "dose_low: 3 instead of 30" in curated.unfit[0].reason


def test_an_edit_that_the_machine_has_learnt_is_no_edit_any_more() -> None:
    curated = replay([a_row(dose_low="3")], [decided(a_row(), "edit", 1, after={"dose_low": "3"})])
    assert (only(curated).status, curated.unfit) == ("accepted", ())


def test_cells_that_speak_of_an_edited_one_fall_silent() -> None:
    row = a_row(empty="route=not_reported;start_date=not_reported", slot_confidence="role=0.8;dose_low=0.9", route="")
    edited = decided(row, "edit", 1, after={"route": "oral", "dose_low": "3"})
    cells = only(replay([row], [edited])).cells
    assert (cells["empty"], cells["slot_confidence"]) == ("start_date=not_reported", "role=0.8")


def test_a_row_is_found_by_its_words_where_its_id_is_new() -> None:
    today = a_row(key="reg-9", start="210", end="227", quote="alemtuzu-\nmab 30 mg")
    other = a_row(key="reg-8", start="300", dose_low="10", dose_high="10", quote="alemtuzumab 10 mg")
    curated = replay([other, today], [decided(a_row(), number=1)])
    assert [(row.key, row.status) for row in curated.rows] == [("reg-8", "auto"), ("reg-9", "accepted")]


def test_what_was_decided_again_under_the_new_id_is_not_listed_as_lost() -> None:
    today = a_row(key="reg-9", start="210")
    first = decided(a_row(), "edit", 1, after={"dose_low": "3"})
    again = decided(replace(today, cells={**today.cells, "dose_low": "3"}), "reject", 2)
    curated = replay([today], [first, again])
    assert (only(curated).status, curated.unfit) == ("rejected", ())


def test_of_twins_the_nearest_to_where_it_is_expected() -> None:
    then = [a_row(key=f"old-{n}", start=str(n * 100)) for n in (1, 2, 3)]
    marker = a_row("toxicity", "old-t", start="50", quote="neutropenia")
    today = [a_row(key=f"new-{n}", start=str(n * 100 + 130)) for n in (1, 2, 3)]
    moved = a_row("toxicity", "new-t", start="180", quote="neutropenia")
    made = replay([moved, *today], [decided(marker, number=1), decided(then[1], "reject", 2)])
    assert [row.key for row in made.rows if row.status == "rejected"] == ["new-2"]


@pytest.mark.parametrize(
    ("today", "action"),
    [
        (a_row(key="reg-9", therapy="gemcitabine"), "accept"),
        (a_row(key="reg-9", doc_id="man"), "accept"),
        (a_row("toxicity", "tox-9", quote="alemtuzumab 30 mg"), "accept"),
        (a_row(key="reg-9", quote="he took nothing"), "reject"),
    ],
)
def test_what_fits_no_row_is_listed_and_changes_nothing(today: MachineRow, action: str) -> None:
    curated = replay([today], [decided(a_row(), action, 1)])
    assert only(curated).status == "auto"
    assert [(one.decision.number, one.kept) for one in curated.unfit] == [(1, False)]


def added(**cells: str) -> Decision:
    row = a_row("toxicity", "", start="36", end="47", quote="neutropenia", **cells)
    return decided(row, "add", 1, before={}, after=row.cells, evidence_id=added_id("toxicity", row.cells))


def test_an_added_row_stands_where_its_words_stand() -> None:
    one = added()
    row = only(replay([], [one], {"woman": TEXT}))
    assert (row.key, row.status, row.added, row.cells["start"]) == (one.evidence_id, "edited", True, "36")
    shifted = only(
        replay([], [one], {"woman": "A new first sentence. " + TEXT.replace("neutropenia", "neutro-\npenia")})
    )
    assert (shifted.cells["start"], shifted.cells["quote"]) == ("58", "neutro-\npenia")
    gone = replay([], [one], {"woman": "Nothing."})
    assert (gone.rows, gone.unfit[0].reason) == ((), "its words are no longer in the text")


def test_an_added_row_that_the_machine_reads_now_is_one_row() -> None:
    today = a_row("toxicity", "tox-9", start="36", end="47", quote="neutropenia of grade 4")
    row = only(replay([today], [added()], {"woman": TEXT}))
    assert (row.key, row.status, row.added) == ("tox-9", "accepted", False)


def test_a_split_makes_two_rows_of_one() -> None:
    row = a_row()
    part = {**row.cells, "dose_low": "10", "dose_high": "10"}
    key = added_id("regimen", part)
    split = decided(row, "split", 2, after=part, evidence_id=key)
    made = replay([row], [decided(row, "edit", 1, after={"dose_high": "30"}), split])
    assert [(one.key, one.cells["dose_low"], one.status) for one in made.rows] == [
        ("reg-1", "30", "accepted"),
        (key, "10", "edited"),
    ]


def test_a_merged_row_names_the_row_that_it_is_part_of() -> None:
    kept, gone = a_row(key="reg-7", quote="campath"), a_row(key="reg-8", start="40", quote="the antibody")
    then = replace(kept, cells={**kept.cells, "evidence_id": "reg-1"})
    merged = decided(gone, "merge", 2, after={"evidence_id": "reg-1"})
    made = replay([kept, gone], [decided(then, number=1), merged])
    assert [(row.status, row.merged_into) for row in made.rows] == [("accepted", ""), ("rejected", "reg-7")]


def test_a_row_follows_the_regimen_that_it_was_moved_to() -> None:
    """The regimens are numbered anew, and the row still belongs to the one that was meant."""
    regimen = a_row(key="reg-5", regimen_id="woman/P2#3", case_id="woman/P2")
    event = a_row("toxicity", "tox-1", quote="neutropenia")
    after = {"case_id": "woman/P2", "regimen_id": "woman/P2#1", "to_evidence_id": "reg-5"}
    made = replay([regimen, event], [decided(event, "move", 1, after=after)]).rows[1]
    assert (made.cells["regimen_id"], made.cells["case_id"], made.status) == ("woman/P2#3", "woman/P2", "edited")
    assert made.machine == {"case_id": "woman/P1", "regimen_id": "woman/P1#1"}
    assert "to_evidence_id" not in made.cells


def test_two_readings_that_agree_stand_and_others_wait_to_be_settled() -> None:
    row = a_row()
    first = decided(row, number=1)
    second = decided(row, number=2, reading=2, curator="grace")
    differs = decided(row, "edit", 2, reading=2, curator="grace", after={"dose_low": "3"})
    settled = decided(row, "edit", 3, reading=0, curator="emmy", after={"dose_low": "13"})
    assert only(replay([row], [first, second])).status == "accepted"
    open_still = replay([row], [first, differs])
    assert (only(open_still).status, len(open_still.unfit)) == ("auto", 2)
    assert only(replay([row], [first, differs, settled])).cells["dose_low"] == "13"


def test_a_patient_s_number_that_is_another_patient_s_now_is_refused() -> None:
    cells = {"case_id": "woman/P1", "doc_id": "woman", "case_label": "Patient 1", "age_years": "61", "sex": "female"}
    then = MachineRow(kind="case", cells=cells)
    edited = decided(then, "edit", 1, after={"age_years": "16"})
    assert only(replay([then], [edited])).cells["age_years"] == "16"
    stranger = MachineRow(kind="case", cells={**cells, "case_label": "Patient 9", "age_years": "5", "sex": "male"})
    assert [one.kept for one in replay([stranger], [edited]).unfit] == [False]
