"""Port-Ancelle holds the contrasts, the traps and the holes that its exercises are built on."""

import re
from math import sqrt

import numpy as np
import pandas as pd
import pytest

from territ_kit.territory import AGE_STARTS, ESP2013, Territory, load_case

HAVRELLE, EPCI = "X1003", "X00000001"
NEIGHBOURHOODS = {
    "Les Corvelles": 5200,
    "Bassin-Vergne": 3400,
    "Phare-Nord": 2900,
    "Tournevent": 2100,
    "Hauts-de-Brévaumer": 1700,
}


@pytest.fixture(scope="module")
def case() -> Territory:
    return load_case("port-ancelle")


def share(case: Territory, indicator: str, level: str, area: str | None = None) -> float:
    """Cases over base, in per cent, of one area or of a whole level."""
    rows = case.indicators.query("indicator == @indicator and level == @level and missing == ''")
    if area is not None:
        rows = rows[rows["area"] == area]
    return 100 * rows["numerator"].sum() / rows["denominator"].sum()


def by_age(case: Territory, area: str) -> tuple[np.ndarray, np.ndarray]:
    """Deaths and people of an area by age group."""
    return (
        case.deaths.query("area == @area").set_index("age_start")["deaths"].loc[list(AGE_STARTS)].to_numpy(),
        case.ages.query("area == @area")
        .set_index("age_start")["population"]
        .loc[list(AGE_STARTS)]
        .to_numpy(),
    )


def byar(count: int) -> tuple[float, float]:
    """95 % limits of a count (Breslow & Day 1987)."""
    z = 1.959963985
    return (
        count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3,
        (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * sqrt(count + 1))) ** 3,
    )


def standardised(case: Territory, area: str) -> tuple[float, float, float]:
    """Rate for 1 000 on the European standard population, and its Dobson limits."""
    deaths, people = by_age(case, area)
    weights = ESP2013.to_numpy() / ESP2013.sum()
    rate, count = 1000 * float(weights @ (deaths / people)), int(deaths.sum())
    spread = 1000 * sqrt(float((weights**2 * deaths / people**2).sum()) / count)
    low, high = byar(count)
    return rate, rate + spread * (low - count), rate + spread * (high - count)


def test_the_place_has_the_size_that_its_story_tells(case: Territory):
    communes = case.communes.set_index("name")["population"]
    assert (len(communes), case.population) == (26, 118_400)
    assert communes[["Port-Ancelle", "Brévaumer", "Havrelle-Plage"]].tolist() == [61_200, 14_800, 6_400]
    assert case.qpv.set_index("name")["population"].to_dict() == NEIGHBOURHOODS
    assert case.zones["population"].sum() == case.communes["standardised_population"].sum() == 118_400
    assert (case.zones["kind"] == "qpv").sum() == 5


def test_trap_1_a_high_crude_rate_that_age_alone_explains(case: Territory):
    deaths, people = by_age(case, HAVRELLE)
    all_deaths, everyone = by_age(case, EPCI)
    assert (deaths.sum(), people.sum()) == (96, 6400)
    assert 1000 * deaths.sum() / people.sum() == 15.0
    assert round(1000 * all_deaths.sum() / everyone.sum(), 1) == 9.6
    assert people[-6:].sum() / people.sum() == pytest.approx(1 / 3, abs=0.02)  # « un habitant sur trois »
    low, high = byar(96)
    for reference in (EPCI, "X1"):
        reference_deaths, reference_people = by_age(case, reference)
        expected = float(people @ (reference_deaths / reference_people))
        assert [round(100 * count / expected) for count in (96, low, high)] == [98, 79, 120]


def test_at_equal_age_havrelle_is_not_detectably_different_from_the_agglomeration(case: Territory):
    _, low, high = standardised(case, HAVRELLE)
    whole, whole_low, whole_high = standardised(case, EPCI)
    assert low < whole_low < whole < whole_high < high


def test_trap_2_the_average_is_that_of_the_departement_and_hides_the_neighbourhoods(case: Territory):
    assert round(standardised(case, EPCI)[0], 1) == round(standardised(case, "X1")[0], 1)
    landmarks = case.references.query("level == 'departement'").set_index("indicator")["value"]
    for indicator in ("pauvrete", "sans-medecin-traitant", "non-recours-c2s", "logements-surpeuples"):
        whole = share(case, indicator, "epci")
        assert whole == pytest.approx(landmarks[indicator], abs=0.3)
        assert all(share(case, indicator, "qpv", code) > 1.15 * whole for code in case.qpv.index)


