"""Social inequalities: published figures, cases by hand, properties, refusals."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.observation.inequality import (
    SCALES,
    concentration_index,
    population_quantiles,
    slope_index,
)

# Public Health England, PHEindicatormethods, examples of phe_sii: life expectancy by decile.
AREA_1 = [7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534]
YEARS_1 = [75.9334590103081, 78.3442382727843, 83.8360631041654, 83.6375399664931,
           80.4655031529559, 81.1156759857022, 81.6930835718562, 84.1900062060987,
           80.5955641081472, 86.2894349578624]  # fmt: skip
ERRORS_1 = [1.64, 1.58, 1.51, 1.78, 1.7, 1.56, 1.37, 1.4, 2.43, 1.57]
AREA_2 = [21675, 20065, 19750, 24713, 20112, 19618, 22408, 19752, 18939, 19312]
YEARS_2 = [70.54853186, 71.57155734, 72.48698671, 73.51985519, 73.14605425,
           76.15898712, 78.65444871, 80.56476961, 80.85486627, 79.9711253]  # fmt: skip
# World Health Organization, healthequal, example of aci and rci (populations drawn with set.seed(123)).
SUBGROUPS = [78, 91, 162, 103, 105]
SHARES = [20, 30, 40, 50, 60]

groups = st.lists(st.tuples(st.floats(1, 1_000), st.integers(1, 50_000)), min_size=2, max_size=12)


@pytest.mark.parametrize(
    ("years", "population", "sii", "rii"),
    [
        (YEARS_1, AREA_1, 6.934616473668819, 1.0888180804446217),
        (YEARS_2, AREA_2, 12.547846636351798, 1.180885620848795),
    ],
)
def test_the_slope_gives_the_published_indices(years, population, sii, rii):
    """PHEindicatormethods, phe_sii, value_type 0."""
    index = slope_index(years, population)
    assert (index.sii, index.rii) == pytest.approx((sii, rii), rel=1e-9)


def test_the_slope_of_five_subgroups():
    """The example of healthequal, by ordinary weighted least squares."""
    assert slope_index(SHARES, SUBGROUPS).sii == pytest.approx(46.25381, abs=5e-6)


def test_the_concentration_gives_the_published_indices():
    """healthequal, aci and rci."""
    index = concentration_index(SHARES, SUBGROUPS)
    assert index.absolute == pytest.approx(7.32842032, abs=5e-9)
    assert index.relative == pytest.approx(0.17776861, abs=5e-9)
    assert index.mean == pytest.approx(41.22449, abs=5e-6)


def test_a_slope_by_hand():
    """Two halves at ranks 1/4 and 3/4: the line through 10 and 20 goes from 5 to 25."""
    index = slope_index([10, 20], [50, 50])
    assert (index.fitted_most, index.fitted_least) == pytest.approx((5, 25))
    assert (index.sii, index.rii) == pytest.approx((20, 5))
    assert index.ridits.tolist() == pytest.approx([0.25, 0.75])


def test_a_concentration_by_hand():
    """Two halves: 10 × (2 × 1/4 - 1) / 2 + 20 × (2 × 3/4 - 1) / 2 = 2.5, over a mean of 15."""
    index = concentration_index([10, 20], [50, 50])
    assert (index.absolute, index.relative) == pytest.approx((2.5, 1 / 6))
    assert index.curve_x.tolist() == pytest.approx([0, 0.5, 1])
    assert index.curve_y.tolist() == pytest.approx([0, 1 / 3, 1])


@pytest.mark.parametrize(
    ("scale", "values"),
    [("log", 100 * np.exp(-0.8 * np.array([0.1, 0.35, 0.75]))), ("logit", [0.3, 0.2, 0.1])],
)
def test_the_line_is_straight_on_its_scale_and_its_ends_come_back_to_the_unit(scale, values):
    population = [20, 30, 50]
    index, here = slope_index(values, population, scale=scale), SCALES[scale]
    slope, start = np.polyfit(index.ridits, here.to(np.asarray(values)), 1, w=np.sqrt(population))
    first, last = here.back(np.array([start, start + slope]))
    assert (index.fitted_most, index.fitted_least) == pytest.approx((first, last))
    assert (index.sii, index.rii) == pytest.approx((last - first, last / first))


@pytest.mark.parametrize(
    ("scale", "values", "errors"),
    [
        ("identity", YEARS_1, ERRORS_1),
        ("log", np.linspace(400, 250, 10), [30] * 10),
        ("logit", np.linspace(0.4, 0.2, 10), [0.02] * 10),
    ],
)
def test_the_limits_are_those_of_a_simulation(scale, values, errors):
    """The published method draws the values 100 000 times; its own tolerance is 5 %."""
    index = slope_index(values, AREA_1, standard_errors=errors, scale=scale)
    here, rng = SCALES[scale], np.random.default_rng(2004)
    spread = np.asarray(errors) / here.slope(np.asarray(values))
    draws = here.to(np.asarray(values)) + spread * rng.standard_normal((100_000, 10))
    slope, start = np.polyfit(index.ridits, draws.T, 1, w=np.sqrt(AREA_1))
    first, last = here.back(start), here.back(start + slope)
    for limits, simulated in (
        ((index.sii_low, index.sii_high), last - first),
        ((index.rii_low, index.rii_high), last / first),
    ):
        expected = np.quantile(simulated, [0.025, 0.975])
        assert limits == pytest.approx(expected, abs=0.02 * np.ptp(expected))


def test_the_gap_of_normal_values_has_its_exact_margin():
    """Two halves: the gap is twice the difference, so 1.96 × 2 × √(3² + 4²)."""
    index = slope_index([70, 80], [50, 50], standard_errors=[3, 4])
    assert index.sii_high - index.sii == pytest.approx(1.959964 * 10)


def test_without_standard_errors_there_are_no_limits():
    index = slope_index(YEARS_1, AREA_1)
    assert all(math.isnan(limit) for limit in (index.sii_low, index.sii_high, index.rii_low, index.rii_high))


def test_values_known_without_error_leave_no_margin():
    index = slope_index(YEARS_1, AREA_1, standard_errors=[0] * 10)
    assert index.sii_low == index.sii == index.sii_high
    assert index.rii_low == index.rii == index.rii_high


def test_a_line_that_goes_under_zero_has_no_ratio():
    index = slope_index([1, 20], [50, 50], standard_errors=[1, 1])
    assert index.fitted_most < 0
    assert all(math.isnan(figure) for figure in (index.rii, index.rii_low, index.rii_high))
    assert index.sii_low < index.sii < index.sii_high


@pytest.mark.parametrize("scale", ["identity", "log", "logit"])
def test_equal_groups_have_no_gap(scale):
    index = slope_index([0.3] * 4, [10, 20, 30, 5], scale=scale)
    assert (index.sii, index.rii) == pytest.approx((0, 1))


def test_the_method_is_named_in_french():
    assert "moindres carrés pondérés" in slope_index([1, 2], [1, 1], scale="log").method


@given(groups, st.floats(0.5, 0.9), st.floats(0.91, 0.999))
def test_more_confidence_is_a_wider_interval_around_the_indices(rows, less, more):
    values, population = zip(*rows, strict=True)
    errors = [1.0] * len(values)
    narrow, wide = (
        slope_index(values, population, standard_errors=errors, scale="log", confidence=level)
        for level in (less, more)
    )
    assert wide.sii_low < narrow.sii_low <= narrow.sii <= narrow.sii_high < wide.sii_high
    assert wide.rii_low < narrow.rii_low <= narrow.rii <= narrow.rii_high < wide.rii_high


@given(groups, st.floats(0.01, 100), st.integers(2, 50))
def test_the_gap_follows_the_unit_and_the_ratio_does_not(rows, factor, people):
    values, population = (np.array(column) for column in zip(*rows, strict=True))
    one = slope_index(values, population, scale="log")
    other = slope_index(values * factor, population * people, scale="log")
    assert other.sii == pytest.approx(one.sii * factor, rel=1e-6, abs=1e-6 * factor)
    assert other.rii == pytest.approx(one.rii, rel=1e-6)


@given(groups)
def test_reading_the_ladder_from_the_other_end_changes_the_sign(rows):
    down, up = zip(*rows, strict=True), zip(*reversed(rows), strict=True)
    (values, population), (flipped, people) = down, up
    scale = max(values)
    slope, other = slope_index(values, population).sii, slope_index(flipped, people).sii
    assert other == pytest.approx(-slope, rel=1e-6, abs=1e-6 * scale)
    index, other = concentration_index(values, population), concentration_index(flipped, people)
    assert other.absolute == pytest.approx(-index.absolute, abs=1e-9 * scale)
    assert other.relative == pytest.approx(-index.relative, abs=1e-9)


@given(groups, st.floats(0.01, 100), st.integers(2, 50))
def test_the_relative_concentration_depends_on_no_unit(rows, factor, people):
    values, population = (np.array(column) for column in zip(*rows, strict=True))
    one = concentration_index(values, population)
    other = concentration_index(values * factor, population * people)
    assert other.relative == pytest.approx(one.relative, abs=1e-9)
    assert other.absolute == pytest.approx(one.absolute * factor, abs=1e-9 * factor * max(values))


@given(groups, st.integers(0, 11), st.floats(0.1, 0.9))
def test_splitting_a_group_in_two_of_the_same_value_changes_no_concentration(rows, place, part):
    place %= len(rows)
    value, people = rows[place]
    split = [*rows[:place], (value, part * people), (value, (1 - part) * people), *rows[place + 1 :]]
    whole, pieces = (concentration_index(*zip(*some, strict=True)) for some in (rows, split))
    assert pieces.absolute == pytest.approx(whole.absolute, abs=1e-9 * 1_000)


@given(groups)
def test_equal_values_are_not_concentrated(rows):
    index = concentration_index([7.0] * len(rows), [people for _, people in rows])
    assert (index.absolute, index.relative) == pytest.approx((0, 0), abs=1e-12)
    assert index.curve_y == pytest.approx(index.curve_x)


@given(groups)
def test_the_concentration_is_twice_the_area_between_the_diagonal_and_the_curve(rows):
    index = concentration_index(*zip(*rows, strict=True))
    under = float(np.sum(np.diff(index.curve_x) * (index.curve_y[1:] + index.curve_y[:-1]) / 2))
    assert index.relative == pytest.approx(1 - 2 * under, abs=1e-9)


@given(st.lists(st.tuples(st.floats(0.01, 0.99), st.integers(1, 9_000)), min_size=2, max_size=9))
def test_the_bounded_index_mirrors_health_and_ill_health(rows):
    """Erreygers (2009): the relative index of a share and that of its complement do not."""
    ill, population = (np.array(column) for column in zip(*rows, strict=True))
    index, mirror = (concentration_index(some, population, bounds=(0, 1)) for some in (ill, 1 - ill))
    assert index.bounded == pytest.approx(-mirror.bounded, abs=1e-12)
    assert abs(index.bounded) <= 1


def test_half_with_all_is_the_greatest_bounded_concentration():
    assert concentration_index([0, 1], [50, 50], bounds=(0, 1)).bounded == pytest.approx(1)


def test_nothing_to_share_out_has_no_relative_concentration():
    index = concentration_index([0, 0], [50, 50])
    assert index.absolute == 0
    assert math.isnan(index.relative)
    assert index.bounded is None


def test_the_fifths_hold_the_same_number_of_inhabitants():
    rng = np.random.default_rng(5)
    population = pd.Series(rng.integers(50, 3_000, 2_000))
    fifths = population_quantiles(rng.normal(size=2_000), population)
    held = population.groupby(fifths).sum() / population.sum()
    assert held.tolist() == pytest.approx([0.2] * 5, abs=0.002)


def test_the_first_quantile_has_the_highest_values():
    assert population_quantiles([1, 9, 5, 7], [10] * 4, n=4).tolist() == [4, 1, 3, 2]


def test_areas_of_the_same_value_stay_together():
    assert population_quantiles([5, 5, 5, 1], [10, 10, 10, 10], n=4).tolist() == [2, 2, 2, 4]


def test_a_large_city_is_not_split():
    assert population_quantiles([9, 5, 1], [10, 1_000, 10], n=5).tolist() == [1, 3, 5]


def test_an_area_without_figures_has_no_quantile_and_one_without_inhabitants_has():
    values = pd.Series([9.0, math.nan, 5.0, 1.0, 0.0], index=list("abcde"))
    fifths = population_quantiles(values, pd.Series([10, 10, 0, 10, None], index=values.index), n=2)
    assert fifths.isna().tolist() == [False, True, False, False, True]
    assert fifths[["a", "c", "d"]].tolist() == [1, 1, 2]
    assert fifths.dtype == "Int64"


@given(groups, st.integers(2, 10), st.integers(2, 9))
def test_quantiles_follow_the_values_and_not_the_scale_of_the_population(rows, n, people):
    values, population = (np.array(column) for column in zip(*rows, strict=True))
    labels = population_quantiles(values, population, n)
    assert labels.between(1, n).all()
    assert labels.tolist() == population_quantiles(values, population * people, n).tolist()
    assert labels[np.argsort(-values, kind="stable")].is_monotonic_increasing


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: slope_index([1], [10]), "« values » n’a qu’un groupe"),
        (lambda: slope_index([1, math.nan], [10, 10]), r"« values » vaut nan \(groupe 2\)"),
        (lambda: slope_index([1, 2], [10, 0]), r"« population » vaut 0 \(groupe 2\)"),
        (lambda: slope_index([1, 2], [10, 10, 10]), "2 pour « values », 3 pour « population »"),
        (lambda: slope_index([1, 2], [10, 10], scale="probit"), "« scale » vaut « probit »"),
        (lambda: slope_index([1, 0], [10, 10], scale="log"), "vaut 0 pour le groupe 2.*plus grand que 0"),
        (lambda: slope_index([0.5, 1], [10, 10], scale="logit"), "vaut 1.* une proportion entre 0 et 1"),
        (lambda: slope_index([1, 2], [9, 9], standard_errors=[1, -1]), "« standard_errors » vaut -1"),
        (lambda: slope_index([1, 2], [9, 9], standard_errors=[1]), "1 pour « standard_errors »"),
        (lambda: slope_index([1, 2], [10, 10], confidence=95), "« confidence » vaut 95"),
        (lambda: concentration_index([1, math.inf], [10, 10]), "« values » vaut inf"),
        (lambda: concentration_index([1, 2], [10, -1]), "« population » vaut -1"),
        (lambda: concentration_index([0.5, 2], [10, 10], bounds=(0, 1)), "« bounds » vaut"),
        (lambda: concentration_index([0.5], [10], bounds=(1, 0)), "« bounds » vaut"),
        (lambda: population_quantiles([1, 2], [10, 10], n=1), "« n » vaut 1"),
        (lambda: population_quantiles([1, 2], [10, -1]), r"« population » vaut -1 \(zone 1\)"),
        (lambda: population_quantiles([math.nan], [10]), "Aucune zone n’a à la fois"),
    ],
)
def test_what_cannot_be_used_is_refused_in_three_beats(call, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        call()
    assert "attendu" in str(refusal.value)
