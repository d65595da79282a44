"""Rates and intervals: published figures, cases by hand, properties, refusals."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.observation.rates import (
    byar_interval,
    count_interval,
    crude_rate,
    crude_rates,
    exact_interval,
    expected_events,
    proportion,
    proportions,
    standardised_rate,
    standardised_rates,
    standardised_ratio,
    standardised_ratios,
    wilson_interval,
)

# Public Health England, PHEindicatormethods, test data of the R package: 19 age groups, 0-4 to 90+.
ESP2013 = [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000,
           7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000]  # fmt: skip
CASES = [127, 25, 18, 21, 12, 27, 48, 27, 29, 32, 32, 34, 45, 65, 38, 68, 74, 82, 91]
FEW_CASES = [12, 4, 3, 2, 3, 4, 8, 2, 2, 3, 4, 5, 6, 8, 5, 6, 5, 5, 4]
POPULATION = [636, 558, 609, 543, 384, 594, 669, 843, 660, 576,
              606, 522, 426, 273, 300, 288, 153, 123, 207]  # fmt: skip
REFERENCE_CASES = [10303, 2824, 0, 3615, 3641, 3490, 3789, 3213, 3031, 2771,
                   3089, 3490, 3595, 4745, 5514, 7125, 5694, 6210, 5757]  # fmt: skip
REFERENCE_POPULATION = [50520, 57173, 60213, 54659, 44345, 50128, 62163, 67423, 62899, 55463,
                        60479, 49974, 44140, 40888, 37239, 30819, 18136, 15325, 13918]  # fmt: skip

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
    """The « rule of three »: -ln(0.05) = 2.9957 is the one-sided limit, so the two-sided 90 % one."""
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


@pytest.mark.parametrize(
    ("cases", "value", "low", "high"),
    [
        (895, 107.07232939020275, 100.17147712553987, 114.3233287249895),
        (91, 10.886683770400502, 8.765040101829404, 13.366576328418912),
        (9, 1.0767049882813684, 0.4923380825095776, 2.043921455549973),
    ],
)
def test_indirect_standardisation_gives_the_published_ratio(cases, value, low, high):
    """PHEindicatormethods, calculate_ISRatio; the third, under 10 events, has the exact interval."""
    ratio = standardised_ratio(cases, POPULATION, REFERENCE_CASES, REFERENCE_POPULATION)
    assert (ratio.value, ratio.low, ratio.high) == pytest.approx((value, low, high), rel=1e-9)


def test_the_expected_events_are_the_published_ones():
    """PHEindicatormethods, calculate_ISRatio."""
    expected = expected_events(POPULATION, REFERENCE_CASES, REFERENCE_POPULATION)
    assert expected == pytest.approx(835.8835612311743, rel=1e-12)


# Python Spatial Analysis Library, esda.smoothing: two regions of four age groups.
ESDA_CASES = [[30, 25, 25, 15], [33, 21, 30, 20]]
ESDA_POPULATION = [[1000, 1000, 1100, 900], [1000, 900, 1100, 900]]
ESDA_STANDARD = [1000, 900, 1000, 900]


def test_direct_standardisation_gives_the_rates_of_another_library():
    """esda.smoothing.direct_age_standardization, values only: its interval is Fay and Feuer's."""
    rates = standardised_rates(ESDA_CASES, ESDA_POPULATION, ESDA_STANDARD, per=1)
    assert rates["value"].tolist() == pytest.approx([0.02374402, 0.02665072], abs=5e-9)


@pytest.mark.parametrize(
    ("region", "reference", "value"),
    [(0, [100, 45, 120, 100], 0.02372382), (1, [50, 30, 200, 80], 0.02610803)],
)
def test_indirect_standardisation_gives_the_rates_of_another_library(region, reference, value):
    """esda.smoothing.indirect_age_standardization: the ratio times the crude rate of all the references."""
    ratio = standardised_ratio(ESDA_CASES[region], ESDA_POPULATION[region], reference, ESDA_STANDARD, per=1)
    assert ratio.value * 725 / 7_600 == pytest.approx(value, abs=5e-9)


def test_a_ratio_by_hand():
    """10 expected under 65 and 40 over: 50 in all, where 60 happened."""
    assert standardised_ratio([12, 48], [1_000, 1_000], [1, 4], [100, 100]).value == pytest.approx(120)


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


def test_events_in_all_or_by_age_give_the_same_ratio():
    by_age = standardised_ratio(CASES, POPULATION, REFERENCE_CASES, REFERENCE_POPULATION)
    assert by_age == standardised_ratio(sum(CASES), POPULATION, REFERENCE_CASES, REFERENCE_POPULATION)


