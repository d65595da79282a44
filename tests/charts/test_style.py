"""The style is ours alone: nothing leaks into the person's own figures."""

import subprocess
import sys

import matplotlib as mpl
import pytest

from territ_kit.charts.style import (
    CATEGORIES,
    DIVERGING,
    EDGE,
    INK,
    INK_2,
    PAPER,
    PINE,
    SAFFRON,
    SEQUENTIAL,
    contrast,
    in_figure,
    new_figure,
    palette,
    style,
    text_colour,
    text_width,
    wrap,
)


def test_the_style_holds_inside_and_nowhere_else():
    before = mpl.rcParams["axes.edgecolor"]
    with style():
        assert mpl.rcParams["axes.edgecolor"] == "#6B7C7D"
        assert mpl.rcParams["font.family"] != ["sans-serif"]
    assert mpl.rcParams["axes.edgecolor"] == before


def test_pictures_need_no_global_state_and_say_nothing_on_stderr():
    """pyplot keeps figures alive and a graded cell that writes on stderr scores zero."""
    program = (
        "import sys; from territ_kit.charts import choropleth, profile;"
        "from territ_kit.charts.live import draw; from territ_kit.charts.style import new_figure;"
        "draw(new_figure(2, 1)); print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", program], capture_output=True, text=True, check=True
    )
    assert (done.stdout.strip(), done.stderr) == ("False", "")


def test_text_over_a_shade_keeps_a_readable_contrast():
    for shade in (*SEQUENTIAL, *DIVERGING):
        assert contrast(text_colour(shade), shade) >= 3.7, shade
    assert text_colour(SEQUENTIAL[0]) == INK
    assert text_colour(SEQUENTIAL[-1]) == PAPER


@pytest.mark.parametrize("colour", [DIVERGING[1], DIVERGING[5], EDGE, INK_2, PINE, SEQUENTIAL[2]])
def test_marks_stand_out_from_the_paper(colour):
    assert contrast(colour, PAPER) >= 3


@pytest.mark.parametrize(("colour", "ratio"), [(INK, 15.4), (PINE, 6.8), (INK_2, 7.3)])
def test_contrasts_are_those_of_the_style_guide(colour, ratio):
    assert contrast(colour, PAPER) == pytest.approx(ratio, abs=0.1)


def test_the_palette_holds_each_of_our_colours_exactly():
    table = palette()
    colours = {table[place : place + 3].hex().upper() for place in range(0, len(table), 3)}
    assert len(table) <= 3 * 256
    for colour in (INK, PAPER, PINE, SAFFRON, *SEQUENTIAL, *DIVERGING, *CATEGORIES):
        assert colour[1:] in colours


def test_pictures_have_no_thin_space_that_a_font_may_lack():
    assert in_figure("70\u202f500 habitants\u202f;") == "70\u00a0500 habitants\u00a0;"


def test_the_width_of_a_text_is_that_of_its_drawing():
    figure = new_figure(7.4, 1)
    with style():
        drawn = figure.text(0, 0, "Saint-Ervelin-des-Grèves", weight="bold")
        extent = drawn.get_window_extent(figure.canvas.get_renderer())
    assert text_width("Saint-Ervelin-des-Grèves", weight="bold") == pytest.approx(
        extent.width / 192, rel=0.03
    )


def test_a_long_line_is_broken_between_words_and_loses_none():
    words = "décès pour 100\u00a0000 habitants de moins de 65 ans, chaque année"
    lines = wrap(words, 2.0).split("\n")
    assert " ".join(lines) == words
    assert len(lines) > 1
    assert all(text_width(line) <= 2.0 for line in lines)
