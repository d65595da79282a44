"""Words around the axes: laid in inches, never one over another."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.charts.plot import Margins, Plot, around, extent, free_spot, holds, place_names, tick
from territ_kit.charts.style import style, text_width

ROOM = (0.0, 0.0, 6.0, 4.0)
places = st.tuples(st.floats(0.1, 5.9), st.floats(0.1, 3.9))


@pytest.fixture
def plot():
    plot = Plot("wide", 3.0, Margins(0.6, 0.8, 0.4, 0.6))
    plot.axes.set(xlim=(0, 10), ylim=(0, 10))
    plot.follow([])
    return plot


def box(name, spot):
    return around(*spot, text_width(name, 10, "bold") / 2, 0.07)


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_data_lie_where_their_inches_say(plot):
    """The axes are 6 inches wide from 0.6, and 3 high from 0.6."""
    plot.figure.set_dpi(96)
    assert plot.inches([0, 5], [0, 10]) == pytest.approx(np.array([[0.6, 0.6], [3.6, 3.6]]))
    plot.figure.set_dpi(192)
    assert plot.inches(10, 0)[0] == pytest.approx([6.6, 0.6])


def test_notes_make_the_paper_taller_and_leave_the_axes_their_size(plot):
    with style():
        plot.surround("% des adultes", "Population")
        before = plot.figure.get_figheight()
        plot.surround("% des adultes", "Population", "Une note.", "", "Une autre.")
    assert plot.figure.get_figheight() == pytest.approx(before + 2 * 0.18 + 0.08)
    left, bottom, right, top = plot.room
    assert (right - left, top - bottom) == pytest.approx((6.0, 3.0))
    assert bottom == pytest.approx(plot.axes.get_position().y0 * plot.figure.get_figheight())


def test_words_are_wiped_by_the_next_surround(plot):
    with style():
        plot.surround("% des adultes", "Population", "Une note.")
        plot.surround("% des adultes", "Population")
    assert [label.get_text() for label in plot.words.labels] == ["% des adultes", "Population"]


def test_a_long_unit_takes_more_lines_and_stays_on_the_paper():
    phone = Plot("phone", 2.0, Margins(0.5, 0.2, 0.4, 0.6))
    phone.follow([])
    with style():
        phone.surround("% des personnes de 50 à 74 ans qui ont reçu une invitation à domicile", "Population")
    phone.png()
    head = phone.words.labels[0]
    extent_ = head.get_window_extent(phone.figure.canvas.get_renderer())
    assert "\n" in head.get_text()
    assert extent_.x1 <= phone.figure.bbox.width
    assert extent_.y0 / phone.figure.dpi > phone.room[3]


def test_a_scale_stays_while_it_serves_the_same_subject(plot):
    plot.scale_y([10, 20], "a")
    limits = plot.axes.get_ylim()
    plot.scale_y([11, 19], "a")
    assert plot.axes.get_ylim() == limits
    plot.scale_y([11, 19], "b")
    assert plot.axes.get_ylim() != limits


def test_a_scale_starts_at_zero_when_values_are_near_it(plot):
    plot.scale_y([2, 20], "a")
    assert plot.axes.get_ylim()[0] == 0
    plot.scale_y([80, 84], "b")
    assert 75 < plot.axes.get_ylim()[0] < 80


@given(st.lists(places, min_size=1, max_size=7))
def test_names_stay_in_the_room_and_off_each_other_and_off_the_points(points):
    names = ["Aubray", "Saint-Ervelin-des-Grèves", "Corval", "Brévaumer", "Esquay", "Ferval", "Gouvix"]
    names = names[: len(points)]
    found = place_names(names, points, ROOM)
    boxes = [box(name, spot) for name, spot in zip(names, found, strict=True) if spot]
    for place, one in enumerate(boxes):
        assert one[0] >= 0
        assert one[2] <= 6
        assert not any(meet(one, other) for other in boxes[place + 1 :])
        assert not any(meet(one, around(*point, 0.05, 0.05)) for point in points)


def test_a_name_stands_right_of_its_point_when_all_is_free():
    (spot,) = place_names(["Aubray"], [(2.0, 2.0)], ROOM)
    assert spot[0] > 2.0 + text_width("Aubray", 10, "bold") / 2
    assert spot[1] == 2.0


def test_a_name_avoids_a_line_when_it_can():
    line = np.column_stack([np.linspace(2.05, 5, 60), np.full(60, 2.0)])
    (spot,) = place_names(["Aubray"], [(2.0, 2.0)], ROOM, lines=line)
    assert not meet(box("Aubray", spot), (2.05, 1.999, 5, 2.001))


def test_a_name_without_a_place_is_not_written():
    assert place_names(["Aubray"], [(2.0, 2.0)], ROOM, taken=[ROOM]) == [None]


def test_a_free_spot_is_the_first_that_meets_nothing():
    spots = [(1.0, 1.0), (2.0, 1.0), (3.0, 1.0)]
    line = np.array([[2.0, 1.0]])
    assert free_spot(spots, (0.2, 0.1), ROOM, [(0.9, 0.9, 1.1, 1.1)], line) == (3.0, 1.0)
    assert free_spot(spots[:2], (0.2, 0.1), ROOM, [(0.9, 0.9, 1.1, 1.1)], line) is None


def test_limits_serve_when_they_hold_the_figures_that_fill_half_of_them():
    assert holds((0, 10), 1, 9)
    assert not holds((0, 10), 1, 11)
    assert not holds((0, 10), 1, 4)


def test_a_few_long_intervals_do_not_flatten_the_rest():
    lows, highs = pd.Series([9.0] * 20 + [0.0]), pd.Series([11.0] * 20 + [500.0])
    assert extent([10.0] * 21, lows, highs)[1] < 20
    assert extent([10.0], pd.Series([], dtype=float), pd.Series([], dtype=float)) == (10.0, 10.0)


def test_ticks_are_french():
    assert [tick(value) for value in (1000, 2.5, -3, 0.25)] == ["1\u00a0000", "2,5", "−3", "0,25"]
