"""Social gradients: segments as wide as the population, the line, and its two ends."""

import io
import math
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from territ_kit.charts.gradient import NOT_PERSONS, GradientChart
from territ_kit.charts.live import draw
from territ_kit.errors import InputError
from territ_kit.observation.inequality import slope_index


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def words(chart):
    return [label.get_text() for label in chart.words.labels]


@pytest.fixture
def ranked(rows):
    """Aubray 31 (most deprived), Corval 26, Belleau 20, of 500, 300 and 200 inhabitants; four unknown."""
    people = [500.0, 300.0, 200.0, 100.0, 100.0, 100.0, 100.0]
    return rows.loc[list("ACBDEFG")].assign(population=people)


@pytest.fixture
def slope(ranked):
    known = ranked.iloc[:3]
    return slope_index(known["value"], known["population"], standard_errors=[1.0, 1.0, 1.0])


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(ranked, slope, subject, size, width):
    chart = GradientChart(size=size)
    chart.show(ranked, slope, subject)
    assert pixels(chart.png()).shape[1] == width


def test_a_segment_is_as_wide_as_its_share_and_as_high_as_its_value(ranked, slope, subject):
    chart = GradientChart()
    chart.show(ranked, slope, subject)
    segments = [segment.tolist() for segment in chart._steps.get_segments()]
    assert np.array(segments) == pytest.approx(
        np.array([[[0, 31], [50, 31]], [[50, 26], [80, 26]], [[80, 20], [100, 20]]])
    )


def test_the_interval_is_a_band_behind_its_segment(ranked, slope, subject):
    chart = GradientChart()
    chart.show(ranked, slope, subject)
    box = chart._bands.get_paths()[0].get_extents()
    assert (box.x0, box.x1, box.y0, box.y1) == pytest.approx((0, 50, 28, 34))


def test_figures_without_interval_have_no_band(ranked, slope, subject):
    ranked[["low", "high"]] = math.nan
    chart = GradientChart()
    chart.show(ranked, slope, subject)
    assert chart._bands.get_paths() == []


def test_the_line_joins_the_two_ends_of_the_index(ranked, slope, subject):
    chart = GradientChart()
    chart.show(ranked, slope, subject)
    x, y = chart._line.get_data()
    assert (x[0], x[-1]) == (0, 100)
    assert (y[0], y[-1]) == pytest.approx((slope.fitted_most, slope.fitted_least))
    assert chart._ends.get_ydata() == pytest.approx([slope.fitted_most, slope.fitted_least])
    assert chart._gap.get_ydata() == pytest.approx([slope.fitted_most, slope.fitted_least])


@pytest.mark.parametrize(("scale", "factor"), [("log", 1.0), ("logit", 0.01)])
def test_a_line_straight_on_another_scale_is_drawn_as_a_curve(ranked, subject, scale, factor):
    ranked[["value", "low", "high"]] *= factor
    known = ranked.iloc[:3]
    slope = slope_index(known["value"], known["population"], scale=scale)
    chart = GradientChart()
    chart.show(ranked, slope, subject)
    y = chart._line.get_ydata()
    middle = (slope.fitted_most + slope.fitted_least) / 2
    assert y[0] == pytest.approx(slope.fitted_most)
    assert y[-1] == pytest.approx(slope.fitted_least)
    assert y[30] != pytest.approx(middle, rel=1e-4)


def test_a_clear_gradient_is_the_title(ranked, slope, subject):
    """Covariance −1.105 and variance 0.07 of the rank (0.25, 0.65, 0.9): a slope of −15.8 around 27.3."""
    picture = GradientChart().show(ranked, slope, subject)
    assert picture.title == (
        "Renoncement aux soins : valeur plus haute du côté défavorisé, écart estimé de 15,8"
    )


def test_a_rising_gradient_is_said_the_other_way(ranked, subject):
    slope = slope_index([20, 26, 31], [500, 300, 200], standard_errors=[1.0, 1.0, 1.0])
    assert "valeur plus basse du côté défavorisé" in GradientChart().show(ranked, slope, subject).title


