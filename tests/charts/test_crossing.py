"""The grid of needs: every reading has its colour, its sign and its word."""

import io
from itertools import product

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from territ_kit.charts.crossing import CrossingChart
from territ_kit.diagnosis.needs import cross
from territ_kit.errors import InputError

COLUMNS = ["theme", "zone", "need", "resources", "actions"]
FIVE = [("high", "low", "none"), ("high", "low", "high"), ("", "low", "none"), ("high", "low", "medium"),
        ("low", "low", "none")]  # fmt: skip


def grid(themes=2, zones=3, levels=("high", "low", "none")):
    rows = [
        (f"Thème {theme}", f"Zone {zone}", *levels) for zone, theme in product(range(zones), range(themes))
    ]
    return cross(pd.DataFrame(rows, columns=COLUMNS))


@pytest.fixture
def cells():
    rows = [("Droits", f"Zone {place}", *levels) for place, levels in enumerate(FIVE)]
    return cross(pd.DataFrame(rows, columns=COLUMNS))


def words(chart):
    return " ".join(label.get_text() for label in chart.figure.axes[0].texts if label.get_text())


def pixels(chart):
    return np.asarray(Image.open(io.BytesIO(chart.png())).convert("RGB"))


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(cells, size, width):
    chart = CrossingChart(size=size)
    chart.show(cells)
    assert pixels(chart).shape[1] == width


def test_every_reading_is_written(cells):
    chart = CrossingChart()
    chart.show(cells)
    for word in ("angle mort", "saturation", "à documenter", "en place", "rien à signaler"):
        assert word in words(chart)


def test_the_title_counts_what_calls_for_something(cells):
    assert CrossingChart().show(cells).title == "1 angle mort et 1 saturation sur 5 cases croisées"
    quiet = grid(levels=("low", "high", "none"))
    assert CrossingChart().show(quiet).title == "Aucun angle mort ni saturation sur 6 cases croisées"


def test_the_alternative_text_names_the_first_and_counts_the_others():
    alt = CrossingChart().show(grid(4, 25)).alt
    assert alt.startswith("Grille de 4 thèmes et 25 zones ou publics. Angle mort (100)")
    assert alt.count("Zone") == 6
    assert "94 autres" in alt


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_a_large_grid_is_listed_and_nothing_is_silently_dropped(size):
    chart = CrossingChart(size=size)
    picture = chart.show(grid(10, 40))
    assert chart.figure.get_figheight() < 9
    assert "autres cases à discuter" in words(chart)
    assert len(picture.table) == 400


def test_the_table_is_in_the_order_to_discuss(cells):
    table = CrossingChart().show(cells).table
    assert table["À discuter"].tolist() == [1, 2, 3, 4, 5]
    assert table["Lecture"].iloc[0] == "angle mort"
    assert table["Besoin"].iloc[2] == "inconnu"


def test_names_are_told_instead_of_codes(cells):
    named = cells.assign(zone_name="Phare-Nord", theme_name="Accès aux droits")
    chart = CrossingChart(size="phone")
    assert "Phare-Nord, Accès aux droits" in chart.show(named).alt


def test_a_second_drawing_leaves_nothing_of_the_first(cells):
    chart, fresh = CrossingChart(), CrossingChart()
    chart.show(grid(4, 6))
    chart.show(cells)
    fresh.show(cells)
    assert (pixels(chart) == pixels(fresh)).all()


def test_what_the_rule_is_worth_is_said(cells):
    assert "hypothèse pédagogique" in CrossingChart().show(cells).note


def test_two_zones_of_one_name_have_a_row_each(cells):
    apart, chart = cells.assign(zone_name="Sarvelac"), CrossingChart()
    chart.show(apart)
    assert words(chart).count("Sarvelac") == 5


def test_the_chosen_cell_is_outlined(cells):
    def outlined(chart):
        return [box for box in chart.figure.axes[0].patches if box.get_linewidth() > 2]

    for size in ("wide", "phone"):
        chart = CrossingChart(size=size)
        chart.show(cells)
        assert outlined(chart) == []
        chart.show(cells, highlight=cells.index[0])
        assert len(outlined(chart)) == 2


def test_no_cell_is_refused(cells):
    with pytest.raises(InputError, match="aucune case"):
        CrossingChart().show(cells[:0])
