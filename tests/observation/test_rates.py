"""Rates and intervals: published figures, cases by hand, properties, refusals."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.observation.rates import (
    byar_interval,
    count_interval,
    crude_rate,
    exact_interval,
    proportion,
    standardised_rate,
    wilson_interval,
)

# Public Health England, PHEindicatormethods, test data of the R package: 19 age groups, 0-4 to 90+.
ESP2013 = [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000,
           7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000]  # fmt: skip
CASES = [127, 25, 18, 21, 12, 27, 48, 27, 29, 32, 32, 34, 45, 65, 38, 68, 74, 82, 91]
FEW_CASES = [12, 4, 3, 2, 3, 4, 8, 2, 2, 3, 4, 5, 6, 8, 5, 6, 5, 5, 4]
POPULATION = [636, 558, 609, 543, 384, 594, 669, 843, 660, 576,
              606, 522, 426, 273, 300, 288, 153, 123, 207]  # fmt: skip

counts = st.integers(0, 5_000)
populations = st.integers(1, 2_000_000)
confidences = st.floats(0.5, 0.999)


@pytest.mark.parametrize(
    ("events", "confidence", "low", "high"),
    [
        (65, 0.95, 50.163187710459454, 82.84913854593984),
        (1045, 0.95, 982.5932018073325, 1110.33121298565),
        (1, 0.95, 0.01307213290150435, 5.5637555824752605),
        (65, 0.998, 42.8802614714802, 94.00029084431802),
        (1045, 0.998, 947.9407035610374, 1148.806160988033),
        (10, 0.998, 2.916318374695686, 24.193724927880535),
    ],
)
def test_byar_gives_the_published_limits(events, confidence, low, high):
    """PHEindicatormethods, byars_lower and byars_upper."""
    assert byar_interval(events, confidence) == pytest.approx((low, high), rel=1e-12)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [(1, 0.0253178, 5.5716434), (10, 4.7953887, 18.3903560), (65, 50.1656277, 82.8478358)],
)
def test_the_exact_interval_is_garwood_s(events, low, high):
    """Garwood (1936), recomputed from the chi-square quantiles."""
    assert exact_interval(events) == pytest.approx((low, high), abs=5e-8)


def test_no_event_leaves_three_as_the_one_sided_upper_limit():
    """The « rule of three »: -ln(0.05) = 2.9957 is the one-sided limit, so the two-sided 90 % one."""
    assert exact_interval(0, 0.90) == (0.0, pytest.approx(-math.log(0.05)))


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        (65, 100, 0.5525444329688797, 0.7363575175690247),
        (1045, 5000, 0.19795549880013297, 0.22049130373189027),
    ],
)
def test_wilson_gives_the_published_limits(count, total, low, high):
    """PHEindicatormethods, wilson_lower and wilson_upper."""
    assert wilson_interval(count, total) == pytest.approx((low, high), rel=1e-12)


@pytest.mark.parametrize(
    ("cases", "confidence", "value", "low", "high"),
    [
        (CASES, 0.95, 10430.247991469423, 9717.709067985681, 11178.94091547925),
        (CASES, 0.998, 10430.247991469423, 9323.28788, 11620.596),
        (FEW_CASES, 0.95, 1103.212025300104, 877.455767536709, 1367.0882227251795),
    ],
)
def test_direct_standardisation_gives_the_published_rate(cases, confidence, value, low, high):
    """PHEindicatormethods, phe_dsr with the European standard population 2013."""
    rate = standardised_rate(cases, POPULATION, ESP2013, confidence=confidence)
    assert (rate.value, rate.low, rate.high) == pytest.approx((value, low, high), rel=1e-7)


def test_a_rate_by_hand():
    """4 events among 2 000 inhabitants during 3 years: 4 / 6 000, times 1 000."""
    assert crude_rate(4, 2_000 * 3, per=1_000).value == pytest.approx(2 / 3)


def test_a_standardised_rate_by_hand():
    """10/1 000 and 40/1 000, weighted 3 to 1: (3 × 10 + 40) / 4 = 17.5 per 1 000."""
    assert standardised_rate([10, 40], [1_000, 1_000], [3, 1], per=1_000).value == pytest.approx(17.5)


def test_standardising_on_its_own_ages_gives_back_the_crude_rate():
    rate = standardised_rate([30, 60], [9_000, 1_000], [9_000, 1_000])
    crude = crude_rate(90, 10_000)
    assert rate.value == pytest.approx(crude.value)


def test_the_interval_is_exact_under_ten_events_and_byar_s_from_ten():
    assert count_interval(9) == exact_interval(9) != byar_interval(9)
    assert count_interval(10) == byar_interval(10) != exact_interval(10)


@pytest.mark.parametrize(("events", "suppressed"), [([4, 5], True), ([5, 5], False), ([0, 0], True)])
def test_a_standardised_rate_needs_ten_events(events, suppressed):
    rate = standardised_rate(events, [1_000, 1_000], [1, 1])
    assert rate.suppressed is suppressed
    assert math.isnan(rate.value) is suppressed


@given(counts, populations, confidences)
def test_the_interval_of_a_rate_contains_the_rate(events, population, confidence):
    rate = crude_rate(events, population, confidence=confidence)
    assert 0 <= rate.low <= rate.value <= rate.high


@given(st.integers(0, 500), st.integers(1, 500), confidences)
def test_the_interval_of_a_proportion_contains_it_and_stays_within_zero_and_one(count, others, confidence):
    share = proportion(count, count + others, confidence=confidence)
    assert 0 <= share.low <= share.value <= share.high <= 1


@pytest.mark.parametrize(("count", "limits"), [(0, "low"), (20, "high")])
def test_none_or_all_concerned_still_leaves_a_margin_on_one_side(count, limits):
    share = proportion(count, 20)
    assert getattr(share, limits) == share.value
    assert share.high - share.low > 0.1


@given(
    st.lists(st.tuples(st.integers(3, 400), st.integers(500, 9_000), st.integers(1, 50)), min_size=4),
    confidences,
)
def test_the_interval_of_a_standardised_rate_contains_it(ages, confidence):
    rate = standardised_rate(*zip(*ages, strict=True), confidence=confidence)
    assert rate.low <= rate.value <= rate.high


@given(counts, populations, st.floats(0.5, 0.9), st.floats(0.91, 0.999))
def test_more_confidence_is_a_wider_interval(events, population, less, more):
    narrow, wide = (crude_rate(events, population, confidence=level) for level in (less, more))
    assert wide.high > narrow.high
    assert wide.low <= narrow.low


@given(st.integers(1, 2_000), st.integers(1_000, 500_000), st.integers(2, 20))
def test_more_years_at_the_same_rate_narrow_the_interval(events, population, years):
    one, many = crude_rate(events, population), crude_rate(events * years, population * years)
    assert many.value == pytest.approx(one.value)
    # From 9 to 10 events the method changes: allow its small step.
    assert many.high - many.low < (one.high - one.low) * 1.01


@given(counts, populations, st.integers(2, 100_000))
def test_the_unit_only_multiplies(events, population, per):
    one, other = crude_rate(events, population, per=1), crude_rate(events, population, per=per)
    assert (other.value, other.low, other.high) == pytest.approx(
        (one.value * per, one.low * per, one.high * per)
    )


@given(st.floats(0.001, 1_000))
def test_the_scale_of_the_standard_population_does_not_matter(scale):
    rate = standardised_rate(CASES, POPULATION, [scale * weight for weight in ESP2013])
    same = standardised_rate(CASES, POPULATION, ESP2013)
    assert (rate.value, rate.low, rate.high) == pytest.approx((same.value, same.low, same.high))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: crude_rate(-1, 100), "« events » vaut -1 ; attendu : un nombre entier, 0 ou plus"),
        (lambda: crude_rate(math.nan, 100), "« events » vaut nan"),
        (lambda: crude_rate(12.3, 100), "qui n’est pas entier.*multipliez la population"),
        (lambda: crude_rate(1, 0), "« population » vaut 0 ; attendu : un effectif plus grand que 0"),
        (lambda: crude_rate(1, math.inf), "« population » vaut inf"),
        (lambda: crude_rate(1, 100, confidence=95), "« confidence » vaut 95.*écrivez 0.95"),
        (lambda: crude_rate(1, 100, confidence=0), "« confidence » vaut 0"),
        (lambda: crude_rate(1, 100, per=0), "« per » vaut 0"),
        (lambda: proportion(6, 5), r"« count » \(6\) dépasse « total » \(5\)"),
        (lambda: proportion(0, 0), "« total » vaut 0"),
        (lambda: proportion(1, 2.5), "« total » vaut 2.5, qui n’est pas entier"),
        (lambda: standardised_rate([1, 2], [1, 2, 3], [1, 2]), "2 pour « events », 3 pour « pop"),
        (lambda: standardised_rate([], [], []), "n’est pas une liste simple de nombres"),
        (lambda: standardised_rate([[1]], [1], [1]), "n’est pas une liste simple de nombres"),
        (lambda: standardised_rate([1, -2], [10, 10], [1, 1]), "« events » vaut -2"),
        (lambda: standardised_rate([1, 2], [10, 0], [1, 1]), "« population » vaut 0.* regroupez"),
        (lambda: standardised_rate([9, 9], [10, 10], [0, 0]), "« standard » contient"),
        (lambda: standardised_rate([9, 9], [10, 10], [-1, 2]), "« standard » contient"),
    ],
)
def test_what_cannot_be_used_is_refused_in_three_beats(call, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        call()
    assert "attendu :" in str(refusal.value)
