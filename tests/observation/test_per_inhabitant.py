"""Figures of the inhabitants: cases by hand, properties, refusals."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.observation.per_inhabitant import population_mean, share_below

places = st.lists(st.tuples(st.floats(0, 100), st.integers(1, 10_000)), min_size=1, max_size=20)


def test_each_inhabitant_counts_and_not_each_place():
    """(2 × 900 + 12 × 100) / 1 000 = 3, when the mean of the two places is 7."""
    assert population_mean([2, 12], [900, 100]).value == pytest.approx(3)


def test_a_place_at_the_threshold_is_not_below_it():
    assert share_below([2.5, 2.4, 9], [50, 30, 20], 2.5).value == pytest.approx(0.3)


@pytest.mark.parametrize(
    "measure", [population_mean, lambda values, people: share_below(values, people, 2.5)]
)
def test_a_place_without_value_is_left_out_and_its_share_said(measure):
    found = measure([1, None, math.nan, 4], [300, 100, 100, 500])
    assert found.value == pytest.approx(measure([1, 4], [300, 500]).value)
    assert found.known_share == pytest.approx(0.8)


@given(places)
def test_the_mean_lies_between_the_values(drawn):
    values, people = zip(*drawn, strict=True)
    assert min(values) - 1e-9 <= population_mean(values, people).value <= max(values) + 1e-9


@given(places, st.floats(0, 100), st.floats(0, 100))
def test_a_higher_threshold_never_leaves_fewer_below(drawn, one, other):
    values, people = zip(*drawn, strict=True)
    low, high = sorted((one, other))
    assert share_below(values, people, low).value <= share_below(values, people, high).value


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: population_mean([None, 3], [100, 0]), "Aucun habitant ne vit là où il y a une valeur"),
        (lambda: population_mean([1, 3], [100, -1]), r"« population » vaut -1 \(commune 2\)"),
        (lambda: population_mean([1, 3], [100]), "2 pour « values », 1 pour « population »"),
        (lambda: share_below([1, math.inf], [100, 10], 2), "« values » contient un nombre infini"),
    ],
)
def test_what_has_no_inhabitants_is_refused_in_three_beats(call, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        call()
    assert "attendu :" in str(refusal.value)
