"""Classes of a map: shared out, rounded, never empty."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.charts.classes import breaks_through, class_breaks, classes_in_words, classify

values = st.lists(st.floats(0, 1e6, allow_subnormal=False).map(lambda x: round(x, 3)), max_size=60)


def test_breaks_by_hand():
    """0 to 99: fifths at 20, 40, 60 and 80, already round."""
    assert class_breaks(list(range(100))) == [20, 40, 60, 80]


def test_one_very_high_value_does_not_empty_the_other_classes():
    numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1_000]
    assert class_breaks(numbers) == [2, 4, 6, 8]


def test_shared_values_do_not_prevent_classes():
    assert class_breaks([0, 0, 0, 0, 1]) == [0.5]


@given(values)
def test_no_class_is_empty_and_breaks_increase(numbers):
    breaks = class_breaks(numbers)
    assert breaks == sorted(set(breaks))
    if breaks:
        assert np.bincount(classify(numbers, breaks), minlength=len(breaks) + 1).min() > 0


@given(values)
def test_two_different_values_are_enough_for_two_classes(numbers):
    apart = len(set(numbers)) > 1 and max(numbers) - min(numbers) > 1e-3 * max(numbers)
    assert not apart or class_breaks(numbers)


@pytest.mark.parametrize("numbers", [[], [5.0], [5.0, 5.0], [math.nan, 5.0]])
def test_equal_values_make_one_class(numbers):
    assert class_breaks(numbers) == []


def test_a_value_at_a_break_belongs_above():
    assert classify([1.9, 2.0], [2.0]).tolist() == [0, 1]


def test_classes_are_said_with_their_numbers():
    said = classes_in_words(pd.Series([1.0, 12.0, 25.0]), [10.0, 20.0], lambda n: f"{n} commune")
    assert said == (
        "Classes : moins de 10, 1 commune ; de 10 à moins de 20, 1 commune ; 20 ou plus, 1 commune."
    )


@given(values, st.floats(0, 1e6))
def test_a_threshold_between_values_is_a_break_and_empties_no_class(numbers, line):
    breaks = breaks_through(numbers, line)
    assert breaks == sorted(set(breaks))
    if breaks:
        assert np.bincount(classify(numbers, breaks), minlength=len(breaks) + 1).min() > 0
    if numbers and min(numbers) < line <= max(numbers):
        assert line in breaks


def test_a_threshold_beyond_all_values_changes_nothing():
    assert breaks_through(list(range(100)), 500) == class_breaks(list(range(100)))
