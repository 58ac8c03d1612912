"""One ledger, the same on both databases: numbered, appended, never changed, no update lost."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from pipeline.errors import UsageError
from pipeline.ledger.ledger import Ledger, Stale, open_ledger
from tests.ledger.making import a_row, decided


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    opened = open_ledger(address)
    yield opened
    opened.close()


def test_what_is_appended_is_read_back(ledger: Ledger) -> None:
    row = a_row(quote="10⁹/L 😀 'quoted' \\ and\nbroken")
    first = ledger.append(decided(row, comment="naïve — 😀"), expected=0)
    second = ledger.append(decided(row, "edit", after={"dose_low": "3"}), expected=1)
    assert (first.number, second.number) == (1, 2)
    assert ledger.decisions() == (first, second)
    assert ledger.decisions(since=1) == (second,)
    assert ledger.decisions(doc_id="woman", evidence_id="reg-1") == (first, second)
    assert ledger.decisions(doc_id="man") == ()
    assert ledger.last("reg-1") == second
    assert ledger.last("reg-2") is None


def test_it_is_still_there_when_opened_again(ledger: Ledger, address: str) -> None:
    made = ledger.append(decided(a_row()), expected=0)
    ledger.close()
    again = open_ledger(address)
    assert again.decisions() == (made,)
    again.close()


def test_who_has_not_seen_the_last_decision_is_told(ledger: Ledger) -> None:
    row = a_row()
    theirs = ledger.append(decided(row, "reject", curator="grace"), expected=0)
    for expected in (0, 7):
        with pytest.raises(Stale, match="grace decided meanwhile") as told:
            ledger.append(decided(row), expected=expected)
        assert told.value.latest == theirs
    assert ledger.decisions() == (theirs,)


def test_rows_do_not_stand_in_each_others_way(ledger: Ledger) -> None:
    ledger.append(decided(a_row(key="reg-1")), expected=0)
    assert ledger.append(decided(a_row(key="reg-2")), expected=0).number == 2


def test_blind_readers_do_not_see_each_other_and_who_settles_sees_both(ledger: Ledger) -> None:
    row = a_row()
    first = ledger.append(decided(row, reading=1), expected=0)
    second = ledger.append(decided(row, "reject", reading=2, curator="grace"), expected=0)
    assert ledger.last(row.key, reading=1) == first
    with pytest.raises(Stale):
        ledger.append(decided(row, reading=0, curator="emmy"), expected=first.number)
    settled = ledger.append(decided(row, reading=0, curator="emmy"), expected=second.number)
    assert ledger.last(row.key, reading=1) == settled


def test_only_the_last_standing_decision_is_taken_back(ledger: Ledger) -> None:
    row = a_row()
    ledger.append(decided(row, "edit", after={"dose_low": "3"}), expected=0)
    ledger.append(decided(row), expected=1)
    with pytest.raises(UsageError, match="cannot be taken back"):
        ledger.append(decided(row, "undo", undoes=1), expected=2)
    ledger.append(decided(row, "undo", undoes=2), expected=2)
    ledger.append(decided(row, "undo", undoes=1), expected=3)
    assert [one.action for one in ledger.decisions()] == ["edit", "accept", "undo", "undo"]


@pytest.mark.parametrize(
    "statement", ["UPDATE casebook_decisions SET curator = 'eve'", "DELETE FROM casebook_decisions"]
)
def test_the_database_itself_refuses_to_forget(ledger: Ledger, statement: str) -> None:
    made = ledger.append(decided(a_row()), expected=0)
    with pytest.raises(DBAPIError, match="only ever added"), ledger._engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert ledger.decisions() == (made,)


def test_two_writers_at_once_lose_nothing(ledger: Ledger, address: str) -> None:
    """Both decide on the same rows as fast as they can; of each moment one wins, and the other is told."""
    other = open_ledger(address)
    told: list[int] = []
    made: list[int] = []

    def decide(through: Ledger, curator: str) -> None:
        for turn in range(40):
            row = a_row(key=f"reg-{turn % 4}")
            last = through.last(row.key)
            try:
                made.append(through.append(decided(row, curator=curator), last.number if last else 0).number)
            except Stale:
                told.append(turn)

    threads = [threading.Thread(target=decide, args=pair) for pair in ((ledger, "ada"), (other, "grace"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = ledger.decisions()
    assert len(made) + len(told) == 80
    assert sorted(made) == [one.number for one in kept] == list(range(1, len(kept) + 1))
    other.close()


def test_a_ledger_moves_into_an_empty_one_as_it_is(ledger: Ledger) -> None:
    row = a_row()
    kept = [decided(row, number=3), replace(decided(row, "undo", number=8, undoes=3), comment="no")]
    assert ledger.adopt(reversed(kept)) == 2
    assert list(ledger.decisions()) == kept
    assert ledger.adopt(kept) == 0
    assert ledger.append(decided(row), expected=8).number == 9


def test_what_does_not_fit_is_taken_in_not_at_all(ledger: Ledger) -> None:
    mine = ledger.append(decided(a_row(key="reg-1")), expected=0)
    theirs = [decided(a_row(key="reg-2"), number=1), decided(a_row(key="reg-1"), "reject", number=2)]
    with pytest.raises(Stale):
        ledger.adopt(theirs)
    assert ledger.decisions() == (mine,)
    assert ledger.adopt(theirs[:1]) == 1
    assert [one.number for one in ledger.decisions()] == [1, 2]


@pytest.mark.parametrize(("bad", "said"), [("mysql://host/db", "not in mysql"), ("://", "no address")])
def test_an_address_that_is_none(bad: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        open_ledger(bad)


def test_a_server_that_does_not_answer() -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        open_ledger("postgresql://nobody@127.0.0.1:1/nothing")
