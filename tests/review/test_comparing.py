"""Two blind readings: agreement, and settling what is left."""

from tests.review.conftest import Enter
from tests.review.test_desk import cell


def test_two_readings_are_compared_and_settled(enter: Enter) -> None:
    ana, ben = enter("ana"), enter("ben", blind=True)
    assert "No row has been decided on by two readers" in ana.open("/agreement")
    ana.open("/?kind=toxicity")
    same, apart = ana.rows()[:2]
    for reader in (ana, ben):
        reader.decide(same, "accept")
    ana.decide(apart, "edit", grade="2", outcome="recovered")
    ben.decide(apart, "edit", grade="3", outcome="recovered")
    page = ana.open("/agreement")
    assert "2 rows were read by both" in page
    assert "Disagreements to settle: 1." in page
    assert "blind reading" in ben.open("/agreement")
    assert apart not in ben.page
    page = ana.open(f"/row/{apart}?settle=1&status=any")
    assert "grade: 2 (ana) or 3 (ben)" in page
    ana.decide(apart, "edit", "?settle=1&status=any", grade="3", outcome="recovered")
    assert ana.status == 200
    assert "Disagreements to settle: 0." in ana.open("/agreement")
    ana.open(f"/row/{apart}")
    assert cell(ana, "grade") == "3"