def test_landmarks_of_the_departement_come_from_its_own_tables(case: Territory):
    deaths, people = by_age(case, "X1")
    young = deaths[:13].sum() / people[:13].sum()
    landmarks = case.references.query("level == 'departement'").set_index("indicator")["value"]
    assert landmarks["mortalite-brute"] == round(1000 * deaths.sum() / people.sum(), 1)
    assert landmarks["mortalite-standardisee"] == round(standardised(case, "X1")[0], 1)
    assert landmarks["mortalite-prematuree"] == round(100_000 * young, 1)
    assert landmarks["part-75-ans"] == round(100 * people[15:].sum() / people.sum(), 1)


def test_trap_3_the_same_tests_make_two_rates(case: Territory):
    shares = [
        round(share(case, f"depistage-{base}", level))
        for base in ("eligibles", "invites")
        for level in ("qpv", "epci")
    ]
    assert shares == [24, 36, 33, 41]
    two = case.indicators.pivot_table(["numerator", "denominator"], "area", "indicator")
    assert (two["numerator", "depistage-invites"] == two["numerator", "depistage-eligibles"]).all()
    assert (two["denominator", "depistage-invites"] < two["denominator", "depistage-eligibles"]).all()


def test_doctors_within_reach_on_average_and_far_from_some(case: Territory):
    reach = case.indicators.query("indicator == 'apl-medecins' and level == 'commune'").set_index("area")[
        "value"
    ]
    weights = case.communes["standardised_population"]
    mean = np.average(reach.loc[weights.index], weights=weights)
    assert round(mean, 1) == 3.6
    assert (
        round(mean, 2)
        == case.indicators.query("indicator == 'apl-medecins' and level == 'epci'")["value"].item()
    )
    assert reach.mean() < 2.5 < mean  # the mean of communes is not the mean of people
    # Two-step catchments give back what doctors offer: the sum over people is the sum over doctors.
    doctors = case.facilities.query("kind == 'medecin-generaliste'")["quantity"].sum()
    assert reach.loc[weights.index] @ weights == pytest.approx(5400 * doctors, rel=0.002)
    assert case.catalogue.loc["apl-medecins", "threshold"] == 2.5


def test_a_third_of_les_corvelles_has_no_doctor(case: Territory):
    assert round(share(case, "sans-medecin-traitant", "qpv", "QNX101M")) == 32
    assert round(share(case, "sans-medecin-traitant", "epci")) == 9


def test_neighbourhoods_are_a_part_of_their_commune(case: Territory):
    counted = case.indicators.query("level != 'epci' and missing == ''").dropna(subset="numerator")
    within = counted["area"].map(case.qpv["commune"]).fillna(counted["area"])
    counted = counted.assign(within=within)
    sums = counted.pivot_table(["numerator", "denominator"], ["indicator", "within"], "level", "sum").dropna()
    assert len(sums) == 24  # twelve indicators, two towns
    for column in ("numerator", "denominator"):
        assert (sums[column, "qpv"] <= sums[column, "commune"]).all()


def test_values_are_in_the_unit_of_the_catalogue(case: Territory):
    rows = case.indicators.set_index(["indicator", "area"])["value"]
    assert rows["mortalite-brute", HAVRELLE] == 15.0
    assert rows["pauvrete", EPCI] == pytest.approx(share(case, "pauvrete", "epci"))
    for indicator in ("mortalite-standardisee", "mortalite-icm", "esperance-de-vie"):
        assert rows[indicator].isna().all()  # these come from the ages


def test_the_deprivation_index_has_its_four_variables_in_every_commune(case: Territory):
    roles = case.catalogue["role"][case.catalogue["role"] != ""]
    assert set(roles) == {"income", "graduates", "workers", "unemployment"}
    wide = case.indicators.query("level == 'commune'").pivot_table("value", "area", "indicator")[roles.index]
    assert wide.notna().all(axis=None)
    assert len(wide) == len(case.communes)
    together = wide.corr()["revenu-median"]
    assert together["bacheliers"] > 0.8
    assert together[["ouvriers", "chomage"]].max() < -0.8


def test_neighbourhoods_have_low_incomes_few_graduates_many_workers_and_jobless(case: Territory):
    wide = case.indicators.pivot_table("value", "area", "indicator")
    quarters, whole = wide.loc[case.qpv.index], wide.loc[EPCI]
    assert (quarters["revenu-median"] < 0.75 * whole["revenu-median"]).all()
    assert (quarters["bacheliers"] < 0.75 * whole["bacheliers"]).all()
    assert (quarters[["ouvriers", "chomage"]] > 1.3 * whole[["ouvriers", "chomage"]]).all(axis=None)


