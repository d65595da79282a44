"""Many comparisons: cases by hand, links with the intervals, properties, refusals."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.observation.comparisons import (
    METHODS,
    adjust,
    at_least_one_by_chance,
    count_p_values,
    expected_by_chance,
    proportion_p_values,
    read_together,
)
from territ_kit.observation.rates import exact_interval, wilson_interval

p_lists = st.lists(st.floats(0, 1), min_size=1, max_size=30)

# Benjamini and Hochberg (1995), section 4: 15 endpoints of a trial of thrombolysis after a heart attack.
TRIAL = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
         0.4262, 0.5719, 0.6528, 0.7590, 1.0]  # fmt: skip


@pytest.mark.parametrize(
    ("method", "found"), [("none", 9), ("bonferroni", 3), ("holm", 3), ("benjamini_hochberg", 4)]
)
def test_each_method_finds_as_many_differences_as_its_authors_did(method, found):
    """Benjamini and Hochberg (1995): three by Bonferroni's rule at 5 %, four by theirs."""
    assert (adjust(TRIAL, method) <= 0.05).sum() == found


@pytest.mark.parametrize(
    ("method", "adjusted"),
    [
        ("none", [0.01, 0.04, 0.03, 0.5]),
        ("bonferroni", [0.04, 0.16, 0.12, 1]),
        ("holm", [0.04, 0.09, 0.09, 0.5]),
        ("benjamini_hochberg", [0.04, 0.16 / 3, 0.16 / 3, 0.5]),
    ],
)
def test_four_p_values_by_hand(method, adjusted):
    """Holm: 0.01 × 4, 0.03 × 3, then 0.04 × 2 not under the one before. B-H: 0.04 × 4/3."""
    assert adjust([0.01, 0.04, 0.03, 0.5], method).tolist() == pytest.approx(adjusted)


def test_three_hundred_comparisons_show_fifteen_differences_by_chance():
    assert expected_by_chance(300) == pytest.approx(15)
    assert expected_by_chance(0) == at_least_one_by_chance(0) == 0
    assert at_least_one_by_chance(2, 0.9) == pytest.approx(1 - 0.81)


def test_no_event_where_two_are_expected_by_hand():
    """P(0) = e⁻², the smaller tail; doubled, or half of it doubled."""
    assert count_p_values([0], [2], mid=False)[0] == pytest.approx(2 * math.exp(-2))
    assert count_p_values([0], [2])[0] == pytest.approx(math.exp(-2))


def test_four_events_where_one_is_expected_by_hand():
    """P(4 or more) = 1 - e⁻¹ (1 + 1 + 1/2 + 1/6)."""
    tail = 1 - math.exp(-1) * (8 / 3)
    assert count_p_values([4], [1], mid=False)[0] == pytest.approx(2 * tail)


def test_a_proportion_by_hand():
    """60 of 100 against a half: z = 0.1 / 0.05 = 2."""
    assert proportion_p_values([60], [100], 0.5)[0] == pytest.approx(0.0455, abs=5e-5)


@given(st.integers(0, 400), st.floats(0.1, 400))
def test_the_exact_p_value_reads_as_the_exact_interval_does(events, expected):
    low, high = exact_interval(events)
    p = count_p_values([events], [expected], mid=False)[0]
    assert (p < 0.05) == (not low <= expected <= high) or math.isclose(p, 0.05)


@given(st.integers(0, 400), st.integers(1, 400), st.floats(0.01, 0.99))
def test_the_p_value_of_a_proportion_reads_as_wilson_s_interval_does(count, others, reference):
    low, high = wilson_interval(count, count + others)
    p = proportion_p_values([count], [count + others], reference)[0]
    assert (p < 0.05) == (not low <= reference <= high) or math.isclose(p, 0.05)


@given(st.integers(0, 400), st.floats(0.1, 400))
def test_the_mid_p_value_is_never_above_the_exact_one(events, expected):
    mid, exact = (count_p_values([events], [expected], mid=mid)[0] for mid in (True, False))
    assert 0 <= mid <= exact <= 1


