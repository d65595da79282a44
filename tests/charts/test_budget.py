"""The co-funding drawn: parts as long as their euros, what is missing hatched."""

import pytest
from matplotlib.patches import Rectangle

from territ_kit.charts.budget import BudgetChart
from territ_kit.planning.cofunding import Line, cofunding

NAMES = {"ars": "ARS", "epci": "EPCI", "region": "Région"}


@pytest.fixture
def plan():
    lines = {"a": Line("Atelier", [100, 200], {"ars": [60, 100], "epci": [20, 100]})}
    return cofunding(lines, NAMES, years=2)


def bars(chart, hatch=None):
    return [
        one.get_width()
        for one in chart.pen._drawn
        if isinstance(one, Rectangle) and one.get_hatch() == hatch and one.get_height() == pytest.approx(0.34)
    ]


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_parts_are_as_long_as_their_euros(plan, size):
    chart = BudgetChart(size=size)
    chart.show(plan)
    room = chart.width - 0.24
    assert [wide / room for wide in bars(chart)] == pytest.approx([0.3, 0.1, 0.5, 0.5])
    assert [wide / room for wide in bars(chart, "////")] == pytest.approx([0.1])


def test_what_is_missing_is_the_title_and_the_alternative_text_gives_each_year(plan):
    picture = BudgetChart().show(plan, start_year=2027)
    assert picture.title == "Il manque 20\u00a0€, soit 7\u00a0% du coût"
    assert "2027\u00a0: ARS 60\u00a0€, EPCI 20\u00a0€ et reste à trouver 20\u00a0€." in picture.alt


def test_a_broken_rule_is_said_even_when_all_is_covered():
    post = Line("Poste", [56_000], {"region": [20_000], "epci": [36_000]}, fte=1)
    plan = cofunding({"p": post}, NAMES, years=1, rules={"region": "rtps-region"})
    picture = BudgetChart().show(plan)
    assert "1 règle est à revoir" in picture.title
    assert "au plus, à confirmer" in picture.alt
    assert "document non daté" in picture.reading[1]


def test_a_complete_plan_is_the_title():
    plan = cofunding({"a": Line("Atelier", [100], {"epci": [100]})}, NAMES, years=1)
    assert BudgetChart().show(plan).title == "Le plan couvre les 100\u00a0€ du programme"


def test_small_funders_are_drawn_together_and_stand_apart_in_the_table():
    names = {f"f{i}": f"Financeur {i}" for i in range(12)}
    plan = cofunding({"a": Line("Atelier", [1200], {one: [100] for one in names})}, names, years=1)
    chart = BudgetChart()
    picture = chart.show(plan)
    assert len(bars(chart)) == 7
    assert len(picture.table) == 14


def test_no_cost_at_all_is_said():
    picture = BudgetChart().show(cofunding({}, NAMES))
    assert picture.title == "Aucun coût n’est encore écrit"


def test_the_table_bears_the_years_of_the_programme(plan):
    table = BudgetChart().show(plan, start_year=2027).table
    assert list(table.columns) == ["Financeur", "2027 (€)", "2028 (€)", "Total (€)", "Part (%)"]
