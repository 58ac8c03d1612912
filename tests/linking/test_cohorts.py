"""Rates of groups and cited studies."""

import pytest


def rates(read, text):
    rows = [r for r in read(discussion=text).result.responses if r.attribution == "cohort"]
    return [(r.category, r.value_low, r.value_high, r.n_responders, r.n_total) for r in rows]


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("The overall response rate was 45% with romidepsin in a trial.", (None, 45, 45, None, None)),
        ("In that study, complete response rates ranged from 14% to 25% with romidepsin.", ("CR", 14, 25, None, None)),
        (
            "A trial treated 93 patients with romidepsin. 31 of 93 patients had a partial response.",
            ("PR", None, None, 31, 93),
        ),
        ("In one trial of romidepsin, two of seven patients had a partial response.", ("PR", None, None, 2, 7)),
        (
            "A trial enrolled 93 patients. With romidepsin, 50 patients (54%) had stable disease.",
            ("SD", 54, 54, 50, 93),
        ),
        ("Mortality rates of patients with this infection are about 50%.", ("death", 50, 50, None, None)),
        ("Three patients took romidepsin. All three patients had a complete remission.", ("CR", None, None, 3, 3)),
    ],
)
def test_a_share_of_a_group(read, text, rate):
    assert rate in rates(read, text)


def test_a_comparison_gives_each_therapy_its_share(read):
    text = "Mogamulizumab showed a better overall response rate (28% vs 5%) compared to vorinostat in a trial."
    rows = [r for r in read(discussion=text).result.responses if r.attribution == "cohort" and r.value_low]
    assert {(r.therapies, r.value_low) for r in rows} == {(("mogamulizumab",), 28), (("vorinostat",), 5)}


def test_shares_that_follow_their_therapies_in_order(read):
    text = "In a trial, overall response rates with romidepsin and bexarotene were 34% and 45%, respectively."
    rows = [r for r in read(discussion=text).result.responses if r.attribution == "cohort" and r.value_low]
    assert {(r.therapies, r.value_low) for r in rows} == {(("romidepsin",), 34), (("bexarotene",), 45)}


def test_a_change_of_a_rate_is_two_shares(read):
    text = (
        "Compared with hemodialysis, the mortality rate of peritoneal dialysis decreased from 40 to 9% in that study."
    )
    rows = [r for r in read(discussion=text).result.responses if r.attribution == "cohort"]
    assert [r.value_low for r in rows] == [40, 9]
    assert all(r.category == "death" for r in rows)


@pytest.mark.parametrize(
    "text",
    [
        "The study had a power of 80% to detect a response rate with a two-sided alpha of 5%.",
        "The median overall survival of the patients was 12 months.",
        "Of 120 patients, 45% were female.",
    ],
)
def test_what_is_no_rate(read, text):
    assert rates(read, text) == []


def test_a_share_in_brackets_is_the_therapys_before_it(read):
    text = (
        "In the phase II trial of Miller et al. [4], treatment with nivolumab and ipilimumab led to higher response "
        "rates (33%) compared to nivolumab (17%)."
    )
    found = {(r.therapies, r.value_low) for r in read(discussion=text).result.responses if r.attribution == "cohort"}
    assert (("nivolumab",), 17) in found
    assert any("ipilimumab" in therapies for therapies, value in found if value == 33)


def test_one_sign_serves_two_percentages(read):
    text = "Miller et al. [4] reported that the 5-year survival rates after surgery were 56 and 25%, respectively."
    rows = [r for r in read(discussion=text).result.responses if r.attribution == "cohort"]
    assert sorted(r.value_low for r in rows) == [25, 56]


def test_a_group_of_none_is_no_group(read):
    assert rates(
        read, "There were 0 patients in that arm. With romidepsin, 50% of patients had a partial response."
    ) == [("PR", 50, 50, None, None)]