def test_a_territory_is_like_itself():
    ratio = standardised_ratio(CASES, POPULATION, CASES, POPULATION)
    assert ratio.value == pytest.approx(100)
    assert ratio.low < 100 < ratio.high


def test_no_event_is_a_ratio_of_zero_with_a_margin_above():
    ratio = standardised_ratio(0, [1_000, 500], [1, 4], [100, 100])
    assert ratio.value == ratio.low == 0
    assert ratio.high == pytest.approx(-math.log(0.025) / 30 * 100)


def test_an_empty_age_group_expects_no_event():
    without = standardised_ratio(12, [1_000, 0], [1, 4], [100, 100])
    assert without == standardised_ratio(12, [1_000], [1], [100])


def test_one_age_group_is_the_crude_rate():
    assert standardised_rate([30], [10_000], [7]).value == pytest.approx(crude_rate(30, 10_000).value)
    assert standardised_rate([30], [10_000], [7]).high == pytest.approx(crude_rate(30, 10_000).high)


@given(counts, st.floats(0.01, 5_000), confidences)
def test_the_interval_of_a_ratio_contains_it(events, expected, confidence):
    row = standardised_ratios([events], [expected], confidence=confidence).iloc[0]
    assert 0 <= row["low"] <= row["value"] <= row["high"]


def test_one_number_gives_floats_and_several_give_arrays():
    for interval in (byar_interval, exact_interval, count_interval):
        one, several = interval(12), interval(np.array([12, 40]))
        assert all(type(limit) is float for limit in one)
        assert [limit[0] for limit in several] == list(one)
    assert wilson_interval(np.array([[1, 2]]), np.array([[4], [8]]))[0].shape == (2, 2)


@given(st.lists(st.tuples(counts, populations), min_size=1, max_size=6), confidences)
def test_many_rates_at_once_are_those_of_each_area(rows, confidence):
    events, population = (list(column) for column in zip(*rows, strict=True))
    many = crude_rates(events, population, confidence=confidence)
    for row, area in zip(many.itertuples(), rows, strict=True):
        one = crude_rate(*area, confidence=confidence)
        assert (row.value, row.low, row.high) == pytest.approx((one.value, one.low, one.high), rel=1e-12)
        assert not row.suppressed


def test_many_proportions_at_once_are_those_of_each_area():
    many = proportions([0, 5, 20], [20, 20, 20], per=100)
    for row, count in zip(many.itertuples(), [0, 5, 20], strict=True):
        one = proportion(count, 20, per=100)
        assert (row.value, row.low, row.high) == (one.value, one.low, one.high)


def test_many_standardised_rates_at_once_are_those_of_each_area():
    many = standardised_rates([CASES, FEW_CASES], [POPULATION] * 2, ESP2013)
    for row, cases in zip(many.itertuples(), [CASES, FEW_CASES], strict=True):
        one = standardised_rate(cases, POPULATION, ESP2013)
        assert (row.value, row.low, row.high) == pytest.approx((one.value, one.low, one.high), rel=1e-12)


def test_many_ratios_at_once_are_those_of_each_area():
    tables = pd.DataFrame([POPULATION, REFERENCE_POPULATION], index=["ici", "ailleurs"])
    expected = expected_events(tables, REFERENCE_CASES, REFERENCE_POPULATION)
    many = standardised_ratios(pd.DataFrame([CASES, REFERENCE_CASES], index=tables.index), expected)
    one = standardised_ratio(CASES, POPULATION, REFERENCE_CASES, REFERENCE_POPULATION)
    assert many.loc["ici", ["value", "low", "high"]].tolist() == pytest.approx([one.value, one.low, one.high])
    assert many.loc["ailleurs", "value"] == pytest.approx(100)


def test_an_area_without_figures_has_no_rate_and_leaves_the_others_alone():
    rates = crude_rates([5, math.nan, 5], [100, 100, math.nan])
    assert rates["value"].isna().tolist() == [False, True, True]
    assert proportions([0, 0], [10, math.nan]).loc[1, ["value", "low", "high"]].isna().all()
    assert standardised_ratios([3, math.nan], [2, 2])["high"].isna().tolist() == [False, True]
    ages = standardised_rates([[9, 9], [9, math.nan]], [[50, 50]] * 2, [1, 1])
    assert ages["value"].isna().tolist() == [False, True]
    assert not ages["suppressed"].any()


