"""The fast path shows the same picture as a whole drawing."""

import io

import numpy as np
import pytest
from matplotlib.lines import Line2D
from PIL import Image

from territ_kit.charts.live import Live, draw
from territ_kit.charts.style import DIVERGING, PAPER, PINE, SAFFRON, SEQUENTIAL, new_figure, style


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


@pytest.fixture
def moving():
    figure = new_figure(3.36, 2)
    with style():
        axes = figure.add_axes((0.1, 0.2, 0.8, 0.7))
        axes.set(xlim=(0, 1), ylim=(0, 1))
        line = axes.add_line(Line2D([0.2, 0.4], [0.5, 0.5], color=PINE))
    return Live(figure, [line]), line


def test_a_moved_artist_leaves_no_trace_of_its_old_place(moving):
    live, line = moving
    live.draw()
    fast = live.draw(lambda: line.set_xdata([0.6, 0.9]))
    assert np.array_equal(pixels(fast), pixels(draw(live.figure)))
    live.draw(lambda: line.set_xdata([0.2, 0.4]))
    assert not np.array_equal(pixels(fast), pixels(live.draw()))


def test_new_limits_are_seen_and_drawn(moving):
    live, _ = moving
    live.draw()
    live.figure.axes[0].set_xlim(0, 2)
    assert np.array_equal(pixels(live.draw()), pixels(draw(live.figure)))


def test_another_fixed_change_must_be_said(moving):
    live, _ = moving
    before = pixels(live.draw())
    with style():
        live.figure.axes[0].set_xlabel("Part des habitants")
    assert np.array_equal(pixels(live.draw()), before)
    live.refresh()
    assert np.array_equal(pixels(live.draw()), pixels(draw(live.figure)))
    assert not np.array_equal(pixels(live.draw()), before)


@pytest.mark.parametrize("colour", [PAPER, PINE, SAFFRON, *SEQUENTIAL, *DIVERGING])
def test_a_flat_colour_is_exact_in_the_picture(colour):
    figure = new_figure(1, 1)
    figure.patch.set_facecolor(colour)
    expected = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    assert pixels(draw(figure))[50, 50].tolist() == expected


def test_a_picture_has_twice_the_pixels_of_a_screen():
    assert pixels(draw(new_figure(3.36, 2))).shape[:2] == (384, 645)
