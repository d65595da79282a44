"""Age pyramids: shares of all inhabitants, and the outline of a larger territory."""

import io
import math

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

from territ_kit.charts.live import draw
from territ_kit.charts.pyramid import PyramidChart
from territ_kit.charts.style import luminance

STARTS = list(range(0, 91, 5))
NAMES = {"name": "Belleau", "reference_name": "le département"}


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def words(chart):
    return [label.get_text() for label in chart.words.labels]


def people(men, women):
    return pd.DataFrame({"men": men, "women": women}, index=pd.Index(STARTS, name="age_start"))


@pytest.fixture
def ages():
    """1 000 inhabitants: 250 of 65 and over (25 %), 200 under 20."""
    men = [25] * 4 + [30] * 9 + [20] * 6
    women = [25] * 4 + [280 / 9] * 9 + [130 / 6] * 6
    return people(men, women)


@pytest.fixture
def reference():
    return people([5.0] * 19, [5.0] * 19)


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(ages, reference, size, width):
    chart = PyramidChart(size=size)
    chart.show(ages, reference, **NAMES)
    assert pixels(chart.png()).shape[1] == width


def test_the_title_compares_the_old(ages, reference):
    """Six groups of nineteen are 65 and over in the reference: 31.6 %."""
    assert PyramidChart().show(ages, reference, **NAMES).title == (
        "Belleau : 25 % des habitants ont 65 ans ou plus, contre 32 % pour le département"
    )


def test_two_close_shares_are_said_alike(ages):
    assert PyramidChart().show(ages, ages * 12, **NAMES).title == (
        "Belleau : 25 % des habitants ont 65 ans ou plus, comme pour le département"
    )


def test_a_bar_is_as_long_as_its_share_of_all_inhabitants(ages, reference):
    chart = PyramidChart()
    chart.show(ages, reference, **NAMES)
    men, women = (chart._bars[sex].get_paths()[0].get_extents() for sex in ("men", "women"))
    assert men.x1 - men.x0 == pytest.approx(2.5)
    assert women.x1 - women.x0 == pytest.approx(2.5)
    assert men.x1 < 0 < women.x0
    assert (men.y0 + men.y1) / 2 == pytest.approx(0)


def test_the_outline_is_that_of_the_reference(ages, reference):
    chart = PyramidChart()
    chart.show(ages, reference, **NAMES)
    women = chart._outlines[1]
    assert np.asarray(women.get_xdata()) - chart._gap == pytest.approx(np.full(38, 100 * 5 / 190))
    assert (min(women.get_ydata()), max(women.get_ydata())) == (-0.5, 18.5)


def test_men_and_women_differ_without_colour(ages):
    chart = PyramidChart()
    chart.show(ages, **NAMES)
    men, women = (chart._bars[sex] for sex in ("men", "women"))
    assert (men.get_hatch(), women.get_hatch()) == (None, "////")
    grey = [luminance(tuple(to_rgb(bars.get_facecolor()[0][:3]))) for bars in (men, women)]
    assert abs(grey[0] - grey[1]) > 0.25
    assert {"Hommes", "Femmes"} <= set(words(chart))


def test_every_age_is_named(ages):
    chart = PyramidChart(size="phone")
    chart.show(ages, **NAMES)
    assert {"0–4", "60–64", "85–89", "90 et plus"} <= set(words(chart))


def test_the_alternative_text_holds_the_three_ages_and_the_largest_gap(ages, reference):
    alt = PyramidChart().show(ages, reference, **NAMES).alt
    assert "Belleau : moins de 20 ans, 20 % ; de 20 à 64 ans, 55 % ; 65 ans et plus, 25 %." in alt
    assert "Le département : moins de 20 ans, 21 % ; de 20 à 64 ans, 47 % ; 65 ans et plus, 32 %." in alt
    assert "Groupe le plus nombreux : femmes de 20–24 ans, 3,1 % des habitants." in alt
    assert "Plus grand écart avec le département : 65–69 ans, −1,1 point." in alt


def test_the_table_has_whole_numbers_and_shares(ages, reference):
    table = PyramidChart().show(ages, reference, **NAMES).french_table()
    assert table.iloc[0].tolist() == ["0–4", "25", "2,5", "25", "2,5", "2,6", "2,6"]
    assert table.columns[-1] == "Femmes, le département (%)"


def test_without_a_reference_there_is_no_outline(ages):
    chart = PyramidChart()
    picture = chart.show(ages, name="Belleau")
    assert picture.title == "Belleau : 25 % des habitants ont 65 ans ou plus"
    assert not any(outline.get_visible() for outline in chart._outlines)
    assert "Trait noir" not in picture.reading[0]


def test_an_age_without_a_number_is_told_and_is_not_a_zero(ages, reference):
    ages.loc[90, "men"] = math.nan
    picture = PyramidChart().show(ages, reference, **NAMES)
    assert picture.alt.endswith("Sans effectif publié : hommes de 90 ans et plus.")
    assert picture.french_table().iloc[-1].tolist()[:3] == ["90 et plus", "–", "–"]


@pytest.mark.parametrize("nothing", [0.0, math.nan])
def test_nobody_makes_an_empty_figure_that_says_so(ages, nothing):
    chart = PyramidChart()
    picture = chart.show(ages * 0 + nothing, **NAMES)
    assert picture.title == "Belleau : aucun effectif par âge publié"
    assert "Aucun effectif publié" in words(chart)
    assert chart.png().startswith(b"\x89PNG")


def test_the_fast_path_gives_the_pixels_of_a_whole_drawing(ages, reference):
    chart = PyramidChart()
    chart.show(ages, reference, **NAMES)
    chart.png()
    chart.show(reference, ages, **NAMES)
    assert np.array_equal(pixels(chart.png()), pixels(draw(chart.figure)))


def test_the_reading_says_what_a_bar_is_and_is_not(ages, reference):
    shows, hides = PyramidChart().show(ages, reference, **NAMES).reading
    assert "Chaque barre est la part des habitants d’un sexe et d’un âge." in shows
    assert hides.startswith("Ce qu’elle ne montre pas. La santé et les revenus")
