"""Life expectancy: the published table, cases by hand, properties, refusals."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.observation.life_expectancy import life_expectancy

# Public Health England, PHEindicatormethods, test data of phe_life_expectancy.
AGES = [0, 1, *range(5, 95, 5)]
POPULATION = [7060, 35059, 46974, 48489, 43219, 38561, 46009, 57208, 61435, 55601,
              50209, 56416, 46411, 39820, 37978, 37039, 33288, 23306, 11936, 11936]  # fmt: skip
DEATHS = [17, 9, 4, 8, 20, 15, 24, 33, 50, 71, 100, 163, 263, 304, 536, 872, 1390, 1605, 1936, 1937]

tables = st.lists(
    st.tuples(st.integers(8_000, 90_000), st.floats(0.0005, 0.15)), min_size=2, max_size=20
).map(lambda rows: ([max(1, int(people * rate)) for people, rate in rows], [people for people, _ in rows]))


@pytest.mark.parametrize(
    ("age", "value", "low", "high"),
    [
        (0, 80.16960813, 79.88268548, 80.45653078),
        (1, 79.36245674, 79.0898816, 79.63503188),
        (5, 75.44193645, 75.17407307, 75.70979983),
        (65, 18.76856852, 18.57570352, 18.96143352),
        (90, 6.16210635, 5.887683386, 6.436529314),
    ],
)
def test_the_table_gives_the_published_years(age, value, low, high):
    """PHEindicatormethods, phe_life_expectancy (Chiang, variance of Silcocks).

    The published limits were drawn with z = 1.96, a hair wider than the exact quantile.
    """
    years = life_expectancy(DEATHS, POPULATION, AGES).loc[age]
    assert years["value"] == pytest.approx(value, abs=5e-9)
    assert (years["low"], years["high"]) == pytest.approx((low, high), abs=1e-5)


def test_one_open_group_lives_the_inverse_of_its_death_rate():
    """100 deaths among 9 000: 90 years, standard error 90 / √100."""
    years = life_expectancy([100], [9_000], [0]).loc[0]
    assert years["value"] == pytest.approx(90)
    assert years["high"] - years["value"] == pytest.approx(1.959964 * 9)


def test_two_groups_by_hand():
    """Rate 0.01 over 50 years with a tenth lived: q = 0.5 / 1.45; then 10 years for the survivors."""
    q = 0.5 / 1.45
    years = life_expectancy([50, 100], [5_000, 1_000], [0, 50])
    assert years.loc[0, "value"] == pytest.approx(50 * (1 - q + 0.1 * q) + (1 - q) * 10)
    assert years.loc[50, "value"] == pytest.approx(10)


def test_the_table_bears_its_ages():
    years = life_expectancy(DEATHS, POPULATION, AGES)
    assert years.index.name == "age_start"
    assert years.index.tolist() == AGES
    assert list(years.columns) == ["value", "low", "high"]


def test_no_death_in_a_young_group_is_usual():
    years = life_expectancy([0, 9, 900], [20_000, 30_000, 9_000], [0, 20, 60])
    assert years.loc[0, "value"] == pytest.approx(20 + years.loc[20, "value"])


def test_a_first_group_of_five_years_gives_nearly_the_same_as_one_and_four():
    wide = life_expectancy([17 + 9, *DEATHS[2:]], [7060 + 35059, *POPULATION[2:]], [0, *AGES[2:]])
    assert wide.loc[0, "value"] == pytest.approx(80.17, abs=0.03)
    assert wide.loc[5, "value"] == pytest.approx(75.44193645)


def test_a_group_that_no_one_survives_leaves_the_years_of_its_own_deaths():
    """Nine deaths for ten person-years over 20 years: everyone dies, halfway."""
    years = life_expectancy([10, 9, 100], [6_000, 10, 400], [0, 40, 60])
    assert years.loc[40, "value"] == pytest.approx(10)
    assert years.notna().all(axis=None)


@given(tables, st.floats(1.01, 3))
def test_higher_death_rates_at_every_age_shorten_life_at_every_age(table, factor):
    deaths, people = table
    ages = list(range(0, 5 * len(deaths), 5))
    fewer = [count / factor for count in people]
    worse = life_expectancy(deaths, np.maximum(fewer, deaths), ages)
    assert (worse["value"] <= life_expectancy(deaths, people, ages)["value"]).all()


@given(st.integers(2, 50))
def test_a_larger_population_with_the_same_rates_lives_as_long_and_is_better_known(times):
    small = life_expectancy(DEATHS, POPULATION, AGES)
    large = life_expectancy(np.multiply(DEATHS, times), np.multiply(POPULATION, times), AGES)
    assert large["value"].tolist() == pytest.approx(small["value"].tolist())
    narrowing = (large["high"] - large["low"]) / (small["high"] - small["low"])
    assert narrowing.tolist() == pytest.approx([times**-0.5] * len(AGES))


@given(tables, st.floats(0.5, 0.9), st.floats(0.91, 0.999))
def test_more_confidence_is_a_wider_interval(table, less, more):
    ages = list(range(0, 5 * len(table[0]), 5))
    narrow, wide = (life_expectancy(*table, ages, confidence=level) for level in (less, more))
    assert ((wide["low"] < narrow["low"]) & (narrow["low"] <= narrow["value"])).all()
    assert ((wide["high"] > narrow["high"]) & (narrow["high"] >= narrow["value"])).all()


THREE = {"population": [3_000, 4_000, 2_000], "age_starts": [0, 20, 60]}


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: life_expectancy([9, 9], [2_000, 2_900], [0, 60]), "compte 4 900 personnes.*Regroupez"),
        (
            lambda: life_expectancy([9, 9, 9], [3_000, 0, 9_000], [0, 20, 60]),
            r"« population » vaut 0 \(classe d’âge 2\)",
        ),
        (
            lambda: life_expectancy([9, 9, 0], **THREE),
            r"« deaths » vaut 0 dans la dernière classe \(60 ans et plus\)",
        ),
        (
            lambda: life_expectancy([9, 4_001, 9], **THREE),
            r"« deaths » \(4 001\) dépasse « population » \(4 000\) à 20 ans",
        ),
        (lambda: life_expectancy([9, -1, 9], **THREE), r"« deaths » vaut -1 \(classe d’âge 2\)"),
        (lambda: life_expectancy([9, 0.5, 9], **THREE), "qui n’est pas entier"),
        (lambda: life_expectancy([9, math.nan, 9], **THREE), "« deaths » vaut nan"),
        (lambda: life_expectancy([9, 9], **THREE), "2 pour « deaths », 3 pour « population »"),
        (lambda: life_expectancy([], [], []), "n’est pas une liste simple de nombres"),
        (lambda: life_expectancy([9, 9], [9_000, 900], [1, 60]), "« age_starts » ne commence pas à 0"),
        (lambda: life_expectancy([9, 9, 9], [9_000, 900, 9], [0, 60, 20]), "Triez les lignes par âge"),
        (lambda: life_expectancy([9, 9], [9_000, 900], [0, math.nan]), "« age_starts »"),
        (lambda: life_expectancy([9, 9, 9], **THREE, confidence=95), "« confidence » vaut 95"),
    ],
)
def test_what_cannot_be_used_is_refused_in_three_beats(call, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        call()
    assert "attendu :" in str(refusal.value)
