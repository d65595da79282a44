"""Concentration curves: who gathers the cases."""

import io
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from territ_kit.charts.concentration import ConcentrationChart
from territ_kit.charts.gradient import NOT_PERSONS
from territ_kit.charts.live import draw
from territ_kit.errors import InputError
from territ_kit.observation.inequality import concentration_index


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def words(chart):
    return [label.get_text() for label in chart.words.labels]


@pytest.fixture
def ranked(rows):
    people = [500.0, 300.0, 200.0, 100.0, 100.0, 100.0, 100.0]
    return rows.loc[list("ACBDEFG")].assign(population=people)


@pytest.fixture
def index():
    """155 + 78 + 40 = 273 cases among 1 000 inhabitants: the first half has 57 % of them."""
    return concentration_index([31, 26, 20], [500, 300, 200])


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(ranked, index, subject, size, width):
    chart = ConcentrationChart(size=size)
    chart.show(ranked, index, subject)
    assert pixels(chart.png()).shape[1] == width


def test_the_title_reads_one_point_of_the_curve(ranked, index, subject):
    """The first fifth of the inhabitants lives in Aubray: 0.2 × 31 / 27.3 of the cases, 22.7 %."""
    assert ConcentrationChart().show(ranked, index, subject, counted="des renoncements").title == (
        "Renoncement aux soins : les 20 % d’habitants des communes les plus défavorisées réunissent "
        "23 % des renoncements"
    )


def test_the_curve_starts_at_nothing_and_ends_with_everyone(ranked, index, subject):
    chart = ConcentrationChart()
    chart.show(ranked, index, subject)
    x, y = chart._curve.get_data()
    assert x == pytest.approx([0, 50, 80, 100])
    assert y == pytest.approx([0, 100 * 155 / 273, 100 * 233 / 273, 100])
    assert chart._point.get_xydata()[0] == pytest.approx([20, 20 * 31 / 27.3])


def test_the_axes_are_square_so_that_the_diagonal_is_one(ranked, index, subject):
    for size in ("wide", "phone"):
        chart = ConcentrationChart(size=size)
        chart.show(ranked, index, subject)
        left, bottom, right, top = chart.room
        assert right - left == pytest.approx(top - bottom)


def test_the_index_is_said_with_its_side(ranked, index, subject):
    """Twice the covariance of the rank (0.25, 0.65, 0.9) and the value, over the mean: −2.21 / 27.3."""
    alt = ConcentrationChart().show(ranked, index, subject).alt
    assert index.relative == pytest.approx(-2.21 / 27.3)
    assert "Indice de concentration : −0,08 ; la concentration est du côté défavorisé." in alt
    assert "20 % des habitants, 23 % des cas ; 40 % des habitants, 45 % des cas" in alt


@pytest.mark.parametrize(
    ("values", "side"),
    [([20, 26, 31], "la concentration est du côté favorisé"), ([25, 25, 25], "proche de l’égalité")],
)
def test_the_other_sides(ranked, subject, values, side):
    index = concentration_index(values, [500, 300, 200])
    assert side in ConcentrationChart().show(ranked, index, subject).alt


def test_the_wide_drawing_says_the_figure_in_large(ranked, index, subject):
    chart = ConcentrationChart()
    chart.show(ranked, index, subject)
    large = max(chart.words.labels, key=lambda label: label.get_fontsize())
    assert large.get_text() == "23 % des cas"
    assert "Égalité" in words(chart)


def test_the_phone_drawing_keeps_the_index_as_a_note(ranked, index, subject):
    chart = ConcentrationChart(size="phone")
    chart.show(ranked, index, subject)
    assert any(word.startswith("Indice de concentration") for word in words(chart))


@pytest.mark.parametrize("size", ["wide", "phone"])
@pytest.mark.parametrize("values", [[31, 26, 20], [20, 26, 31]])
def test_no_word_covers_another(ranked, subject, size, values):
    chart = ConcentrationChart(size=size)
    chart.show(ranked, concentration_index(values, [500, 300, 200]), subject)
    chart.png()
    renderer = chart.figure.canvas.get_renderer()
    boxes = [label.get_window_extent(renderer) for label in chart.words.labels if label.get_text()]
    for place, box in enumerate(boxes):
        assert box.x0 >= 0
        assert box.x1 <= chart.figure.bbox.width
        assert not any(box.overlaps(other) for other in boxes[place + 1 :])


def test_nothing_to_share_out_is_said(ranked, subject):
    nothing = concentration_index([0, 0, 0], [500, 300, 200])
    chart = ConcentrationChart()
    picture = chart.show(ranked, nothing, subject)
    assert picture.title == "Renoncement aux soins : rien à répartir entre les habitants"
    assert not chart._curve.get_visible()
    assert "Rien à répartir" in words(chart)
    assert chart.png().startswith(b"\x89PNG")


def test_the_table_accumulates(ranked, index, subject):
    table = ConcentrationChart().show(ranked, index, subject).french_table()
    assert table.iloc[1].tolist()[:5] == ["Corval", "300", "26,0", "80,0", "85,3"]
    assert table["Lecture"].tolist()[3] == "secret statistique"


def test_it_says_that_communes_are_not_persons(ranked, index, subject):
    shows, hides = ConcentrationChart().show(ranked, index, subject).reading
    assert NOT_PERSONS in hides
    assert "la courbe suivrait la diagonale" in shows


def test_a_curve_of_other_rows_is_refused(ranked, subject):
    with pytest.raises(InputError, match="Les données ont 3 valeurs et la courbe en a 2"):
        ConcentrationChart().show(ranked, SimpleNamespace(shares=np.array([0.5, 0.5])), subject)


def test_the_fast_path_gives_the_pixels_of_a_whole_drawing(ranked, index, subject):
    chart = ConcentrationChart()
    chart.show(ranked, index, subject)
    chart.png()
    chart.show(ranked, concentration_index([20, 26, 31], [500, 300, 200]), subject)
    assert np.array_equal(pixels(chart.png()), pixels(draw(chart.figure)))
