"""The coordinator's half-days drawn beside what the post gives."""

import pytest
from matplotlib.patches import Rectangle

from territ_kit.charts.workload import WorkloadChart, marks
from territ_kit.dossier import Action
from territ_kit.planning.programme import calendar
from territ_kit.planning.workload import workload


@pytest.fixture
def load():
    plan = calendar([Action(id="a", title="a", start=2, months=2)], horizon=4)
    return workload(plan, {"a": 20}, fte=0.5, running=4)


def columns(chart, hatch=None):
    return [
        one
        for one in chart.pen._drawn
        if isinstance(one, Rectangle) and one.get_hatch() == hatch and one.get_zorder() == 2
    ]


def test_columns_are_as_high_as_their_half_days_and_what_is_over_is_hatched(load):
    chart = WorkloadChart()
    chart.show(load)
    held, over = columns(chart), columns(chart, "////")
    assert len(held) == 4
    assert len(over) == 2
    assert held[1].get_height() / held[0].get_height() == pytest.approx(18 / 4)
    assert over[0].get_height() / held[0].get_height() == pytest.approx(6 / 4)


def test_the_title_counts_the_months_that_are_too_full(load):
    picture = WorkloadChart().show(load)
    assert picture.title == "Le poste ne suffit pas 2 mois sur 4"
    assert "hypothèse pédagogique" in picture.note
    assert "12 demi-journées en tout" in picture.alt


def test_a_figure_of_one_s_own_is_not_called_an_assumption_of_the_course():
    load = workload(calendar([], horizon=2), {}, half_days_per_fte=30)
    assert "votre chiffre" in WorkloadChart().show(load).note


def test_a_post_that_is_enough_is_the_title():
    load = workload(calendar([Action(id="a", title="a", start=1, months=1)], horizon=2), {"a": 3})
    assert WorkloadChart().show(load).title == "Le poste suffit chaque mois"


def test_nothing_to_do_is_said():
    picture = WorkloadChart().show(workload(calendar([], horizon=2), {}))
    assert picture.title == "Aucune action ne prend de temps au coordonnateur"


def test_the_table_names_each_month(load):
    table = WorkloadChart().show(load, start_year=2027).french_table()
    assert table.iloc[1].tolist() == ["février 2027", "24,0", "18,0", "6,0"]


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_each_size_is_drawn(load, size):
    chart = WorkloadChart(size=size)
    chart.show(load)
    assert chart.png(1)


@pytest.mark.parametrize(
    ("most", "expected"), [(38, [0, 10, 20, 30]), (0.9, [0, 0.2, 0.4, 0.6, 0.8]), (110, [0, 25, 50, 75, 100])]
)
def test_marks_are_round(most, expected):
    assert marks(most) == expected