def test_an_interval_that_holds_zero_allows_no_conclusion(ranked, subject):
    slope = slope_index([31, 26, 20], [500, 300, 200], standard_errors=[20.0, 20.0, 20.0])
    picture = GradientChart().show(ranked, slope, subject)
    assert picture.title == "Renoncement aux soins : pas de gradient net entre communes"
    assert "on ne peut pas conclure" in picture.alt


def test_without_interval_the_gap_is_only_estimated(ranked, subject):
    slope = slope_index([31, 26, 20], [500, 300, 200])
    picture = GradientChart().show(ranked, slope, subject)
    assert picture.title.endswith("écart estimé de 15,8 entre les deux extrémités de l’échelle sociale")
    assert "intervalle" not in picture.alt


def test_the_gap_and_the_ratio_are_said_in_plain_words(ranked, slope, subject):
    alt = GradientChart().show(ranked, slope, subject).alt
    low, high = (f"{abs(limit):.1f}".replace(".", ",") for limit in (slope.sii_low, slope.sii_high))
    assert (
        "Entre l’extrémité la plus défavorisée (35,2) et la plus favorisée (19,4), "
        f"l’écart estimé est de −15,8, de −{low} à −{high} (intervalle à 95 %)."
    ) in alt
    assert "La valeur estimée du côté favorisé est 0,55 fois celle du côté défavorisé." in alt


def test_it_says_that_communes_are_not_persons(ranked, slope, subject):
    picture = GradientChart().show(ranked, slope, subject)
    assert NOT_PERSONS in picture.reading[1]
    assert "indice de pente (SII)" in picture.reading[0]


def test_the_ends_the_gap_and_the_large_communes_are_written(ranked, slope, subject):
    chart = GradientChart()
    chart.show(ranked, slope, subject)
    assert {"35,2", "19,4", "écart", "−15,8", "Aubray", "Corval"} <= set(words(chart))


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_no_word_covers_another(ranked, slope, subject, size):
    chart = GradientChart(size=size)
    chart.show(ranked, slope, subject, highlight="B")
    chart.png()
    renderer = chart.figure.canvas.get_renderer()
    boxes = [label.get_window_extent(renderer) for label in chart.words.labels]
    for place, box in enumerate(boxes):
        assert box.x0 >= 0
        assert box.x1 <= chart.figure.bbox.width
        assert not any(box.overlaps(other) for other in boxes[place + 1 :])


def test_the_chosen_commune_is_underlined(ranked, slope, subject):
    chart = GradientChart()
    chart.show(ranked, slope, subject, highlight="C")
    assert chart._chosen.get_segments()[0].tolist() == [[50, 26], [80, 26]]


def test_communes_without_a_figure_are_told_and_stand_last_in_the_table(ranked, slope, subject):
    picture = GradientChart().show(ranked, slope, subject)
    assert "Hors figure : 1 commune, moins de 10 événements, non calculé ; 1 commune, secret" in picture.alt
    table = picture.french_table()
    assert table.iloc[0, :3].tolist() == ["Aubray", "500", "50,0"]
    assert table["Lecture"].tolist()[3:5] == ["secret statistique", "donnée non disponible"]


def test_a_slope_of_other_rows_is_refused(ranked, subject):
    with pytest.raises(InputError, match="Les données ont 3 valeurs et la droite en a 2"):
        GradientChart().show(ranked, SimpleNamespace(shares=np.array([0.5, 0.5])), subject)


def test_the_fast_path_gives_the_pixels_of_a_whole_drawing(ranked, slope, subject):
    chart = GradientChart()
    chart.show(ranked, slope, subject)
    chart.png()
    chart.show(ranked.assign(low=ranked["low"] + 1, high=ranked["high"] - 1), slope, subject, highlight="A")
    assert np.array_equal(pixels(chart.png()), pixels(draw(chart.figure)))


def test_the_scale_stays_while_only_the_confidence_moves(ranked, slope, subject):
    chart = GradientChart()
    chart.show(ranked, slope, subject)
    limits = chart.axes.get_ylim()
    chart.show(ranked.assign(low=ranked["low"] + 1, high=ranked["high"] - 1), slope, subject)
    assert chart.axes.get_ylim() == limits
