"""Co-funding by funder, year and line: totals, what is missing, each broken rule with its source."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.planning.cofunding import POST, Line, cofunding, programme_funding
from territ_kit.planning.funding import FundingRule, Post

RTPS = {"region": "rtps-region"}
NAMES = {"ars": "ARS", "region": "Région", "epci": "EPCI"}


def post(region=14_000.0, fte=1.0, cost=56_000.0):
    return Line(
        "Poste", [cost], {"ars": [28_000], "region": [region], "epci": [cost - 28_000 - region]}, fte=fte
    )


def test_the_post_of_the_pays_de_brezonne():
    """Exercise 6.1 of the course: 56 000, the ARS 28 000, the Region at most 14 000, 14 000 left."""
    plan = cofunding({"p": post()}, NAMES, years=1, rules=RTPS)
    assert plan.ceilings["ceiling"].tolist() == [14_000]
    assert plan.years.loc[1, "epci"] == 14_000
    assert plan.breaches.empty
    assert plan.verdict() == "Tout est financé. Aucune règle connue n’est dépassée."


def test_a_half_time_post_beside_it_brings_nothing_more_from_the_region():
    half = Line("Mi-temps", [28_000], {"epci": [28_000]}, fte=0.5)
    plan = cofunding({"p": post(), "h": half}, NAMES, years=1, rules=RTPS)
    assert plan.ceilings["ceiling"].tolist() == [14_000]


def test_asking_the_region_for_its_cap_breaks_its_rate_and_the_source_is_told():
    plan = cofunding({"p": post(20_000)}, NAMES, years=1, rules=RTPS)
    row = plan.breaches.iloc[0]
    assert row["kind"] == "ceiling"
    assert (
        "20\u202f000\u00a0€ sur les postes, pour 14\u202f000\u00a0€ au plus, à confirmer" in row["sentence"]
    )
    assert "document non daté" in row["source"]
    assert "1 règle à revoir" in plan.verdict()


def test_the_region_on_two_posts_is_told():
    second = Line("Second", [40_000], {"region": [1_000], "epci": [39_000]}, fte=1)
    plan = cofunding({"p": post(10_000), "s": second}, NAMES, years=1, rules=RTPS)
    assert plan.breaches["kind"].tolist() == ["posts"]


def test_the_region_on_an_action_is_not_judged_by_the_rule_of_posts():
    action = Line("Atelier", [5_000], {"region": [5_000]})
    assert cofunding({"a": action}, NAMES, years=1, rules=RTPS).breaches.empty


@pytest.mark.parametrize(("share", "broken"), [(30_000, False), (31_000, True)])
def test_the_ars_of_ile_de_france_pays_half_of_a_clsm_post_at_most(share, broken):
    line = Line("Poste CLSM", [60_000], {"ars": [share], "epci": [60_000 - share]}, fte=1)
    plan = cofunding({"p": line}, NAMES, years=1, rules={"ars": "clsm-ars-idf"})
    assert bool(len(plan.breaches)) == broken


def test_a_half_time_post_at_most_is_shared_between_the_posts_of_one_council():
    """Half of two full-time posts would be one full time paid: the rule stops at half of it."""
    rule = FundingRule(rate=0.5, max_fte=0.5)
    assert rule.share([Post(60_000), Post(60_000)]) == 30_000
    assert rule.share([Post(40_000), Post(60_000)]) == 30_000  # the dearest first: it is a ceiling
    assert rule.share([Post(60_000, 0.4)]) == 30_000
    assert rule.share([Post(0), Post(60_000)]) == 30_000


def test_shares_above_a_cost_are_told_and_fill_no_hole_elsewhere():
    lines = {
        "a": Line("Atelier", [10_000], {"ars": [12_000]}),
        "b": Line("Forum", [5_000], {"ars": [1_000]}),
    }
    plan = cofunding(lines, NAMES, years=1)
    assert plan.breaches["kind"].tolist() == ["over"]
    assert plan.missing_eur == 4_000
    assert plan.lines["excess"].to_dict() == {"a": 2_000, "b": 0}


def test_a_carrier_that_pays_nothing_is_told():
    action = Line("Atelier", [5_000], {"ars": [5_000]})
    plan = cofunding({"a": action}, NAMES, years=1, rules={"epci": "own"})
    assert plan.breaches["kind"].tolist() == ["own"]
    assert "hypothèse pédagogique" in plan.breaches["source"].iloc[0]


def test_an_empty_plan_breaks_no_rule():
    plan = cofunding({}, NAMES, rules={"epci": "own"})
    assert plan.verdict() == "Aucun coût n’est écrit."
    assert plan.breaches.empty


def test_a_programme_counts_its_post_each_year_and_its_actions(programme):
    plan = programme_funding(programme)
    assert plan.cost_eur == 3 * 56_000 + 30_000
    assert plan.missing_eur == 0
    assert plan.breaches.empty
    assert plan.lines.index.tolist() == [POST, "ecoute"]
    assert plan.years.loc[3, ["ars", "region", "epci"]].tolist() == [33_000, 14_000, 15_000]


def test_a_post_of_more_than_one_full_time_is_read_as_several(programme):
    """1.5 full-time posts at 84 000 €: the Region pays a quarter of one post of 56 000 €."""
    plan = programme_funding(programme.but(fte=1.5, post_cost=84_000))
    assert plan.ceilings["ceiling"].tolist() == [14_000] * 3


def test_the_printed_table_adds_up_by_row_and_by_column(programme):
    table = programme_funding(programme).table().set_index("Financeur")
    assert table.loc["Coût", "Total (€)"] == 198_000
    assert table.drop(index="Coût")["Total (€)"].sum() == 198_000
    assert table.loc["Coût", "Part (%)"] == 100


def test_a_share_of_an_unknown_funder_is_kept_under_its_id():
    plan = cofunding({"a": Line("Atelier", [5_000], {"mécène": [5_000]})}, {}, years=1)
    assert plan.funders == {"mécène": "mécène"}
    assert plan.missing_eur == 0


amounts = st.lists(st.integers(0, 9_000), max_size=3)


@given(st.lists(st.tuples(amounts, st.dictionaries(st.sampled_from("abc"), amounts, max_size=3)), max_size=4))
def test_what_is_granted_and_missing_is_the_cost_but_for_the_excess(rows):
    lines = {str(i): Line(str(i), costs, shares) for i, (costs, shares) in enumerate(rows)}
    plan = cofunding(lines, {})
    totals = plan.lines[["cost", "granted", "missing", "excess"]].sum()
    assert totals["granted"] + totals["missing"] - totals["excess"] == pytest.approx(totals["cost"])
    assert plan.years["missing"].sum() == pytest.approx(totals["missing"])
    assert plan.years[list(plan.funders)].to_numpy().sum() == pytest.approx(totals["granted"])


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: cofunding({}, {}, years=0), "0 ans ; attendu : 1 à 5"),
        (lambda: cofunding({}, {}, rules={"x": "loi"}), "suit la règle « loi »"),
        (lambda: cofunding({"a": Line("Forum", [-1])}, {}), "coût de Forum » vaut -1"),
        (
            lambda: cofunding({"a": Line("Forum", [1], {"ars": [math.nan]})}, {}),
            "part de ars, Forum » n’est pas rempli",
        ),
        (lambda: FundingRule(rate=0.5, max_fte=-1), "« max_fte » vaut -1"),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused(call, sentence):
    with pytest.raises(InputError, match=sentence):
        call()


@pytest.mark.parametrize(
    "line",
    [
        Line("Forum", [None]),
        Line("Forum", ["cent"]),
        Line("Forum", [1], {"ars": [None]}),
        Line("Forum", [1], fte="un mi-temps"),
        Line("Forum", [1], fte=-1),
    ],
)
def test_what_is_no_figure_is_refused_in_words(line):
    with pytest.raises(InputError, match=r"Forum.*attendu"):
        cofunding({"a": line}, {})
