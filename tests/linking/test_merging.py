"""One fact, one row."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.datamodel import Measurement, Response, Toxicity
from pipeline.linking.merging import filled, merge, same_course, same_measurement, same_response, same_toxicity, stated


def response(start=0, **slots):
    told = {"section": "case", "case": 1, "category": "CR", "category_text": "complete response", **slots}
    return Response(start=start, end=start + 17, quote="complete response", **told)


def count(start=0, value=18.0, **slots):
    told = {"section": "case", "case": 1, "unit": "10*9/L", **slots}
    return Measurement(
        start=start,
        end=start + 9,
        quote="platelets",
        analyte="platelets",
        analyte_text="platelets",
        value_low=value,
        value_high=value,
        **told,
    )


def event(start=0, term="anemia", **slots):
    told = {"section": "case", "case": 1, **slots}
    return Toxicity(start=start, end=start + len(term), quote=term, term=term, term_text=term, **told)


def test_a_fact_told_again_is_one_row_with_the_slots_of_both():
    abstract = response(10, section="abstract", compartment="skin")
    case = response(100, onset_days=84.0)
    (row,) = merge([abstract, case], same_response)
    assert (row.mentions, row.section, row.compartment, row.onset_days) == (2, "case", "skin", 84)


def test_the_quote_is_the_storys():
    (row,) = merge([count(10, section="abstract"), count(100)], same_measurement)
    assert (row.start, row.section) == (100, "case")


@pytest.mark.parametrize(
    "other",
    [
        count(50, value=19),
        count(50, case=2),
        count(50, comparator="<"),
        count(50, unit="10*12/L"),
        count(50, time_days=28.0),
        count(50, assertion="negated"),
    ],
)
def test_what_differs_in_value_patient_unit_or_time_stays_apart(other):
    assert len(merge([count(time_days=0.0), other], same_measurement)) == 2


def test_a_value_told_once_without_its_time_is_the_same():
    (row,) = merge([count(), count(50, time_days=28.0, time_text="week 4")], same_measurement)
    assert (row.mentions, row.time_days) == (2, 28)


@pytest.mark.parametrize(
    "other",
    [
        response(50, section="abstract", category="PD"),
        response(50, section="abstract", compartment="blood"),
        response(50, section="abstract", therapies=("dapsone",)),
        response(50, section="abstract", onset_days=7.0),
        response(50, category_text="remission of another kind"),
    ],
)
def test_other_turns_of_the_disease_stay_apart(other):
    first = response(compartment="skin", therapies=("alemtuzumab",), onset_days=84.0)
    assert len(merge([first, other], same_response)) == 2


@pytest.mark.parametrize(("one", "other"), [("CR", "resolved"), ("PR", "improved"), ("PD", "relapse")])
def test_different_words_for_one_turn_are_one_course(one, other):
    assert same_course(response(category=one), response(category=other))
    assert not same_course(response(category="CR"), response(category="PD"))


def test_a_death_is_told_once():
    first = response(category="death", category_text="died")
    (row,) = merge([first, replace(first, start=60, end=77, category_text="death")], same_response)
    assert row.mentions == 2


def test_one_event_of_one_patient_is_one_row():
    rows = merge([event(), event(40, grade=4), event(80, term="rash"), event(120, case=2)], same_toxicity)
    assert [(row.case, row.term, row.grade, row.mentions) for row in rows] == [
        (1, "anemia", 4, 2),
        (1, "rash", None, 1),
        (2, "anemia", None, 1),
    ]


def test_a_cohorts_events_differ_by_their_figures():
    rows = [event(start, attribution="cohort", case=None, incidence_low=rate) for start, rate in ((0, 5.0), (40, 9.0))]
    assert len(merge(rows, same_toxicity)) == 2


def test_what_a_row_states_is_never_overwritten():
    row = filled(count(time_text="day 3"), count(50, time_text="day 9", abnormal="low"))
    assert (row.time_text, row.abnormal, row.value_low) == ("day 3", "low", 18)


def test_a_row_that_states_more_counts_more():
    assert stated(count(abnormal="low", time_days=3.0)) == stated(count()) + 2


# Rows with no empty slot left to fill: what is the same is told alike, so the order of asking cannot matter.
_ROWS = st.lists(
    st.builds(
        count,
        st.integers(0, 500),
        value=st.sampled_from([10.0, 18.0]),
        case=st.sampled_from([1, 2]),
        section=st.sampled_from(["case", "abstract", "table"]),
        time_days=st.sampled_from([0.0, 28.0]),
    ),
    max_size=8,
    unique_by=lambda row: row.start,
)


@settings(max_examples=60)
@given(rows=_ROWS)
def test_merging_again_changes_nothing(rows):
    once = merge(rows, same_measurement)
    assert merge(once, same_measurement) == once


@settings(max_examples=60)
@given(rows=_ROWS, order=st.randoms(use_true_random=False))
def test_the_order_of_tellings_does_not_matter(rows, order):
    shuffled = list(rows)
    order.shuffle(shuffled)
    assert merge(shuffled, same_measurement) == merge(rows, same_measurement)


@settings(max_examples=60)
@given(rows=_ROWS)
def test_no_telling_is_lost(rows):
    kept = merge(rows, same_measurement)
    assert sum(row.mentions for row in kept) == len(rows)
    assert not any(same_measurement(a, b) and a.case == b.case for i, a in enumerate(kept) for b in kept[i + 1 :])


def test_a_long_report_compares_what_can_be_one_fact_alone():
    rows = [count(100 * number, value=float(number % 400)) for number in range(800)]
    asked = []

    def same(a, b):
        asked.append(a)
        return same_measurement(a, b)

    assert (len(merge(rows, same)), len(asked)) == (400, 400)
