"""Empirical Bayes smoothing: published figures, cases by hand, properties, refusals."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.observation.smoothing import empirical_bayes, local_empirical_bayes, moran, shrinkage
from tests.observation.north_carolina import BIRTHS, DEATHS, NEIGHBOURS

areas = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 100_000)), min_size=3, max_size=30)


def columns(drawn):
    events, population = np.array(drawn, dtype=float).T
    return events, population


def ring(size):
    return [[(place - 1) % size, (place + 1) % size] for place in range(size)]


def test_global_smoothing_gives_the_published_figures():
    """North Carolina, recomputed with esda 2.9.0, Empirical_Bayes."""
    found = shrinkage(DEATHS, BIRTHS)
    assert found.reference[0] == pytest.approx(0.0020214448936544207, rel=1e-12)
    assert found.variance[0] == pytest.approx(7.692930647014653e-07, rel=1e-9)
    assert found.rates[:5] == pytest.approx([0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349], abs=5e-8)


def test_local_smoothing_is_geoda_s():
    """North Carolina, recomputed with esda 2.9.0, Spatial_Empirical_Bayes: the definition of GeoDa."""
    rates = local_empirical_bayes(DEATHS, BIRTHS, NEIGHBOURS)
    assert rates[:5] == pytest.approx([0.00099223, 0.0012639, 0.00097403, 0.00076046, 0.00501539], abs=5e-9)


def test_smoothing_by_hand():
    """Rates 0.2 and 0.4 of 100: m = 0.3, s² = 0.01, A = 0.01 - 0.3 / 100 = 0.007, w = 0.007 / 0.01."""
    found = shrinkage([20, 40], [100, 100])
    assert found.variance == pytest.approx([0.007, 0.007])
    assert found.weights == pytest.approx([0.7, 0.7])
    assert found.rates == pytest.approx([0.23, 0.37])


def test_differences_that_chance_explains_leave_the_rate_of_the_territory():
    """3 and 5 events in 100: s² = 1e-4 is below m / n = 4e-4."""
    found = shrinkage([3, 5], [100, 100])
    assert found.variance.tolist() == [0, 0]
    assert found.rates == pytest.approx([0.04, 0.04])


def test_where_all_are_neighbours_the_window_is_the_territory():
    everyone = np.ones((100, 100))
    assert local_empirical_bayes(DEATHS, BIRTHS, everyone) == pytest.approx(empirical_bayes(DEATHS, BIRTHS))


def test_an_area_without_neighbours_keeps_its_raw_rate():
    assert local_empirical_bayes([3, 5, 90], [100, 100, 1_000], [[1], [0], []])[2] == pytest.approx(0.09)


def test_weights_of_neighbours_do_not_count():
    matrix = np.array([[0, 0.2, 0], [5, 0, 3], [0, 1, 0]])
    lists = [[1], [0, 2], [1]]
    given_figures = [30, 5, 60], [1_000, 300, 1_000]
    assert (
        local_empirical_bayes(*given_figures, matrix).tolist()
        == local_empirical_bayes(*given_figures, lists).tolist()
    )


def test_neighbours_are_found_by_the_codes_of_the_series():
    events = pd.Series([30, 5, 60], index=["A", "B", "C"])
    population = pd.Series([1_000, 300, 1_000], index=["A", "B", "C"])
    by_code = local_empirical_bayes(events, population, {"C": ["B"], "B": ["A", "C"], "A": ["B"]})
    assert (
        by_code.tolist()
        == local_empirical_bayes([30, 5, 60], [1_000, 300, 1_000], [[1], [0, 2], [1]]).tolist()
    )


def test_no_event_at_all_is_a_rate_of_zero_everywhere():
    found = shrinkage([0, 0, 0], [10, 20, 30], ring(3))
    assert found.rates.tolist() == [0, 0, 0]
    assert found.weights.tolist() == [0, 0, 0]


@pytest.mark.parametrize("neighbours", [None, ring(4)])
@pytest.mark.parametrize(("events", "population"), [(math.nan, 500), (7, math.nan), (0, 0), (None, 0)])
def test_an_area_without_figure_or_inhabitant_takes_no_part(events, population, neighbours):
    found = shrinkage([20, 60, 35, events], [1_000, 1_200, 1_500, population], neighbours)
    without = [[1], [0, 2], [1]] if neighbours else None
    alone = shrinkage([20, 60, 35], [1_000, 1_200, 1_500], without)
    assert math.isnan(found.rates[3])
    assert found.rates[:3] == pytest.approx(alone.rates)


@pytest.mark.parametrize("local", [False, True])
@given(areas)
def test_a_smoothed_rate_lies_between_the_raw_rate_and_the_reference(local, drawn):
    found = shrinkage(*columns(drawn), ring(len(drawn)) if local else None)
    low, high = np.minimum(found.raw, found.reference), np.maximum(found.raw, found.reference)
    assert (found.rates >= low - 1e-12 - 1e-9 * low).all()
    assert (found.rates <= high + 1e-12 + 1e-9 * high).all()
    assert ((found.weights >= 0) & (found.weights <= 1)).all()


@given(areas)
def test_the_larger_the_population_the_more_its_own_rate_counts(drawn):
    events, population = columns(drawn)
    weights = shrinkage(events, population).weights[np.argsort(population, kind="stable")]
    assert (np.diff(weights) >= -1e-12).all()


@given(areas, st.randoms(use_true_random=False))
def test_the_order_of_the_areas_does_not_matter(drawn, random):
    events, population = columns(drawn)
    order = list(range(len(drawn)))
    random.shuffle(order)
    place = {old: new for new, old in enumerate(order)}
    moved = [[place[one] for one in ring(len(drawn))[old]] for old in order]
    here = local_empirical_bayes(events, population, ring(len(drawn)))
    there = local_empirical_bayes(events[order], population[order], moved)
    assert there == pytest.approx(here[order], rel=1e-6, abs=1e-12)


def test_the_index_of_moran_stands_beside_smoothing():
    assert moran(np.divide(DEATHS, BIRTHS), NEIGHBOURS).i == pytest.approx(0.2477, abs=5e-5)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: empirical_bayes([-1, 2], [10, 10]), r"« events » vaut -1 \(commune 1\)"),
        (lambda: empirical_bayes([1, 2], [10, -10]), r"« population » vaut -10 \(commune 2\)"),
        (lambda: empirical_bayes([1, 2], [10, 0]), "« population » vaut 0"),
        (lambda: empirical_bayes([math.inf, 2], [10, 10]), "« events » contient un nombre infini"),
        (lambda: empirical_bayes([1, 2], [10, 10, 10]), "2 pour « events », 3 pour « population »"),
        (lambda: empirical_bayes([None, None], [10, 10]), "Aucune commune n’a à la fois"),
        (lambda: empirical_bayes(["a", "b"], [10, 10]), "autre chose que des nombres"),
        (
            lambda: empirical_bayes(pd.Series([1, 2], ["A", "B"]), pd.Series([10, 10], ["B", "A"])),
            "dans le même ordre",
        ),
        (lambda: local_empirical_bayes([1, 2], [10, 10], [[1]]), "1 listes de voisins pour 2 valeurs"),
    ],
)
def test_what_cannot_be_smoothed_is_refused_in_three_beats(call, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        call()
    assert "attendu :" in str(refusal.value)
