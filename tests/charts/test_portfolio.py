"""What each budget buys, drawn as a stair, and the list of what is kept."""

import math

import pandas as pd
import pytest

from territ_kit.charts.label import Label
from territ_kit.charts.portfolio import PortfolioChart
from territ_kit.planning.portfolio import Rules, choose, frontier


@pytest.fixture
def actions():
    return pd.DataFrame(
        {"title": ["Guichet", "Pairs", "Fête"], "value": [8, 5, 4], "cost": [60_000, 40_000, 30_000]},
        index=list("abc"),
    )


def show(actions, budget, size="wide", **rules):
    chart = PortfolioChart(size=size)
    settings = Rules(budget=budget, **rules)
    picture = chart.show(
        frontier(actions, settings, points=14), choose(actions, settings), actions, budget=budget
    )
    return chart, picture


def words(chart):
    return [one.get_text() for one in chart.pen._drawn if isinstance(one, Label)]


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_the_stair_the_budget_and_the_list_are_drawn(actions, size):
    chart, _ = show(actions, 100_000, size)
    assert {"Gardées (2)", "Laissées (1)", "votre budget", "Fête"} <= set(words(chart))
    assert chart.png(1)


def test_the_title_says_how_many_hold_in_the_budget(actions):
    assert show(actions, 100_000)[1].title == "Avec 100\u202f000\u00a0€, 2 actions sur 3 sont gardées"
    assert show(actions, 30_000)[1].title.endswith("1 action sur 3 est gardée")
    assert show(actions, 1_000)[1].title.endswith("aucune action n’est gardée")
    assert show(actions, math.inf)[1].title.startswith("Sans limite de budget")


def test_what_binds_and_the_last_euro_are_told(actions):
    _, picture = show(actions, 100_000)
    assert "le budget" in picture.reading[0]
    assert "30\u202f000\u00a0€ de plus" in picture.alt
    assert picture.table["Choix"].tolist() == ["gardée", "gardée", "laissée"]


def test_the_actions_given_are_left_as_they_were(actions):
    before = actions.copy()
    show(actions, 100_000)
    pd.testing.assert_frame_equal(actions, before)


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_many_actions_are_counted_when_they_are_not_listed(size):
    many = pd.DataFrame(
        {"value": [i % 9 + 1 for i in range(40)], "cost": [i % 13 + 1 for i in range(40)]},
        index=[f"a{i}" for i in range(40)],
    )
    chart, picture = show(many, 60, size)
    assert any("autres actions" in said for said in words(chart))
    assert len(picture.table) == 40
