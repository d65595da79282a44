"""Funnel plots: who stands out, and what chance explains."""

import io
import math
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from PIL import Image

from territ_kit.charts.funnel import FunnelChart
from territ_kit.charts.live import draw
from territ_kit.charts.style import DIVERGING, EDGE, PAPER
from territ_kit.charts.subject import Subject
from territ_kit.observation.small_numbers import funnel_limits

# At 25 % and 10 000 persons, the outer limits are 25 ± 1.34: Aubray (31) and Belleau (20) are far out.
BASES = [10_000.0, 10_000.0, 900.0, math.nan, math.nan, math.nan, 30.0]
LIMITS = partial(funnel_limits, 25.0, kind="proportion", per=100)


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def words(chart):
    return [label.get_text() for label in chart.words.labels]


@pytest.fixture
def counted(rows):
    return rows.assign(base=BASES)


@pytest.fixture
def quiet(counted):
    return counted.assign(value=counted["value"].where(counted["value"].isna(), 25.4))


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(counted, subject, size, width):
    chart = FunnelChart(size=size)
    chart.show(counted, subject, limits=LIMITS)
    assert pixels(chart.png()).shape[1] == width


def test_the_title_counts_the_areas_outside(counted, subject):
    picture = FunnelChart().show(counted, subject, limits=LIMITS)
    assert picture.title == "Renoncement aux soins : 2 communes sur 3 sortent de l’entonnoir"
    one = FunnelChart().show(counted.drop(index="B"), subject, limits=LIMITS)
    assert one.title.endswith("1 commune sur 2 sort de l’entonnoir")


def test_nobody_outside_is_what_chance_gives(quiet, subject):
    assert FunnelChart().show(quiet, subject, limits=LIMITS).title == (
        "Renoncement aux soins : aucune commune ne sort de l’entonnoir, ces écarts peuvent venir du hasard"
    )


def test_between_the_two_limits_is_said_apart_and_not_counted_outside(quiet, subject):
    """At 10 000 persons, 26 lies beyond 25 ± 0.85 (95 %) and within 25 ± 1.34 (99.8 %)."""
    quiet.loc["A", "value"] = 26.0
    picture = FunnelChart().show(quiet, subject, limits=LIMITS)
    assert "aucune commune ne sort" in picture.title
    assert "Entre les limites à 95 % et 99,8 % : Aubray (26,0" in picture.alt


def test_a_point_lies_at_its_population_and_its_value(counted, subject):
    chart = FunnelChart()
    chart.show(counted, subject, limits=LIMITS)
    assert chart._points["^"].get_offsets().tolist() == [[10_000, 31]]
    assert chart._points["v"].get_offsets().tolist() == [[10_000, 20]]
    assert chart._points["o"].get_offsets().tolist() == [[900, 26]]


def test_shape_and_filling_say_what_colour_says(counted, subject):
    chart = FunnelChart()
    chart.show(counted, subject, limits=LIMITS)
    assert to_hex(chart._points["^"].get_facecolor()[0]).upper() == DIVERGING[1]  # less favourable
    assert to_hex(chart._points["v"].get_facecolor()[0]).upper() == DIVERGING[5]
    assert to_hex(chart._points["o"].get_facecolor()[0]).upper() == PAPER
    assert to_hex(chart._points["o"].get_edgecolor()[0]).upper() == EDGE


def test_the_limits_close_in_as_places_grow_and_the_outer_hold_the_inner(counted, subject):
    chart = FunnelChart()
    chart.show(counted, subject, limits=LIMITS)
    curves = {key: curve.get_ydata() for key, curve in chart._curves.items()}
    for level in ("95", "99.8"):
        assert (np.diff(curves["high", level] - curves["low", level]) < 0).all()
    assert (curves["high", "99.8"] > curves["high", "95"]).all()
    assert (curves["low", "99.8"] < curves["low", "95"]).all()
    assert chart._curves["high", "95"].get_linestyle() != chart._curves["high", "99.8"].get_linestyle()


