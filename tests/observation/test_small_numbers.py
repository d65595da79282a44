"""Small numbers: published limits, cases by hand, properties, refusals."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.observation.rates import crude_rate, crude_rates, exact_interval, wilson_interval
from territ_kit.observation.small_numbers import funnel_limits, suppress, years_needed

sizes = st.integers(1, 500_000)


@pytest.mark.parametrize(
    ("size", "low_95", "high_95", "low_998", "high_998"),
    [
        (1, 3.204264, 100, 0, 100),
        (13, 59.16496, 100, 46.779363, 100),
        (102, 72.974925, 88.309971, 68.553233, 92.731663),
        (110_000, 80.408963, 80.875933, 80.274317, 81.010578),
    ],
)
def test_the_funnel_of_proportions_has_the_published_limits(size, low_95, high_95, low_998, high_998):
    """PHEindicatormethods, phe_funnels, test data; the published average is rounded to 6 decimals."""
    limits = funnel_limits(80.642448, [size], kind="proportion", per=100).iloc[0]
    assert limits.tolist()[1:] == pytest.approx([low_95, high_95, low_998, high_998], abs=2e-6)


@pytest.mark.parametrize(
    ("expected", "column", "ratio"),
    [
        (5.571644585, "low_95", 17.94802207),
        (9.233410143, "low_99.8", 10.83023482),
        (18.39035799, "low_95", 54.3763205),
        (121.6268111, "low_95", 82.21871402),
        (0.242209467, "high_95", 825.7315569),
        (4.795387629, "high_95", 208.5337156),
        (2.960519925, "high_99.8", 337.778507),
        (664.5083011, "high_95", 107.7488421),
    ],
)
def test_the_funnel_of_ratios_has_the_published_limits(expected, column, ratio):
    """PHEindicatormethods, funnel of indirectly standardised ratios, test data."""
    limits = funnel_limits(100, [expected], kind="ratio")
    assert limits[column].iloc[0] == pytest.approx(ratio, rel=1e-5)


@pytest.mark.parametrize(
    ("person_years", "column", "rate"),
    [
        (3 * 5276.757672, "low_95", 63.17010446),
        (3 * 6924.776769, "low_99.8", 48.13632908),
        (3 * 1375.943768, "high_95", 242.2579623),
        (3 * 849.4639547, "high_99.8", 392.4043292),
    ],
)
def test_the_funnel_of_rates_has_the_published_limits(person_years, column, rate):
    """PHEindicatormethods, funnel of directly standardised rates, test data (three years of population)."""
    limits = funnel_limits(116.1720835, [person_years], kind="rate")
    assert limits[column].iloc[0] == pytest.approx(rate, rel=1e-5)


def test_the_limits_come_by_size_in_the_unit_of_the_target():
    limits = funnel_limits(8, [1_000, 50], kind="rate", per=1_000, confidence=[0.9])
    assert list(limits.columns) == ["target", "low_90", "high_90"]
    assert (limits.index.name, limits.index.tolist()) == ("size", [1_000, 50])
    assert (limits["target"] == 8).all()


@given(st.integers(0, 2_000), st.floats(0.5, 2_000))
def test_a_count_is_out_of_the_funnel_when_its_exact_interval_leaves_out_the_target(events, expected):
    low, high = funnel_limits(1, [expected], kind="ratio", per=1, confidence=[0.95]).iloc[0, 1:]
    interval = exact_interval(events)
    assert (events / expected > high) == (interval[0] > expected) or math.isclose(events / expected, high)
    assert (events / expected < low) == (interval[1] < expected) or math.isclose(events / expected, low)


@given(st.integers(0, 500), st.integers(1, 500), st.floats(0.01, 0.99))
def test_a_share_is_out_of_the_funnel_when_wilson_s_interval_leaves_out_the_target(count, others, target):
    total = count + others
    low, high = funnel_limits(target, [total], kind="proportion", confidence=[0.95]).iloc[0, 1:]
    interval = wilson_interval(count, total)
    assert (count / total > high) == (interval[0] > target) or math.isclose(count / total, high)
    assert (count / total < low) == (interval[1] < target) or math.isclose(count / total, low)


@pytest.mark.parametrize(("kind", "target"), [("rate", 240.0), ("ratio", 100.0), ("proportion", 0.3)])
def test_the_funnel_narrows_with_size_and_widens_with_confidence(kind, target):
    limits = funnel_limits(target, np.geomspace(5, 1e6, 40), kind=kind)
    width = limits["high_95"] - limits["low_95"]
    assert width.is_monotonic_decreasing
    assert (limits["low_99.8"] <= limits["low_95"]).all()
    assert (limits["low_95"] < target).all()
    assert ((limits["high_95"] > target) & (limits["high_99.8"] >= limits["high_95"])).all()


def test_few_places_are_out_of_the_funnel_when_nothing_differs():
    """5 000 places of the same rate: 95 % limits leave out at most 5 %."""
    rng = np.random.default_rng(1185)
    people = rng.integers(2_000, 60_000, 5_000)
    events = rng.poisson(people * 0.002)
    limits = funnel_limits(200, people, kind="rate", confidence=[0.95])
    rates = 100_000 * events / people
    out = ((rates < limits["low_95"].to_numpy()) | (rates > limits["high_95"].to_numpy())).mean()
    assert 0.03 < out < 0.05


def test_too_few_events_are_hidden_and_the_others_stay():
    rates = crude_rates([65, 9, 10], [50_000] * 3)
    hidden = suppress(rates, [65, 9, 10])
    assert hidden["suppressed"].tolist() == [False, True, False]
    assert hidden.loc[1, ["value", "low", "high"]].isna().all()
    assert hidden.loc[0, "value"] == crude_rate(65, 50_000).value
    assert not rates["suppressed"].any()


def test_what_was_suppressed_stays_so_and_what_is_missing_is_not_suppressed():
    rates = crude_rates([65, math.nan], [50_000] * 2).assign(suppressed=[True, False])
    assert suppress(rates, [65, math.nan])["suppressed"].tolist() == [True, False]


def test_another_threshold_can_be_chosen():
    assert suppress(crude_rates([7], [900]), [7], fewest=5)["suppressed"].tolist() == [False]


@pytest.mark.parametrize(
    ("yearly", "years"), [(10, 1), (9.9, 2), (3.2, 4), (0.1, 100), (0, math.inf), (40, 1)]
)
def test_the_years_to_pool_for_ten_events(yearly, years):
    assert years_needed(yearly) == years


@given(st.floats(0.001, 1_000), st.integers(1, 100))
def test_the_years_needed_are_enough_and_not_one_too_many(yearly, fewest):
    years = years_needed(yearly, fewest)
    assert years * yearly >= fewest * (1 - 1e-6)
    assert years == 1 or (years - 1) * yearly < fewest


def test_the_years_of_many_areas_keep_their_codes_and_their_gaps():
    yearly = pd.Series([2.0, math.nan], index=["27001", "27002"])
    years = years_needed(yearly)
    assert years.index.tolist() == ["27001", "27002"]
    assert years.tolist() == [5, pytest.approx(math.nan, nan_ok=True)]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: funnel_limits(100, [8], kind="mean"), "« kind » vaut « mean »"),
        (lambda: funnel_limits(100, [8, 0]), r"« sizes » vaut 0 \(valeur 2\)"),
        (lambda: funnel_limits(0, [8]), "« target » vaut 0"),
        (lambda: funnel_limits(31, [8], kind="proportion"), "« target » vaut 31.*plus petite que « per »"),
        (lambda: funnel_limits(100, [8], confidence=[95]), "« confidence » vaut 95"),
        (lambda: funnel_limits(100, [8], per=-1), "« per » vaut -1"),
        (lambda: suppress(crude_rates([1], [9]), [1, 2]), "1 pour « table », 2 pour « events »"),
        (lambda: suppress(crude_rates([1], [9]), [-1]), r"« events » vaut -1 \(zone 0\)"),
        (lambda: suppress(crude_rates([1], [9]), [1], fewest=0), "« fewest » vaut 0"),
        (lambda: years_needed([2, -1]), r"« events_per_year » vaut -1 \(valeur 2\)"),
        (lambda: years_needed(3, fewest=math.nan), "« fewest » vaut nan"),
    ],
)
def test_what_cannot_be_used_is_refused_in_three_beats(call, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        call()
    assert "attendu :" in str(refusal.value)