def test_an_empty_age_group_does_not_matter_where_the_rate_is_suppressed():
    rates = standardised_rates([[0, 4], [40, 0]], [[0, 90], [900, 90]], [1, 1])
    assert rates["suppressed"].tolist() == [True, False]
    assert rates["value"].isna().tolist() == [True, False]


def test_the_areas_keep_their_codes():
    codes = ["27001", "27002"]
    rates = crude_rates(pd.Series([3, 40], index=codes), pd.Series([900, 7_000], index=codes))
    assert rates.index.tolist() == codes
    assert list(rates.columns) == ["value", "low", "high", "suppressed"]


def test_lists_arrays_series_and_missing_values_of_pandas_are_all_read():
    whole = pd.Series([3, None], dtype="Int64")
    for events in ([3, None], np.array([3, np.nan]), whole):
        assert crude_rates(events, [900, 900])["value"].isna().tolist() == [False, True]
    assert crude_rate(np.int64(3), np.float64(900)) == crude_rate(3, 900)


AREAS = {"index": ["27001", "27002", "27003"]}


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (
            lambda: crude_rates(pd.Series([1, -2, -3], **AREAS), pd.Series([9, 9, 9], **AREAS)),
            r"« events » vaut -2 \(zone 27002, et 1 autre\)",
        ),
        (lambda: crude_rates([1, 2], [10, 0]), r"« population » vaut 0 \(zone 1\)"),
        (lambda: crude_rates([1, 2], [10]), "2 pour « events », 1 pour « population »"),
        (lambda: crude_rates([1, math.inf], [10, 10]), r"« events » vaut inf \(zone 1\)"),
        (lambda: crude_rates(["un", "deux"], [10, 10]), "« events » contient autre chose que des nombres"),
        (
            lambda: crude_rates(pd.Series([1, 2], ["a", "b"]), pd.Series([1, 2], ["b", "a"])),
            "« events » et « population » ne portent pas les mêmes zones",
        ),
        (lambda: proportions([1, 9], [5, 5]), r"« count » \(9\) dépasse « total » \(5\) \(zone 1\)"),
        (
            lambda: standardised_rates([[9, 9], [9, 9]], [[50, 50], [50, 0]], [1, 1]),
            r"« population » vaut 0 \(zone 1, classe d’âge 2\)",
        ),
        (lambda: standardised_rates([[1, 2]], [[10, 10]], [1, 1, 1]), "3 pour « standard »"),
        (lambda: standardised_rates([1, 2], [10, 10], [1, 1]), "« events » n’est pas un tableau"),
        (lambda: standardised_ratios([1, 2], [3, 0]), r"« expected » vaut 0 \(zone 1\)"),
        (lambda: standardised_ratio(1, [10, 10], [0, 0], [9, 9]), "Aucun événement n’est attendu"),
        (lambda: standardised_ratio(1, [10, 10], [1, 1], [9, 0]), "« reference_population » vaut 0"),
        (lambda: standardised_ratio(1, [10, 10], [1], [9]), "2 pour « population », 1 pour la référence"),
        (lambda: standardised_ratio(1, [10, -1], [1, 1], [9, 9]), "« population » vaut -1"),
        (
            lambda: standardised_ratio([1], [10, 10], [1, 1], [9, 9]),
            "1 pour « events », 2 pour « population »",
        ),
        (lambda: standardised_ratio(1.5, [10], [1], [9]), "« events » vaut 1.5, qui n’est pas entier"),
        (lambda: standardised_ratio(1, [10], [1], [9], confidence=1), "« confidence » vaut 1"),
        (lambda: expected_events([10], [math.nan], [9]), "« reference_events » vaut nan"),
    ],
)
def test_what_cannot_be_used_in_many_areas_is_refused_where_it_stands(call, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        call()
    assert "attendu :" in str(refusal.value)


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


@pytest.mark.parametrize(
    ("measure", "given"),
    [
        (crude_rate, ([3, 4], 100)),
        (crude_rate, (3, [100, 200])),
        (proportion, (3, pd.Series([100, 200]))),
        (proportion, ([], 100)),
    ],
)
def test_one_area_is_not_several(measure, given):
    with pytest.raises(InputError, match=r"n’est pas un seul nombre.*la fonction au pluriel"):
        measure(*given)


@pytest.mark.parametrize("measure", [crude_rate, proportion])
def test_a_word_is_not_a_number(measure):
    with pytest.raises(InputError, match="contient autre chose que des nombres"):
        measure("douze", 100)
