"""How severe an event was."""

import pytest

TITLE = "Alemtuzumab for mycosis fungoides: a case report"


def graded(read, text):
    (row,) = (r for r in read(f"Alemtuzumab was started. {text}", title=TITLE).result.toxicities if r.case)
    return row


@pytest.mark.parametrize(
    ("text", "grade", "source"),
    [
        ("She developed grade IV neutropenia caused by alemtuzumab.", 4, "stated"),
        ("Alemtuzumab was stopped due to neutropenia (neutrophils 0.3 × 10⁹/L).", 4, "laboratory"),
        ("Alemtuzumab was stopped due to mild nausea.", 1, "severity_word"),
        ("Alemtuzumab was stopped due to severe neutropenia.", None, None),
        ("Alemtuzumab was stopped due to nausea.", None, None),
    ],
)
def test_where_a_grade_comes_from(read, text, grade, source):
    row = graded(read, text)
    assert (row.grade, row.grade_source) == (grade, source)


def test_a_grade_that_the_laboratory_contradicts_is_flagged(read):
    row = graded(read, "Alemtuzumab was stopped due to grade 2 neutropenia (neutrophils 0.3 × 10⁹/L).")
    assert row.grade == 2
    assert "grade_conflict" in row.flags
    assert any("grade 4 by CTCAE v5" in note for note in row.notes)


@pytest.mark.parametrize(
    ("words", "conflict"),
    [
        ("Grade 4 thrombocytopenia with a platelet count of 80 × 10⁹/L", True),
        ("Grade 4 thrombocytopenia with a platelet count of 12 × 10⁹/L", False),
    ],
)
def test_a_value_that_does_not_reach_the_stated_grade(read, words, conflict):
    text = f"Alemtuzumab was started. {words} occurred due to alemtuzumab."
    (row,) = read(text, title="Alemtuzumab for mycosis fungoides: a case report").result.toxicities
    assert ("grade_conflict" in row.flags) is conflict
