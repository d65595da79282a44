"""Rows of points and intervals."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from territ_kit.charts.live import draw
from territ_kit.charts.profile import ProfileChart, profile
from territ_kit.charts.style import DIVERGING, EDGE, PAPER
from territ_kit.errors import InputError

SIZES = ["wide", "phone"]


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def shown(texts):
    return [text.get_text() for text in texts]


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(rows, subject, size, width):
    image = pixels(profile(rows, subject, size=size).png())
    assert image.shape[1] == width
    assert len(np.unique(image.reshape(-1, 3), axis=0)) > 20


@pytest.mark.parametrize("size", SIZES)
def test_the_fast_path_gives_the_pixels_of_a_whole_drawing(rows, subject, size):
    chart = ProfileChart(len(rows), size=size)
    chart.show(rows, subject)
    chart.png()
    rows.loc["A", ["value", "low", "high"]] = 29.0, 26.0, 32.0
    chart.show(rows, subject, highlight="C")
    assert np.array_equal(pixels(chart.png()), pixels(draw(chart.figure)))


def test_the_least_favourable_row_is_first_and_nothing_last(rows, subject):
    chart = ProfileChart(len(rows))
    chart.show(rows, subject)
    assert shown(chart._names)[:3] == ["Aubray", "Corval", "Belleau"]
    assert shown(chart._values)[3:] == [
        "secret statistique", "donnée non disponible", "sans objet", "moins de 10 événements, non calculé"
    ]  # fmt: skip


def test_rows_keep_their_order_when_they_are_not_ranked(rows, subject):
    assert profile(rows, subject, ranked=False).table["Commune"].tolist() == rows["name"].tolist()


def test_a_point_is_hollow_and_grey_when_the_interval_holds_the_reference(rows, subject):
    chart = ProfileChart(len(rows))
    chart.show(rows, subject)
    faces, edges = chart._points.get_facecolor(), chart._points.get_edgecolor()

    def colour(text):
        return [int(text[place : place + 2], 16) / 255 for place in (1, 3, 5)]

    assert faces[0, :3] == pytest.approx(colour(DIVERGING[1]))  # Aubray, less favourable
    assert faces[1, :3] == pytest.approx(colour(PAPER))  # Corval, undetermined
    assert edges[1, :3] == pytest.approx(colour(EDGE))
    assert faces[2, :3] == pytest.approx(colour(DIVERGING[5]))  # Belleau, more favourable


def test_a_clear_gap_is_also_bold_so_that_colour_is_not_alone(rows, subject):
    chart = ProfileChart(len(rows))
    chart.show(rows, subject)
    assert [name.get_fontweight() for name in chart._names[:3]] == ["bold", "normal", "bold"]


def test_the_scale_stays_while_the_figures_hold_in_it(rows, subject):
    chart = ProfileChart(len(rows))
    chart.show(rows, subject)
    limits = chart.axes.get_xlim()
    narrower = rows.assign(low=rows["low"] + 1, high=rows["high"] - 1)
    chart.show(narrower, subject)
    assert chart.axes.get_xlim() == limits
    chart.show(rows.assign(value=rows["value"] * 3, low=rows["low"] * 3, high=rows["high"] * 3), subject)
    assert chart.axes.get_xlim()[1] > 90


def test_a_very_long_interval_runs_out_with_an_arrow(rows, subject):
    many = rows.loc[list("ABC") * 5].reset_index(drop=True)
    many.loc[14, ["low", "high"]] = 1.0, 400.0
    chart = ProfileChart(len(many))
    chart.show(many, subject)
    assert chart.axes.get_xlim()[1] < 100
    assert len(chart._beyond[1].get_offsets()) == 1


@pytest.mark.parametrize("size", SIZES)
def test_an_index_far_beyond_the_others_is_written_at_the_edge_and_flattens_nothing(rows, subject, size):
    indices = rows.assign(direction="neutral")
    indices.loc["A", ["value", "low", "high"]] = 407.0, 380.0, 431.0
    chart = ProfileChart(len(rows), size=size, ranked=False)
    picture = chart.show(indices, subject)
    assert chart.axes.get_xlim()[1] < 40
    assert chart._values[0].get_text().startswith("407")
    assert len(chart._points.get_offsets()) == 2  # A is an arrow
    assert "407" in picture.alt


def test_a_far_index_that_may_be_chance_shows_the_part_of_its_interval_that_fits(rows, subject):
    indices = rows.assign(direction="higher_is_worse")
    indices.loc["C", ["value", "low", "high"]] = 357.0, 20.0, 900.0
    chart = ProfileChart(len(rows), ranked=False)
    chart.show(indices, subject)
    end = chart.axes.get_xlim()[1]
    drawn = [segment for segment in chart._segments.get_segments() if segment[0][1] == 2]
    assert drawn[0][:, 0].tolist() == [20, end]
    assert chart._values[2].get_fontweight() == "normal"  # on ne peut pas conclure


def test_mixed_directions_say_in_words_which_side_is_favourable(rows, subject):
    rows["direction"] = "higher_is_better"
    chart = ProfileChart(len(rows), ranked=False)
    chart.show(rows, subject)
    assert shown(chart._values)[:3] == ["31,0, favorable", "20,0, défavorable", "26,0"]
    assert shown(chart._sides) == ["← au-dessous", "au-dessus →"]


def test_without_a_reference_there_is_no_line(rows, subject):
    chart = ProfileChart(len(rows))
    rows["reading"] = ""
    chart.show(rows, replace(subject, reference=None))
    assert not chart._line.get_visible()
    assert not chart._landmark.get_visible()


def test_a_new_indicator_changes_the_unit_under_the_axis(rows, subject):
    chart = ProfileChart(len(rows))
    chart.show(rows, subject)
    chart.png()
    chart.show(rows, replace(subject, label="Pauvreté", unit="% des habitants"))
    assert chart.axes.get_xlabel() == "% des habitants"
    assert np.array_equal(pixels(chart.png()), pixels(draw(chart.figure)))


@pytest.mark.parametrize("size", SIZES)
def test_rows_without_any_figure_still_make_a_picture(rows, subject, size):
    picture = profile(rows.loc[["D", "E", "F", "G"]], subject, size=size)
    assert picture.title.endswith("aucun chiffre publié à cette échelle")
    assert picture.png().startswith(b"\x89PNG")


def test_figures_published_without_interval_are_read_with_care(rows, subject):
    rows[["low", "high"]] = float("nan")
    assert "un petit écart ne prouve rien" in profile(rows, subject).reading[0]


def test_the_reading_says_the_margin_before_its_name(rows, subject):
    shows, hides = profile(rows, subject).reading
    assert shows.startswith("Ce que montre la figure. La part des adultes qui ont renoncé.")
    assert "marge d’incertitude (intervalle de confiance à 95 %)" in shows
    assert hides == "Ce qu’elle ne montre pas. Les raisons du renoncement."


def test_the_table_is_read_in_french(rows, subject):
    table = profile(rows, subject).french_table()
    assert table.iloc[0].tolist() == ["Aubray", "31,0", "28,0", "34,0", "écart net, moins favorable"]
    assert table.iloc[-1].tolist()[1:4] == ["–", "–", "–"]


def test_another_number_of_rows_is_refused(rows, subject):
    with pytest.raises(InputError, match="La figure a 3 lignes et les données en ont 7"):
        ProfileChart(3).show(rows, subject)
