"""Moran's index of a territory: published figures, cases by hand, properties, refusals."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.observation.spatial import moran
from tests.observation.north_carolina import BIRTHS, DEATHS, NEIGHBOURS

RATES = np.divide(DEATHS, BIRTHS) * 1_000
ROAD = [[1], [0, 2], [1, 3], [2, 4], [3]]
values = st.lists(st.integers(-1_000, 1_000), min_size=5, max_size=25)


def ring(size):
    return [[(place - 1) % size, (place + 1) % size] for place in range(size)]


def test_the_index_is_the_published_one():
    """North Carolina: esda, Moran, test of SIDR74 (rates rounded to 6 decimals there)."""
    found = moran(RATES, NEIGHBOURS)
    assert found.i == pytest.approx(0.24772519320480135, abs=1e-7)
    assert found.expected == pytest.approx(-1 / 99)
    assert found.areas == 100


def test_under_normality_the_probability_is_the_published_one():
    """North Carolina: esda, docstring of Moran, p_norm, replicating GeoDa."""
    assert moran(RATES, NEIGHBOURS, null="normality").p == pytest.approx(0.0001158330781489969, rel=1e-5)


def test_under_randomisation_the_moments_are_those_of_esda():
    """North Carolina, recomputed with esda 2.9.0: z_rand and p_rand."""
    found = moran(RATES, NEIGHBOURS)
    assert (found.null, found.z) == ("randomisation", pytest.approx(3.942847, abs=5e-6))
    assert found.p == pytest.approx(8.052e-05, rel=1e-4)


def test_an_index_by_hand():
    """Deviations -2 to 2; lags -1, -1, 0, 1, 1: the sum of products is 2 + 1 + 0 + 1 + 2, over 10."""
    assert moran([1, 2, 3, 4, 5], ROAD).i == pytest.approx(0.6)


def test_the_moments_are_those_of_all_permutations():
    """Randomisation: the mean and variance over the 120 orders of five values."""
    figures = [1, 2, 4, 8, 20]
    dealt = [moran(order, ROAD).i for order in permutations(figures)]
    found = moran(figures, ROAD)
    assert np.mean(dealt) == pytest.approx(found.expected)
    assert np.var(dealt) == pytest.approx(found.variance)


def test_a_checkerboard_is_minus_one():
    board = [(row + column) % 2 for row in range(6) for column in range(6)]
    near = [
        [
            6 * (row + down) + column + right
            for down, right in ((-1, 0), (1, 0), (0, -1), (0, 1))
            if 0 <= row + down < 6 and 0 <= column + right < 6
        ]
        for row in range(6)
        for column in range(6)
    ]
    assert moran(board, near).i == pytest.approx(-1)


def test_an_area_without_value_is_nobody_s_neighbour():
    with_hole = moran([1, 2, math.nan, 4, 5, 9], [[1], [0, 2], [1, 3], [2, 4], [3, 5], [4]])
    without = moran([1, 2, 4, 5, 9], [[1], [0], [3], [2, 4], [3]])
    assert with_hole == without


def test_an_island_counts_in_the_mean_and_adds_nothing():
    """Deviations -2, -1, 1, 2, 0; lags of the two pairs: (2 + 2 + 2 + 2) / 10, times 5 areas over 4 rows."""
    found = moran([1, 2, 4, 5, 3], [[1], [0], [3], [2], []])
    assert found.i == pytest.approx(5 / 4 * 8 / 10)
    assert (found.areas, found.expected) == (5, -0.25)


def test_where_all_touch_all_the_index_cannot_vary():
    found = moran([1, 5, 2, 9], np.ones((4, 4)))
    assert found.i == pytest.approx(found.expected)
    assert math.isnan(found.z)
    assert math.isnan(found.p)


def test_neighbours_may_go_one_way():
    """Deviations -3, -2, -1, 0, 6, each with that of the next, the last with the one before: 8 / 50."""
    assert moran([1, 2, 3, 4, 10], [[1], [2], [3], [4], [3]]).i == pytest.approx(0.16)


@given(values, st.floats(-50, 50), st.floats(0.01, 100))
def test_the_unit_and_the_zero_of_the_values_do_not_matter(figures, shift, scale):
    assume(len(set(figures)) > 1)
    found = moran(figures, ring(len(figures)))
    moved = moran(np.array(figures) * scale + shift, ring(len(figures)))
    assert (moved.i, moved.z) == pytest.approx((found.i, found.z), rel=1e-6, abs=1e-6, nan_ok=True)


@given(values, st.randoms(use_true_random=False))
def test_the_order_of_the_areas_does_not_matter(figures, random):
    assume(len(set(figures)) > 1)
    order = list(range(len(figures)))
    random.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    moved = [[place[one] for one in ring(len(figures))[old]] for old in order]
    here, there = moran(figures, ring(len(figures))), moran([figures[old] for old in order], moved)
    assert (there.i, there.variance) == pytest.approx((here.i, here.variance), abs=1e-9)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: moran([1, 2, 3, None], ring(4)), "3 communes avec une valeur ; attendu : 4 ou plus"),
        (lambda: moran([0.3] * 5, ring(5)), "Toutes les valeurs sont égales à 0,30"),
        (lambda: moran([1, 2, 3, 4], [[], [], [], []]), "Aucune commune n’a de voisine"),
        (lambda: moran([1, 2, 3, math.inf], ring(4)), "« values » contient un nombre infini"),
        (lambda: moran([1, 2, 3, 4], ring(4), null="normal"), "« normal » n’existe pas"),
    ],
)
def test_what_cannot_be_tested_is_refused_in_three_beats(call, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        call()
    assert "attendu :" in str(refusal.value)
