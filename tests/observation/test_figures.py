"""The figures of areas and of groups: summed when all are known, measured from ages when needed."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest

from territ_kit.observation.figures import ages_of, level_of, populations, read_figures
from territ_kit.observation.life_expectancy import life_expectancy
from territ_kit.observation.rates import proportion, standardised_rate, standardised_ratio
from territ_kit.observation.reading import read_indicator
from territ_kit.territory import ESP2013, load_case

CASE = load_case("port-ancelle")
HAVRELLE = "X1003"


def by_age(table, what, areas):
    rows = table[table["area"].isin(areas)]
    return rows.groupby("age_start")[what].sum()


def test_a_group_of_communes_is_the_sum_of_its_communes(small):
    small.indicators = pd.concat(
        [
            small.indicators,
            pd.DataFrame(
                [("stays", "commune", code, 5, 100, np.nan, "", "") for code in ("B", "C")],
                columns=small.indicators.columns,
            ),
        ]
    )
    groups = read_indicator(small, "stays", level="group")
    assert groups["name"].tolist() == ["Ville", "Collines"]
    assert groups[["events", "base"]].to_numpy().tolist() == [[65, 5_000], [10, 200]]
    assert groups.loc["hills", "value"] == pytest.approx(50)  # 10 in 200, for 1 000


def test_a_group_with_one_commune_unknown_is_not_summed(small):
    groups = read_indicator(small, "unmet", level="group")
    assert groups.loc["town", "value"] == pytest.approx(31)
    assert groups.loc["hills", "missing"] == "not_available"
    assert "leur somme serait fausse" in groups.loc["hills", "reason"]


def test_a_published_level_is_never_averaged_over_a_group(small):
    row = read_indicator(small, "income", level="group").loc["town"]
    assert (row["missing"], row["reason"]) == (
        "not_available",
        "Ce chiffre ne s’additionne pas\u00a0: il faudrait les données d’origine du groupe.",
    )


def test_a_figure_published_by_group_is_read_as_it_is(small):
    small.indicators.loc[len(small.indicators)] = ("stays", "group", "hills", 7, 90, np.nan, "", "")
    groups = read_indicator(small, "stays", level="group")
    assert groups.loc["hills", ["events", "base"]].tolist() == [7, 90]
    assert groups.loc["town", "missing"] == "not_available"  # the source chose what it publishes


def test_rates_at_equal_age_of_a_group_come_from_the_ages_of_its_communes():
    group = CASE.communes.loc[HAVRELLE, "group"]
    inside = CASE.communes.index[CASE.communes["group"] == group]
    expected = standardised_rate(
        by_age(CASE.deaths, "deaths", inside), by_age(CASE.ages, "population", inside), ESP2013, per=1000
    )
    found = read_indicator(CASE, "mortalite-standardisee", level="group").loc[group]
    assert found[["value", "low", "high"]].tolist() == pytest.approx(
        [expected.value, expected.low, expected.high]
    )


def test_a_ratio_without_expected_events_compares_with_the_ages_of_the_departement():
    """Havrelle-Plage: 98 [79; 120], the figure that its exercise is built on."""
    row = read_indicator(CASE, "mortalite-icm").loc[HAVRELLE]
    assert [round(row[name]) for name in ("value", "low", "high")] == [98, 79, 120]
    expected = standardised_ratio(
        by_age(CASE.deaths, "deaths", [HAVRELLE]),
        by_age(CASE.ages, "population", [HAVRELLE]),
        by_age(CASE.deaths, "deaths", ["X1"]),
        by_age(CASE.ages, "population", ["X1"]),
    )
    assert row["value"] == pytest.approx(expected.value)
    assert row["events"] == 96


def test_a_ratio_with_expected_events_uses_them(small):
    small.catalogue.loc["icm"] = ["ICM", "ICM", "", "standardised_ratio", 100, 0, "higher_is_worse"]
    small.indicators.loc[len(small.indicators)] = ("icm", "commune", "A", 12, 8.0, np.nan, "", "")
    row = read_indicator(small, "icm").loc["A"]
    assert row["value"] == pytest.approx(150)
    assert row["low"] < 100 < row["high"]


def test_life_expectancy_is_that_of_the_ages_and_refused_to_small_places():
    rows = read_indicator(CASE, "esperance-de-vie", level="epci")
    ages, deaths = (
        by_age(table, what, [CASE.code])
        for table, what in ((CASE.ages, "population"), (CASE.deaths, "deaths"))
    )
    table = life_expectancy(deaths, ages, deaths.index)
    assert rows.iloc[0][["value", "low", "high"]].tolist() == pytest.approx(table.iloc[0].tolist())
    small = read_indicator(CASE, "esperance-de-vie")
    assert small.loc[CASE.communes["population"] < 5_000, "missing"].eq("not_available").all()
    assert small["reason"][small["missing"] != ""].ne("").all()


def test_many_indicators_at_once_are_those_read_one_by_one():
    ids = list(CASE.catalogue.index)
    together = read_figures(CASE, ids, "commune")
    for indicator in ids:
        alone = read_figures(CASE, [indicator], "commune")
        pd.testing.assert_frame_equal(together.loc[[indicator]], alone)


def test_one_area_is_read_without_the_others():
    ids = list(CASE.catalogue.index)
    one = read_figures(CASE, ids, "commune", areas=[HAVRELLE])
    whole = read_figures(CASE, ids, "commune").xs(HAVRELLE, level="code", drop_level=False)
    pd.testing.assert_frame_equal(one, whole)


def test_a_quarter_has_the_figures_of_the_tables():
    row = read_indicator(CASE, "sans-medecin-traitant", level="qpv").iloc[0]
    assert row["value"] == pytest.approx(proportion(row["events"], row["base"], per=100).value)


def test_the_men_and_women_of_each_level_add_up():
    whole = ages_of(CASE, "epci", CASE.code)
    groups = sum(ages_of(CASE, "group", code) for code in CASE.groups.index)
    communes = sum(ages_of(CASE, "commune", code) for code in CASE.communes.index)
    assert (whole == groups).all(axis=None)
    assert (whole == communes).all(axis=None)
    assert whole.to_numpy().sum() == CASE.population
    assert len(ages_of(CASE, "departement", "")) == 19
    assert ages_of(CASE, "qpv", "unknown").empty


def test_each_level_counts_its_inhabitants():
    for level in ("epci", "group", "commune"):
        assert populations(CASE, level).sum() == CASE.population
    assert populations(CASE, "qpv").sum() == 15_300


def test_the_level_of_an_area_is_found_from_its_code():
    codes = [CASE.qpv.index[0], CASE.groups.index[0], HAVRELLE, CASE.code, ""]
    assert [level_of(CASE, code) for code in codes] == ["qpv", "group", "commune", "epci", "epci"]


def test_a_group_has_a_life_expectancy_that_its_small_communes_are_refused():
    groups = read_indicator(CASE, "esperance-de-vie", level="group")
    assert groups["value"].notna().all()  # each has more than 5 000 inhabitants


def test_a_group_with_the_deaths_of_one_commune_unknown_is_unknown():
    deaths = CASE.deaths[CASE.deaths["area"] != HAVRELLE]
    part = dataclasses.replace(CASE, deaths=deaths)
    group = CASE.communes.loc[HAVRELLE, "group"]
    rows = read_indicator(part, "mortalite-standardisee", level="group")
    assert rows.loc[group, "missing"] == "not_available"
    assert rows.drop(index=group)["value"].notna().all()
