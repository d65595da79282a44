"""Moran's index around each area: published quadrants, exact probabilities, properties, refusals."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.observation.local_moran import local_moran
from territ_kit.observation.spatial import moran

# De Smith M. J. et al., Geospatial Analysis: the ten zones of the docstring of esda, Moran_Local.
ZONES = [2.24, 3.1, 4.55, -5.15, -4.39, 0.46, 5.54, 9.02, -2.09, -3.06]
AROUND = [[1, 3], [0, 4], [3, 6], [0, 2, 4, 7], [1, 3, 5, 8], [4, 9], [2, 7], [3, 6, 8], [4, 7, 9], [5, 8]]


def ring(size):
    return [[(place - 1) % size, (place + 1) % size] for place in range(size)]


def test_the_quadrants_are_the_published_ones():
    """Docstring of esda, Moran_Local, q: 4, 4, 4, 2, 3, 3, 1, 4, 3, 3."""
    names = {1: "HH", 2: "LH", 3: "LL", 4: "HL"}
    published = [names[number] for number in (4, 4, 4, 2, 3, 3, 1, 4, 3, 3)]
    assert local_moran(ZONES, AROUND, rng=1).quadrant.tolist() == published


def test_the_local_indices_are_those_of_esda():
    """The same zones, recomputed with esda 2.9.0."""
    assert local_moran(ZONES, AROUND, rng=1).i[[0, 3, 6]] == pytest.approx(
        [-0.11409277, -0.51770383, 1.19148298]
    )


def test_the_probability_is_that_of_every_draw_of_the_other_areas():
    """All 720 orders of the six other values, against 20 000 draws: within four standard errors."""
    figures, near = [9, 8, 3, 1, 2, 6, 5], [[1, 2], [0], [0, 1, 3], [2], [5, 6, 3, 0], [4], [4, 5]]
    found = local_moran(figures, near, permutations=20_000, rng=3)
    for area, others in enumerate(near):
        observed = np.mean([figures[one] for one in others])
        rest = [figure for place, figure in enumerate(figures) if place != area]
        lags = np.array([np.mean(order[: len(others)]) for order in permutations(rest)])
        exact = min((lags >= observed - 1e-9).mean(), (lags <= observed + 1e-9).mean())
        assert found.p[area] == pytest.approx(exact, abs=4 * 0.5 / np.sqrt(20_000))


def test_weights_count_in_the_probability():
    """Weights 3 to 1 over two of five others: the exact share of the 20 ordered pairs."""
    figures = np.array([5.0, 9, 1, 4, 7, 2])
    near = np.zeros((6, 6))
    near[0, 1], near[0, 2] = 3, 1
    pairs = [0.75 * one + 0.25 * other for one, other in permutations(figures[1:], 2)]
    exact = np.mean(np.array(pairs) >= 0.75 * 9 + 0.25)
    assert local_moran(figures, near, permutations=20_000, rng=1).p[0] == pytest.approx(exact, abs=0.015)


def test_where_nothing_happens_a_tenth_of_the_areas_pass_below_five_per_cent():
    figures = np.random.default_rng(2026).normal(size=4_000)
    p = local_moran(figures, ring(4_000), rng=5).p
    assert (p <= 0.05).mean() == pytest.approx(0.10, abs=0.02)


@given(st.lists(st.integers(0, 50), min_size=5, max_size=30))
def test_local_indices_sum_to_the_whole_one(figures):
    assume(len(set(figures)) > 1)
    near = ring(len(figures))
    local = local_moran(figures, near, permutations=99, rng=0)
    assert local.i.sum() == pytest.approx((len(figures) - 1) * moran(figures, near).i, abs=1e-9)
    assert ((local.p > 0) & (local.p <= 1)).all()


def test_the_same_seed_gives_the_same_probabilities():
    one, other = (local_moran(ZONES, AROUND, rng=seed).p for seed in (7, np.random.default_rng(7)))
    assert one.tolist() == other.tolist()


def test_blocks_do_not_change_the_probabilities(monkeypatch):
    whole = local_moran(ZONES, AROUND, rng=7).p
    monkeypatch.setattr("territ_kit.observation.local_moran._SIMULATED_AT_ONCE", 3 * 999)
    assert local_moran(ZONES, AROUND, rng=7).p.tolist() == whole.tolist()


def test_an_area_without_value_or_neighbour_has_no_index():
    found = local_moran([1, 2, 3, 8, None, 5], [[1, 4], [0], [3], [2, 4], [3], []], rng=0)
    assert np.isnan(found.i).tolist() == np.isnan(found.p).tolist() == [False] * 4 + [True, True]
    assert found.quadrant.tolist()[4:] == ["", ""]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: local_moran(ZONES, AROUND, permutations=9, rng=0), "« permutations » vaut 9.* 99 tirages"),
        (lambda: local_moran([4] * 6, ring(6), rng=0), "Toutes les valeurs sont égales"),
        (lambda: local_moran([1, 2, None, None], ring(4), rng=0), "2 communes avec une valeur"),
        (lambda: local_moran([1, 2, 3, 4], [[], [], [], []], rng=0), "Aucune commune n’a de voisine"),
    ],
)
def test_what_cannot_be_mapped_is_refused_in_three_beats(call, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        call()
    assert "attendu :" in str(refusal.value)