def test_the_areas_outside_and_the_chosen_one_are_named(counted, subject):
    chart = FunnelChart()
    chart.show(counted, subject, limits=LIMITS, highlight="C")
    assert {"Aubray", "Belleau", "Corval", "95\u00a0%", "99,8\u00a0%"} <= set(words(chart))
    assert chart._ring.get_xydata().tolist() == [[900, 26]]


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_no_word_covers_another(counted, subject, size):
    chart = FunnelChart(size=size)
    chart.show(counted, subject, limits=LIMITS, highlight="C")
    chart.png()
    renderer = chart.figure.canvas.get_renderer()
    boxes = [label.get_window_extent(renderer) for label in chart.words.labels]
    for place, box in enumerate(boxes):
        assert box.x0 >= 0
        assert box.x1 <= chart.figure.bbox.width
        assert not any(box.overlaps(other) for other in boxes[place + 1 :])


def test_who_has_no_figure_is_told_by_reason(counted, subject):
    picture = FunnelChart().show(counted, subject, limits=LIMITS)
    assert picture.alt.endswith(
        "Hors figure\u00a0: 1 commune, moins de 10 événements, non calculé ; 1 commune, secret statistique ; "
        "1 commune, donnée non disponible ; 1 commune, sans objet."
    )


def test_a_figure_without_its_population_is_not_placed_but_told(counted, subject):
    counted.loc["C", "base"] = math.nan
    picture = FunnelChart().show(counted, subject, limits=LIMITS)
    assert picture.title.endswith("2 communes sur 2 sortent de l’entonnoir")
    assert "Sans effectif publié\u00a0: 1 commune." in picture.alt


def test_without_any_population_there_is_no_funnel(counted, subject):
    chart = FunnelChart()
    picture = chart.show(counted.assign(base=math.nan), subject, limits=LIMITS)
    assert picture.title == "Renoncement aux soins : pas d’entonnoir sans effectifs publiés"
    assert "Aucun chiffre avec son effectif" in words(chart)
    assert chart.png().startswith(b"\x89PNG")


def test_one_area_makes_a_funnel(counted, subject):
    picture = FunnelChart(size="phone").show(counted.loc[["A"]], subject, limits=LIMITS)
    assert picture.title.endswith("1 commune sur 1 sort de l’entonnoir")


def test_the_table_holds_sizes_limits_and_zones(counted, subject):
    table = FunnelChart().show(counted, subject, limits=LIMITS).french_table()
    assert table.iloc[0].tolist() == [
        "Aubray", "10\u202f000", "31,0", "24,2", "25,8", "23,7", "26,3", "hors de l’entonnoir"
    ]  # fmt: skip
    assert table["Lecture"].tolist()[3:] == [
        "secret statistique", "donnée non disponible", "sans objet", "moins de 10 événements, non calculé"
    ]  # fmt: skip


def test_many_areas_outside_are_not_chance(counted, subject):
    shows, hides = FunnelChart().show(counted, subject, limits=LIMITS).reading
    assert shows.startswith("Ce que montre la figure. La part des adultes qui ont renoncé.")
    assert "autre chose que le hasard" in hides


def test_few_areas_outside_need_no_other_reason(quiet, subject):
    assert "autre chose" not in FunnelChart().show(quiet, subject, limits=LIMITS).reading[1]


def test_the_fast_path_gives_the_pixels_of_a_whole_drawing(counted, quiet, subject):
    chart = FunnelChart()
    chart.show(counted, subject, limits=LIMITS)
    chart.png()
    chart.show(quiet, replace(subject, label="Autre"), limits=LIMITS, highlight="A")
    assert np.array_equal(pixels(chart.png()), pixels(draw(chart.figure)))


@pytest.mark.parametrize("most", [4, 8])
def test_the_scale_of_sizes_is_written_in_french_and_never_crowded(most):
    bases = np.geomspace(120, 61_200, 9)
    frame = pd.DataFrame(
        {"name": list("abcdefghi"), "value": 25.0, "low": 24.0, "high": 26.0, "base": bases}
        | {"missing": "", "suppressed": False, "reading": ""}
    )
    chart = FunnelChart(size="phone" if most == 4 else "wide")
    chart.show(frame, Subject("Part", "%"), limits=LIMITS)
    low, high = chart.axes.get_xlim()
    shown = [mark for mark in chart.axes.get_xticks() if low <= mark <= high]
    assert 2 <= len(shown) <= most
    labels = [chart.axes.xaxis.get_major_formatter()(mark, 0) for mark in shown]
    assert "1\u00a0000" in labels


def test_no_area_at_all_makes_an_empty_figure(counted, subject):
    picture = FunnelChart().show(counted.iloc[:0], subject, limits=LIMITS)
    assert picture.title.endswith("pas d’entonnoir sans effectifs publiés")
    assert picture.png().startswith(b"\x89PNG")
