"""Maps: shades, signs, hatches, names and legend."""

import io

import numpy as np
import pytest
import shapely
from matplotlib.colors import to_hex
from PIL import Image

from territ_kit.charts.choropleth import ChoroplethChart, choropleth
from territ_kit.charts.style import SEQUENTIAL


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def words(chart):
    return [text.get_text().replace("\n", " ") for text in chart.figure.axes[0].texts if text.get_text()] + [
        artist.get_text().replace("\n", " ")
        for artist in chart.figure.axes[0].get_children()
        if type(artist).__name__ == "Label"
    ]


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(rows, subject, contours, qpv, size, width):
    image = pixels(choropleth(contours, rows, subject, qpv=qpv, size=size).png())
    assert image.shape[1] == width
    for shade in (SEQUENTIAL[0], SEQUENTIAL[-1]):
        colour = [int(shade[place : place + 2], 16) for place in (1, 3, 5)]
        assert (image == colour).all(axis=2).sum() > 500


def test_darker_is_more(rows, subject, contours):
    chart = ChoroplethChart(contours)
    chart.show(rows, subject)
    shades = [to_hex(chart._patches[code].get_facecolor()).upper() for code in "BCA"]
    assert [SEQUENTIAL.index(shade) for shade in shades] == [0, 2, 4]


def test_each_kind_of_nothing_has_its_own_look(rows, subject, contours):
    chart = ChoroplethChart(contours)
    chart.show(rows, subject)
    hatches = {code: chart._patches[code].get_hatch() for code in "ADEFG"}
    assert hatches == {"A": "", "D": "////", "E": "...", "F": "", "G": "----"}
    assert to_hex(chart._patches["F"].get_facecolor()) == "#ffffff"
    assert chart._patches["F"].get_linewidth() > 0


def test_the_legend_names_only_what_the_map_holds(rows, subject, contours, qpv):
    chart = ChoroplethChart(contours, qpv)
    chart.show(rows, subject)
    legend = {"Quartier prioritaire (QPV)", "Écart net avec le département", "Secret statistique"}
    assert legend | {"Non disponible", "Sans objet", "Moins de 10 événements"} <= set(words(chart))
    chart.show(rows.loc[list("ABC")].reindex(rows.index).fillna(rows.loc["C"]), subject)
    assert "Secret statistique" not in words(chart)


def test_a_clear_gap_has_a_point_whatever_its_shade(rows, subject, contours):
    chart = ChoroplethChart(contours)
    chart.show(rows, subject)
    discs = [
        line for line in chart.figure.axes[0].lines if line.get_marker() == "o" and min(line.get_ydata()) > 0
    ]
    assert sum(len(line.get_xdata()) for line in discs) == 2


def test_figures_without_interval_have_no_point(rows, subject, contours):
    rows[["low", "high"]] = float("nan")
    chart = ChoroplethChart(contours)
    chart.show(rows, subject)
    assert "Écart net avec le département" not in words(chart)


def test_a_second_indicator_leaves_nothing_of_the_first(rows, subject, contours, qpv):
    chart = ChoroplethChart(contours, qpv)
    chart.show(rows.assign(value=rows["value"] * 7), subject, highlight="B")
    chart.show(rows, subject)
    assert np.array_equal(pixels(chart.png()), pixels(choropleth(contours, rows, subject, qpv=qpv).png()))


def test_the_chosen_commune_is_outlined_and_named(rows, subject, contours):
    chart = ChoroplethChart(contours, size="phone")
    chart.show(rows, subject, highlight="F")
    assert all(ring.get_visible() for ring in chart._rings)
    assert "Ferval-sur-Orne" in words(chart)


def test_no_name_hides_a_sign(rows, subject, contours):
    chart = ChoroplethChart(contours, size="phone")
    long = rows.assign(name=rows["name"].replace("Corval", "Corval-sous-les-Hauts-Bois"))
    chart.show(long, subject, highlight="C")
    names = shapely.union_all(chart._covered)
    discs = [line.get_data() for line in chart.figure.axes[0].lines if line.get_marker() == "o"]
    assert len(discs) > 1
    for x, y in discs:
        assert shapely.distance(names, shapely.points(x, y)).min() > 0.03


def test_the_alternative_text_counts_the_classes(rows, subject, contours):
    alt = choropleth(contours, rows, subject).alt
    assert alt.startswith("Carte : 7 communes, Renoncement aux soins (% des adultes).")
    assert "1 commune ; " in alt.partition("Classes")[2]


def test_the_table_starts_with_the_highest_value(rows, subject, contours):
    assert choropleth(contours, rows, subject).table["Commune"].tolist()[:3] == [
        "Aubray",
        "Corval",
        "Belleau",
    ]


def test_a_map_without_any_figure_is_still_drawn(rows, subject, contours):
    picture = choropleth(contours, rows.loc[list("DEFG")], subject)
    assert picture.title.endswith("aucun chiffre publié à cette échelle")
    assert picture.png().startswith(b"\x89PNG")
