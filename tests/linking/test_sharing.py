"""What is told once of a list of therapies."""

import pytest

SIX_MONTHS = pytest.approx(6 * 30.4375)


def test_a_duration_behind_a_list_holds_for_each_of_its_drugs(read):
    told = read("She received rifampicin 450 mg/day, isoniazid 750 mg/day and ethambutol 800 mg/day for six months.")
    assert told.given("dose_low", "dose_unit", "duration_days") == [
        ("ethambutol", 800, "mg/d", SIX_MONTHS),
        ("isoniazid", 750, "mg/d", SIX_MONTHS),
        ("rifampicin", 450, "mg/d", SIX_MONTHS),
    ]


def test_a_duration_between_two_drugs_is_the_first_ones(read):
    told = read("She received prednisone 50 mg for 2 weeks and azathioprine 100 mg daily.")
    assert told.given("duration_days") == [("azathioprine", None), ("prednisone", 14)]


def test_cycles_before_a_list_hold_for_each_of_its_drugs(read):
    told = read("She received two cycles of cisplatin and etoposide.")
    assert told.given("cycles") == [("cisplatin", 2), ("etoposide", 2)]


def test_cycles_before_a_long_list_reach_its_end(read):
    told = read("She received two cycles of cyclophosphamide, vincristine, etoposide and cisplatin.")
    assert {cycles for _, cycles in told.given("cycles")} == {2}


def test_a_route_before_a_list_holds_for_each_of_its_drugs(read):
    told = read("She received oral aspirin and ticagrelor.")
    assert told.given("route") == [("aspirin", "oral"), ("ticagrelor", "oral")]


@pytest.mark.parametrize(
    ("text", "routes"),
    [
        ("Meropenem (1 g) and vancomycin (2 g) were administered via intravenous injection.", ("intravenous",) * 2),
        ("Meropenem (1 g) was given, and vancomycin (2 g) was administered orally.", (None, "oral")),
    ],
)
def test_a_route_behind_the_verb_of_a_list_holds_for_each_of_its_drugs(read, text, routes):
    assert read(text).given("route") == [("meropenem", routes[0]), ("vancomycin", routes[1])]


def test_a_dose_is_never_shared(read):
    told = read("She received prednisone 50 mg and azathioprine.")
    assert told.given("dose_low") == [("azathioprine", None), ("prednisone", 50)]


def test_drugs_of_other_sentences_share_nothing(read):
    told = read("She received aspirin. Later she received ticagrelor for 3 weeks.")
    assert told.given("duration_days") == [("aspirin", None), ("ticagrelor", 21)]


CHOP = ["cyclophosphamide", "doxorubicin", "prednisone", "vincristine"]


def test_a_named_regimen_with_its_list_is_its_components_once(read):
    told = read(
        "She was treated with CHOP (cyclophosphamide, doxorubicin, vincristine, prednisone every two weeks) "
        "for three cycles."
    )
    assert told.given("regimen_name", "cycles", "per_week") == [(name, "CHOP", 3, 0.5) for name in CHOP]


def test_a_named_regimen_without_a_list_is_its_components(read):
    told = read("She was treated with CHOP for six cycles.")
    names = [name for name, *_ in told.given()]
    assert len(names) == 4
    assert {"cyclophosphamide", "doxorubicin", "vincristine"} < set(names)
    assert {row[1:] for row in told.given("regimen_name", "cycles")} == {("CHOP", 6)}


def test_components_listed_with_their_doses_keep_them(read):
    told = read(
        "She received CHOP (cyclophosphamide 750 mg/m2, doxorubicin 50 mg/m2, vincristine 2 mg and prednisone 100 mg)."
    )
    assert told.given("regimen_name", "dose_low", "dose_unit") == [
        ("cyclophosphamide", "CHOP", 750, "mg/m2"),
        ("doxorubicin", "CHOP", 50, "mg/m2"),
        ("prednisone", "CHOP", 100, "mg"),
        ("vincristine", "CHOP", 2, "mg"),
    ]


def test_components_of_a_regimen_are_one_regimen(read):
    rows = read("She was treated with CHOP for six cycles.").result.regimens
    assert len({row.group for row in rows}) == 1


def test_drugs_of_one_list_are_one_regimen_and_later_ones_another(read):
    told = read("She received cisplatin and etoposide. Three months later gemcitabine was given.")
    groups = {row.therapy: row.group for row in told.result.regimens}
    assert groups["cisplatin"] == groups["etoposide"] != groups["gemcitabine"]


def test_a_route_before_a_list_with_amounts_is_the_first_ones_alone(read):
    told = read("She received intravenous meropenem 1 g for 7 days and valganciclovir 900 mg for 21 days.")
    assert told.given("route") == [("meropenem", "intravenous"), ("valganciclovir", None)]
