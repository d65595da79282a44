"""Two-step floating catchment: cases by hand, a replicated library, the invariant, refusals."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from territ_kit.errors import InputError
from territ_kit.observation.access import DREES_2012, catchment, floating_catchment, gaussian_decay

MINUTES = [[0, 8, 14], [8, 0, 6], [14, 6, 0]]
PEOPLE, DOCTORS = [5_000, 2_000, 1_000], [4, 1, 0]


def inverse(minutes):
    return np.where(minutes <= 61, 1 / minutes, 0)


def test_the_two_steps_by_hand():
    """First ratio: 4 / (5 000 + 0.3 × 2 000 + 0.1 × 1 000) = 4 / 5 700."""
    found = catchment(MINUTES, PEOPLE, DOCTORS, DREES_2012)
    assert found.demand == pytest.approx([5_700, 3_800, 2_100])
    assert found.ratios * 1e5 == pytest.approx([70.1754, 26.3158, 0], abs=5e-5)
    assert found.access * 1e5 == pytest.approx([78.0702, 47.3684, 14.9123], abs=5e-5)


@pytest.mark.parametrize(
    ("to_centre", "from_centre", "between", "access"),
    [
        (40, 40, 80, [0.33144412, 0.57982813, 7.28641817]),
        (20, 40, 80, [0.43534022, 0.68372424, 5.72797661]),
        (40, 20, 80, [0.33107191, 0.57785779, 7.29999194]),
        (20, 20, 40, [0.4425684, 0.66675828, 5.74052465]),
    ],
)
def test_the_direction_of_a_trip_matters(to_centre, from_centre, between, access):
    """Weights 1/d up to 61, the centre third: the case of the tests of pysal/access (2SFCA), recomputed."""
    minutes = np.full((3, 3), float(between))
    minutes[:, 2], minutes[2, :] = to_centre, from_centre
    np.fill_diagonal(minutes, 1)
    found = floating_catchment(minutes, [100, 50, 10], [15, 20, 100], inverse)
    assert found == pytest.approx(access, abs=5e-9)


@pytest.mark.parametrize(
    "decay",
    [
        DREES_2012,
        {15: 0.1, 5: 1, 10: 0.3},
        [(10, 0.3), (5, 1), (15, 0.1)],
        lambda minutes: np.select([minutes <= 5, minutes <= 10, minutes <= 15], [1, 0.3, 0.1]),
    ],
)
def test_steps_may_come_in_any_form(decay):
    found = floating_catchment(MINUTES, PEOPLE, DOCTORS, decay)
    assert found == pytest.approx(floating_catchment(MINUTES, PEOPLE, DOCTORS, DREES_2012))


@pytest.mark.parametrize(("minutes", "weight"), [(5, 1), (5.01, 0.3), (10, 0.3), (15, 0.1), (15.01, 0)])
def test_a_limit_belongs_to_its_step(minutes, weight):
    """One place of 100 inhabitants and one nearby doctor: the demand is the weight of the trip."""
    assert catchment([[minutes]], [100], [1], DREES_2012).demand[0] == pytest.approx(100 * weight)


def test_sparse_minutes_are_the_trips_they_store_zeros_included():
    rows, columns = np.indices((3, 3)).reshape(2, -1)
    stored = sparse.coo_array((np.ravel(MINUTES), (rows, columns)), shape=(3, 3))
    found = floating_catchment(stored, PEOPLE, DOCTORS, DREES_2012)
    assert found == pytest.approx(floating_catchment(MINUTES, PEOPLE, DOCTORS, DREES_2012))


@pytest.mark.parametrize("never", [math.nan, math.inf])
def test_a_trip_that_cannot_be_made_is_out_of_reach_even_for_a_function(never):
    found = floating_catchment([[1.0, never], [never, 1.0]], [10, 20], [1, 1], inverse)
    assert found == pytest.approx([0.1, 0.05])


def test_a_table_gives_its_codes_to_the_result():
    table = pd.DataFrame(MINUTES, index=list("ABC"), columns=list("ABC"))
    found = floating_catchment(table, pd.Series(PEOPLE, index=list("ABC")), DOCTORS, DREES_2012)
    assert list(found.index) == ["A", "B", "C"]


def test_a_supply_out_of_reach_counts_nowhere_and_is_said():
    found = catchment([[2, 99], [4, 99]], [100, 300], [2, 5], DREES_2012)
    assert found.unreached_supply == 5
    assert np.isnan(found.ratios).tolist() == [False, True]
    assert found.access == pytest.approx([0.005, 0.005])


def test_nobody_anywhere_reaches_nothing():
    found = catchment(MINUTES, [0, 0, 0], DOCTORS, DREES_2012)
    assert found.access.tolist() == [0, 0, 0]
    assert found.unreached_supply == 5


def test_what_each_supply_brings_sums_to_the_access():
    found = catchment(MINUTES, PEOPLE, DOCTORS, DREES_2012)
    brought = found.weights.toarray() * found.ratios
    assert brought.sum(axis=1) == pytest.approx(found.access)


@given(st.integers(1, 12), st.integers(1, 6), st.data())
def test_population_times_access_is_the_supply_within_reach(places, supplies, data):
    def draw(size, high):
        return data.draw(st.lists(st.integers(0, high), min_size=size, max_size=size))

    minutes = np.reshape(draw(places * supplies, 40), (places, supplies))
    people, offered = draw(places, 20_000), draw(supplies, 50)
    found = catchment(minutes, people, offered, DREES_2012)
    assert np.dot(people, found.access) == pytest.approx(sum(offered) - found.unreached_supply)


@given(st.integers(1, 30), st.integers(0, 40))
def test_more_supply_harms_nobody(extra, minutes):
    before = floating_catchment([[3, 12], [9, minutes]], [800, 400], [2, 1], DREES_2012)
    after = floating_catchment([[3, 12], [9, minutes]], [800, 400], [2, 1 + extra], DREES_2012)
    assert (after >= before - 1e-12).all()


def test_a_gaussian_goes_from_one_to_nothing():
    decay = gaussian_decay(30)
    assert decay(np.array([0.0, 30, 31])).tolist() == [1, 0, 0]
    assert (np.diff(decay(np.linspace(0, 30, 50))) < 0).all()


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: floating_catchment([[1, 2]], [5, 5], [1, 1], DREES_2012), "1 lignes et 2 colonnes pour 2"),
        (lambda: floating_catchment([1, 2], [5], [1, 1], DREES_2012), "« minutes » n’est pas un tableau"),
        (lambda: floating_catchment([["a"]], [5], [1], DREES_2012), "« minutes » n’est pas un tableau"),
        (lambda: floating_catchment([[-3]], [5], [1], DREES_2012), "« minutes » contient -3"),
        (lambda: floating_catchment([[3]], [-5], [1], DREES_2012), "« population » vaut -5"),
        (lambda: floating_catchment([[3]], [None], [1], DREES_2012), "« population » vaut nan"),
        (lambda: floating_catchment([[3]], [5], [-1], DREES_2012), "« supply » vaut -1"),
        (lambda: floating_catchment([[3]], [5], [1], []), "« decay » n’a pas de palier"),
        (lambda: floating_catchment([[3]], [5], [1], [(5, -1)]), "« decay » donne le poids -1 à un trajet"),
        (lambda: floating_catchment([[3]], [5], [1], lambda minutes: 1), "rend 1 poids pour 1 trajets"),
        (lambda: floating_catchment([[0]], [5], [1], lambda one: one * math.nan), "le poids nan à un trajet"),
        (
            lambda: floating_catchment(
                pd.DataFrame([[1], [2]], index=["A", "B"]),
                pd.Series([1, 2], index=["B", "A"]),
                [1],
                DREES_2012,
            ),
            "« population » ne suit pas les lignes de « minutes »",
        ),
        (lambda: gaussian_decay(0), "« reach » vaut 0"),
    ],
)
def test_what_cannot_be_used_is_refused_in_three_beats(call, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        call()
    assert "attendu :" in str(refusal.value)
