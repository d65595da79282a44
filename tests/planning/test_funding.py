"""Funding: the published ceiling of an RTPS post, the general rule, the completeness of a plan."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.planning.funding import FundingPlan, FundingRule, Post, region_share


@pytest.mark.parametrize(
    ("cost", "fte", "share"),
    [
        (50_000, 1, 12_500),
        (80_000, 1, 20_000),
        (95_000, 1, 20_000),
        (30_000, 0.5, 7_500),
        (60_000, 0.5, 10_000),
    ],
)
def test_the_region_s_share_of_an_rtps_post(cost, fte, share):
    """Region Normandie: at most 25 % of one post, up to 20 000 euros for one full-time equivalent."""
    assert region_share(cost, fte) == share


@given(st.floats(0, 300_000), st.floats(0.05, 1))
def test_the_two_readings_of_part_time_differ_only_above_80_000_euros_per_full_time(cost, fte):
    whole, part = region_share(cost, fte, prorata=False), region_share(cost, fte)
    assert whole >= part
    if cost / fte <= 80_000:
        assert whole == pytest.approx(part)


@given(st.floats(0, 300_000), st.floats(0.05, 1), st.booleans())
def test_the_region_never_pays_more_than_a_quarter_nor_than_20_000_euros(cost, fte, prorata):
    assert 0 <= region_share(cost, fte, prorata=prorata) <= min(0.25 * cost, 20_000)


def test_a_second_post_receives_nothing():
    rule = FundingRule(rate=0.25, cap_eur=20_000, max_posts=1)
    assert rule.share([Post(50_000), Post(30_000, 0.5)]) == 12_500


def test_without_a_limit_every_post_counts():
    assert FundingRule(rate=0.5).share([Post(50_000), Post(30_000, 0.5)]) == 40_000


def test_a_rule_without_posts_pays_nothing():
    assert FundingRule(rate=0.5, cap_eur=10_000).share([]) == 0


@pytest.mark.parametrize(
    ("own", "verdict"),
    [
        (25_000, "Il manque 5\u202f000\u00a0€."),
        (30_000, "Le plan est équilibré : les parts couvrent le coût."),
        (31_000, "Les parts dépassent le coût de 1\u202f000\u00a0€."),
        (29_999.5, "Il manque 0,50\u00a0€."),
    ],
)
def test_a_plan_says_what_is_missing(own, verdict):
    plan = FundingPlan(80_000, {"Région": 20_000, "ARS": 30_000}, own)
    assert plan.verdict() == verdict


def test_thirds_of_a_cost_balance_it():
    """Three shares of 1/3 leave 1e-12 euro in floating point: nobody owes it."""
    assert FundingPlan(100, {"a": 100 / 3, "b": 100 / 3, "c": 100 / 3}).missing_eur == 0


@given(
    st.dictionaries(st.text("abc", min_size=1), st.integers(0, 50_000), max_size=4), st.integers(0, 90_000)
)
def test_the_rows_of_a_plan_add_up_to_its_cost(shares, own):
    table = FundingPlan(80_000, shares, own).table()
    assert table["Montant (€)"].sum() == pytest.approx(80_000)
    assert table["Part (%)"].sum() == pytest.approx(100)


def test_a_plan_that_costs_nothing_has_no_shares():
    assert FundingPlan(0).table()["Part (%)"].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: region_share(-1, 1), "« cost_eur » vaut -1 ; attendu : un montant en euros"),
        (lambda: region_share(math.nan, 1), "« cost_eur » n’est pas rempli"),
        (lambda: region_share(50_000, 0), "« fte » vaut 0 ; attendu : plus de 0 et au plus 1"),
        (lambda: region_share(50_000, 2), "« fte » vaut 2.*Décrivez chaque poste à part"),
        (lambda: FundingRule(rate=25), "« rate » vaut 25.*écrivez 0.25"),
        (lambda: FundingRule(rate=0.2, cap_eur=-1), "« cap_eur » vaut -1"),
        (lambda: FundingRule(rate=0.2, max_posts=-1), "« max_posts » vaut -1"),
        (lambda: FundingPlan(-5), "« cost_eur » vaut -5"),
        (lambda: FundingPlan(5, {"ARS": math.inf}), "« part de ARS » vaut inf"),
        (lambda: FundingPlan(5, {"Reste à trouver": 1}), "« Reste à trouver » est une ligne du tableau"),
        (lambda: FundingPlan(5, {"Structure porteuse": 1}), "« Structure porteuse ».*own_eur"),
        (lambda: FundingPlan(5, own_eur=-2), "« own_eur » vaut -2"),
    ],
)
def test_what_cannot_be_used_is_refused(call, sentence):
    with pytest.raises(InputError, match=sentence):
        call()


@pytest.mark.parametrize(
    ("cost", "fte"), [("50 000", 1), (None, 1), ([50_000], 1), (50_000, "0,5"), (50_000, None)]
)
def test_a_post_written_in_words_is_refused_in_words(cost, fte):
    with pytest.raises(InputError, match="attendu"):
        region_share(cost, fte)