@given(p_lists)
def test_bonferroni_is_the_strictest_then_holm_then_benjamini_hochberg(p_values):
    none, bonferroni, holm, discovery = (
        adjust(p_values, method) for method in ("none", "bonferroni", "holm", "benjamini_hochberg")
    )
    hair = 1e-12
    assert (none <= discovery + hair).all()
    assert (discovery <= holm + hair).all()
    assert (holm <= bonferroni + hair).all()
    assert (bonferroni <= 1).all()


@given(p_lists, st.sampled_from(METHODS))
def test_a_smaller_p_value_never_becomes_a_larger_one(p_values, method):
    order = np.argsort(p_values, kind="stable")
    assert (np.diff(adjust(p_values, method)[order]) >= 0).all()


@given(p_lists, st.sampled_from(METHODS))
def test_a_missing_comparison_does_not_count(p_values, method):
    with_gap = adjust([math.nan, *p_values], method)
    assert math.isnan(with_gap[0])
    assert with_gap[1:].tolist() == adjust(p_values, method).tolist()


def test_one_comparison_needs_no_adjustment():
    assert {float(adjust([0.03], method)[0]) for method in METHODS} == {0.03}


def test_false_alarms_are_rare_when_nothing_differs():
    """400 territories of 30 communes like the reference: Holm raises a false alarm in at most 5 % of them."""
    rng = np.random.default_rng(1979)
    expected = rng.uniform(5, 200, (400, 30))
    p = [
        count_p_values(events, awaited)
        for events, awaited in zip(rng.poisson(expected), expected, strict=True)
    ]
    alone = np.mean([(row < 0.05).any() for row in p])
    held = np.mean([(adjust(row) < 0.05).any() for row in p])
    assert alone > 0.7
    assert held < 0.07


def test_the_readings_say_the_side_and_keep_the_codes():
    values = pd.Series([13.0, 4.0, 9.0, math.nan], index=list("abcd"))
    table = read_together(values, 8.0, pd.Series([0.03, 0.01, 0.6, 0.001], index=values.index))
    assert table["reading"].to_dict() == {"a": "undetermined", "b": "lower", "c": "undetermined", "d": ""}
    assert table["adjusted"].tolist()[:3] == pytest.approx([0.06, 0.03, 0.6])


def test_read_alone_each_comparison_has_its_own_p_value():
    table = read_together([13.0, 4.0], 8.0, [0.03, 0.04], method="none")
    assert table["reading"].tolist() == ["higher", "lower"]


def test_a_series_of_p_values_keeps_its_codes():
    assert adjust(pd.Series([0.01, 0.5], index=["a", "b"])).to_dict() == {"a": 0.02, "b": 0.5}


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: adjust([0.1], "fdr"), "« method » vaut « fdr »"),
        (lambda: adjust([0.1, 1.1]), "« p_values » contient un nombre hors de 0 à 1"),
        (lambda: expected_by_chance(-1), "« n » vaut -1"),
        (lambda: expected_by_chance(3, 95), "« confidence » vaut 95"),
        (lambda: at_least_one_by_chance(2.5), "« n » vaut 2.5"),
        (lambda: count_p_values([1], [0]), r"« expected » vaut 0 \(comparaison 1\)"),
        (lambda: count_p_values([-1], [2]), "« events » vaut -1"),
        (lambda: count_p_values([1, 2], [2]), "2 pour « events », 1 pour « expected »"),
        (lambda: proportion_p_values([9], [5], 0.5), r"« count » \(9\) dépasse « total » \(5\)"),
        (lambda: proportion_p_values([1], [5], 31), "« reference » vaut 31.*écrivez 0.31"),
        (lambda: read_together([1.0], 2.0, [0.1, 0.2]), "1 pour « values », 2 pour « p_values »"),
    ],
)
def test_what_cannot_be_used_is_refused_in_three_beats(call, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        call()
    assert "attendu :" in str(refusal.value)
