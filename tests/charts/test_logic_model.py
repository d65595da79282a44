"""The logic model drawn: five columns, links between them, broken boxes with another edge."""

import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from territ_kit.charts.label import Label
from territ_kit.charts.logic_model import LogicModelChart
from territ_kit.planning.logic_model import logic_model

ITEMS = {
    "m": ("inputs", "Crédits"),
    "a": ("activities", "Rencontrer les apprentis sur leur lieu de travail"),
    "b": ("activities", "Affiches"),
    "r": ("outputs", "60 apprentis rencontrés"),
    "e": ("outcomes", "Ils savent où aller"),
    "i": ("impact", "Ils vont mieux"),
}
LINKS = [("m", "a"), ("a", "r"), ("r", "e"), ("e", "i")]


@pytest.fixture
def model():
    return logic_model(ITEMS, LINKS)


def boxes(chart):
    return [one for one in chart.pen._drawn if isinstance(one, FancyBboxPatch)]


def words(chart):
    return " ".join(one.get_text() for one in chart.pen._drawn if isinstance(one, Label))


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_each_box_is_drawn_once_and_inside_the_paper(model, size):
    chart = LogicModelChart(size=size)
    chart.show(model)
    assert len(boxes(chart)) == 6
    assert all(one.get_x() >= 0 and one.get_x() + one.get_width() <= chart.width for one in boxes(chart))


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_broken_box_has_a_dashed_edge(model, size):
    chart = LogicModelChart(size=size)
    chart.show(model)
    assert sum(one.get_linestyle() != "solid" and one.get_linewidth() > 1.5 for one in boxes(chart)) == 1


def test_links_are_lines_when_wide_and_words_on_a_phone(model):
    wide, phone = LogicModelChart(), LogicModelChart(size="phone")
    wide.show(model)
    phone.show(model)
    lines = [one for one in wide.pen._drawn if isinstance(one, Line2D) and len(one.get_xdata()) == 4]
    assert len(lines) == len(LINKS)
    assert "→\u00a0R1" in words(phone)


def test_what_is_missing_is_the_title_and_is_told(model):
    picture = LogicModelChart().show(model)
    assert picture.title == "Un maillon manque"
    assert "«\u00a0Affiches\u00a0» ne mène à aucun effet" in picture.alt
    assert picture.table.set_index("Texte").loc["Affiches", "À compléter"].startswith("«\u00a0Affiches")


def test_a_whole_chain_is_the_title():
    picture = LogicModelChart().show(logic_model({k: v for k, v in ITEMS.items() if k != "b"}, LINKS))
    assert picture.title.startswith("La chaîne tient")
    assert picture.table["Mène à"].tolist() == ["A1", "R1", "E1", "I1", ""]


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_an_empty_column_says_so(size):
    chart = LogicModelChart(size=size)
    chart.show(logic_model({"a": ("activities", "Affiches")}, []))
    assert "Rien d’écrit" in words(chart)


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_hundred_boxes_are_counted_when_they_are_not_drawn(size):
    many = {f"a{i}": ("activities", f"Action {i}") for i in range(100)}
    chart = LogicModelChart(size=size)
    picture = chart.show(logic_model({**ITEMS, **many}, LINKS))
    assert "90 autres cases" in words(chart)
    assert len(picture.table) == 106
    assert chart.png(1)
