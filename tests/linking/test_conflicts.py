"""Where a report contradicts itself."""

import pytest

TITLE = "Alemtuzumab for mycosis fungoides: a case report"
CAME = "She was admitted on 3 March 2020."
STARTED = "Alemtuzumab was started."


def conflicted(read, text, **parts):
    """Flags of conflict by table, with how many rows bear them."""
    result = read(text, **{"title": TITLE, **parts}).result
    rows = [*result.regimens, *result.responses, *result.measurements]
    return [flag for row in rows for flag in row.flags if flag.endswith("_conflict")]


def test_a_therapy_dated_before_the_patient_came(read):
    assert conflicted(read, f"{CAME} Alemtuzumab was started on 1 February 2020.") == ["date_conflict"]


@pytest.mark.parametrize(
    "text",
    [
        f"{CAME} Alemtuzumab was started on 1 April 2020.",
        f"{CAME} Alemtuzumab was started on 3 March 2020.",
        f"{CAME} She had previously been treated with dapsone, started on 1 February 2020.",
        "Alemtuzumab was started on 1 February 2020.",
    ],
)
def test_what_was_given_in_its_time_is_no_conflict(read, text):
    assert conflicted(read, text) == []


def test_a_date_outside_the_period_that_its_sentence_gives(read):
    text = "From May 2011 to April 2014 she received dapsone, and she took it again in June 2015."
    assert conflicted(read, text) == ["date_conflict"]


def test_a_date_within_the_period_is_none(read):
    text = "From May 2011 to April 2014 she received dapsone, and the dose was raised in June 2012."
    assert conflicted(read, text) == []


def test_a_value_told_otherwise_around_the_story(read):
    found = conflicted(
        read,
        f"{STARTED} After 4 weeks she had a platelet count of 18 × 10⁹/L.",
        abstract="After 4 weeks she had a platelet count of 81 × 10⁹/L.",
    )
    assert found == ["value_conflict", "value_conflict"]


@pytest.mark.parametrize(
    "abstract",
    [
        "After 4 weeks she had a platelet count of 18 × 10⁹/L.",
        "After 8 weeks she had a platelet count of 81 × 10⁹/L.",
        "After 4 weeks she had a haemoglobin of 9.1 g/dL.",
    ],
)
def test_the_same_value_another_time_or_another_test_is_no_conflict(read, abstract):
    assert conflicted(read, f"{STARTED} After 4 weeks she had a platelet count of 18 × 10⁹/L.", abstract=abstract) == []


RESPONDED = "A complete response was seen after 12 weeks."


def test_a_response_with_two_times(read):
    abstract = "She had a complete response to alemtuzumab after 26 weeks."
    assert set(conflicted(read, f"{STARTED} {RESPONDED}", abstract=abstract)) == {"date_conflict"}


@pytest.mark.parametrize("weeks", ["12", "13"])
def test_times_that_differ_by_rounding_agree(read, weeks):
    abstract = f"She had a complete response to alemtuzumab after {weeks} weeks."
    assert conflicted(read, f"{STARTED} {RESPONDED}", abstract=abstract) == []


def test_a_conflict_is_explained_to_the_curator(read):
    result = read(f"{CAME} Alemtuzumab was started on 1 February 2020.", title=TITLE).result
    (row,) = result.regimens
    (note,) = (note for note in row.notes if note.startswith("date_conflict: "))
    assert "2020-02-01" in note
    assert "2020-03-03" in note


def test_a_conflict_changes_no_value(read):
    assert read(f"{CAME} Alemtuzumab was started on 1 February 2020.", title=TITLE).given("start_date") == [
        ("alemtuzumab", "2020-02-01")
    ]


@pytest.mark.parametrize(
    ("abstract", "text"),
    [
        ("Her platelet count was 18 × 10⁹/L.", "Her platelet count was 81 × 10⁹/L."),
        ("Her ferritin rose to 12,000 ng/mL.", "Her ferritin rose to 1,200 ng/mL. Later ferritin was 310 ng/mL."),
        ("The patient took dapsone 100 mg daily.", "She took dapsone 200 mg daily."),
    ],
)
def test_an_abstract_that_tells_one_figure_otherwise(read, abstract, text):
    assert conflicted(read, text, abstract=abstract) == ["value_conflict", "value_conflict"]


@pytest.mark.parametrize(
    ("abstract", "text"),
    [
        ("Her platelet count was 18 × 10⁹/L.", "Her platelet count was 18.4 × 10⁹/L."),
        ("Her platelet count was 18 × 10⁹/L.", "Her platelet count was 18 × 10⁹/L. It rose to 81 × 10⁹/L."),
        ("Her ferritin rose to 900 ng/mL.", "Her ferritin was 310 ng/mL. Later ferritin was 420 ng/mL."),
        ("The patient took dapsone 100 mg daily.", "She took dapsone 200 mg weekly."),
    ],
)
def test_what_an_abstract_rounds_or_picks_out_is_no_conflict(read, abstract, text):
    assert conflicted(read, text, abstract=abstract) == []