def test_groups_gather_the_communes(case: Territory):
    people = case.communes.groupby("group")["population"].sum()
    assert people.to_dict() == {"villes": 76_000, "littoral": 14_891, "couronne": 18_150, "rural": 9_359}
    assert not set(case.groups["name"]) & set(case.communes["name"])


def test_life_expectancy_stops_at_five_thousand_inhabitants(case: Territory):
    rows = case.indicators.query("indicator == 'esperance-de-vie' and level == 'commune'")
    known = rows["area"][rows["missing"] == ""]
    assert set(case.communes.loc[known, "name"]) == {"Port-Ancelle", "Brévaumer", "Havrelle-Plage"}
    assert (case.communes["population"].drop(known) < 5000).all()


def test_the_indicator_at_equal_age_of_crude_mortality_is_named(case: Territory):
    assert case.catalogue.loc["mortalite-brute", "equal_age"] == "mortalite-standardisee"
    assert case.catalogue.loc["mortalite-icm", "kind"] == "standardised_ratio"
    assert case.references.query("indicator == 'mortalite-icm'")["value"].tolist() == [100.0]


def test_there_are_three_kinds_of_nothing_each_with_its_reason(case: Territory):
    missing = case.indicators[case.indicators["missing"] != ""]
    assert set(missing["missing"]) == {"secret", "not_available", "not_applicable"}
    first = {"secret": "Secret", "not_available": "Non disponible", "not_applicable": "Sans objet"}
    assert all(row.reason.startswith(first[row.missing]) for row in missing.itertuples())
    hidden = missing[missing["missing"] == "secret"].groupby("indicator").size()
    assert (hidden >= 2).all()  # one alone would be found by subtraction
    assert hidden["pauvrete"] == 12


def test_overlap_two_mediators_one_counter_same_hours(case: Territory):
    same = case.actions.groupby(["area", "theme", "place", "schedule"]).size()
    assert same["QNX101M", "acces-droits"].tolist() == [2]
    children = case.actions.query("area == 'QNX104M' and theme == 'nutrition'")
    assert children["public"].tolist() == ["Enfants de 6 à 11 ans"] * 4


def test_hole_two_neighbourhoods_without_coordinator_nor_running_action(case: Territory):
    without = set(case.qpv.index[~case.qpv["asv"]])
    assert set(case.qpv.loc[list(without), "name"]) == {"Phare-Nord", "Hauts-de-Brévaumer"}
    assert set(case.projects.loc["asv", "perimeter"]) == set(case.qpv.index) - without
    assert case.projects.loc["asv", "fte"] == 0.8
    assert case.projects.loc["rtps", "fte"] == 1
    assert not set(case.actions.query("state == 'running'")["area"]) & without
    assert case.priority  # an RTPS stands only where Region and ARS have named the territory a priority


def test_response_in_place_at_bassin_vergne(case: Territory):
    assert case.actions.query("area == 'QNX102M' and state == 'running'")["people"].tolist() == [140]


def test_strata_say_the_same_as_the_actions(case: Territory):
    poorest = case.strata.query("quintile == 1").pivot_table("covered_share", "zone", "theme")
    poorest = poorest.loc[case.qpv.index]
    assert set(poorest["acces-droits"].nsmallest(2).index) == {"QNX103M", "QNX105M"}
    assert poorest["acces-soins"].idxmax() == "QNX102M"
    assert poorest["nutrition"].idxmax() == "QNX104M"
    assert poorest["depistage"].idxmin() == "QNX105M"
    assert set(case.strata["theme"]) < set(case.themes.index)


def test_the_coordinator_of_the_neighbourhoods_refuses_the_single_team(case: Territory):
    assert case.positions.loc["coordonnatrice-asv", "coordination-unique"] == -3


def test_figures_quoted_in_the_texts_are_those_of_the_tables(case: Territory):
    for figure in ("26 communes", "118\u202f400 habitants", "15\u202f300 personnes", "3,6 consultations"):
        assert figure in case.story
    for text in (case.story, case.email, case.press.text, *(voice.text for voice in case.voices)):
        assert "{{" not in text
    assert re.findall(r"\d+\s%", case.email) == ["24\u00a0%", "33\u00a0%", "36\u00a0%", "41\u00a0%"]
    assert re.findall(r"\d+,\d", case.press.text) == ["15,0", "9,6"]
    assert round(2 * 15.0 / 9.6) == 3  # « une fois et demie plus »
    assert [voice.kind for voice in case.voices] == ["resident", "professional", "elected"]


def test_standard_population_is_the_published_one():
    # Eurostat, Revision of the European Standard Population (2013): 100 000 people, 19.5 % aged 65 and over.
    assert ESP2013.sum() == 100_000
    assert ESP2013.loc[65:].sum() == 19_500
    assert isinstance(ESP2013, pd.Series)
