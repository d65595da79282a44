"""Brézonne holds the contrasts, the traps and the holes that its exercises are built on."""

import re

import numpy as np
import pytest
from scipy.special import gammaincinv

from territ_kit.territory import Territory, load_case

EPCI, SARVELAC = "X00000002", "X2001"
FOUR = ["Sarvelac", "Ormezan", "Mauvérac", "Saint-Orvain"]


@pytest.fixture(scope="module")
def case() -> Territory:
    return load_case("pays-de-brezonne")


def figures(case: Territory, indicator: str, level: str):
    """The rows of an indicator at one level, by area."""
    return case.indicators.query("indicator == @indicator and level == @level").set_index("area")


def test_the_place_has_the_size_that_its_story_tells(case: Territory):
    communes = case.communes.set_index("name")["population"]
    assert (len(communes), case.population, communes["Sarvelac"]) == (31, 19_800, 3_150)
    named = {*FOUR, "Castelbrune", "Quercenac", "Vergnoux-le-Haut"}
    assert named <= set(communes.index)
    assert case.zones["population"].sum() == case.communes["standardised_population"].sum() == 19_800
    assert len(case.groups) == 4


def test_there_is_no_priority_neighbourhood(case: Territory):
    assert case.qpv.empty
    assert list(case.qpv.columns) == ["name", "commune", "population", "asv", "lon", "lat"]
    assert not (case.indicators["level"] == "qpv").any()
    assert case.facilities["qpv"].eq("").all()
    assert "qpv" not in set(case.zones["kind"])


def test_it_is_a_priority_without_network_nor_contract(case: Territory):
    assert case.priority
    assert case.projects.loc["rtps", "status"] == "preparing"
    assert not {"CLS", "CLSM", "ASV"} & set(case.projects["kind"])
    assert case.projects.loc["cmt", "perimeter"] == ["X2002"]
    assert case.communes.loc["X2002", "name"] == "Castelbrune"


def test_trap_1_three_suicides_make_a_rate_four_times_that_of_the_region(case: Territory):
    whole = figures(case, "suicides-15-24-ans", "epci").loc[EPCI]
    assert (whole["numerator"], whole["denominator"]) == (3, 10_250)
    definition = case.catalogue.loc["suicides-15-24-ans"]
    assert (definition["kind"], definition["per"], definition["years"]) == ("crude_rate", 100_000, 5)
    # Exact Poisson limits (Garwood 1936).
    low, high = gammaincinv(3, 0.025), gammaincinv(4, 0.975)
    assert [round(100_000 * count / 10_250, 1) for count in (3, low, high)] == [29.3, 6.0, 85.5]
    region = case.references.query("indicator == 'suicides-15-24-ans' and level == 'region'")["value"].item()
    assert region == 7.5
    assert round(whole["value"] / region) == 4  # « quatre fois »
    assert (figures(case, "suicides-15-24-ans", "commune")["missing"] == "secret").all()


def test_suicides_are_never_told_without_a_number_to_call(case: Territory):
    for text in (case.story, case.press.text):
        assert "uicide" in text or "décès" in text
        assert "3114" in text


def test_trap_2_the_mean_of_communes_is_not_the_mean_of_people(case: Territory):
    reach = figures(case, "apl-medecins", "commune")["value"]
    weight = case.communes["standardised_population"]
    mean = np.average(reach.loc[weight.index], weights=weight)
    assert round(mean, 1) == 1.9
    assert round(mean, 2) == figures(case, "apl-medecins", "epci")["value"].item()
    assert round(reach.mean(), 1) == 1.5
    assert case.catalogue.loc["apl-medecins", "threshold"] == 2.5


def test_four_communes_make_the_figures_of_the_exercise(case: Territory):
    codes = case.communes.reset_index().set_index("name").loc[FOUR, "code"]
    reach = figures(case, "apl-medecins", "commune")["value"].loc[codes]
    weight = case.communes["standardised_population"].loc[codes]
    assert reach.tolist() == [3.4, 2.0, 1.1, 0.5]
    assert weight.tolist() == [3400, 1100, 700, 300]
    assert round(np.average(reach, weights=weight), 2) == 2.67
    assert round(reach.mean(), 2) == 1.75
    assert round(100 * weight[reach < 2.5].sum() / weight.sum(), 1) == 38.2


def test_trap_3_young_people_are_counted_at_home_and_live_elsewhere(case: Territory):
    young = figures(case, "part-15-24-ans", "epci").loc[EPCI]
    assert young["numerator"] == 2_050
    ages = case.ages.query("area == @EPCI and age_start in (15, 20)")
    assert ages["population"].sum() == 2_050
    away = figures(case, "scolarises-hors-territoire", "epci").loc[EPCI]
    assert away["value"] > 85
    assert away["numerator"] > young["numerator"] / 2
    assert "chez leurs parents" in case.catalogue.loc["part-15-24-ans", "hides"]
    assert "chez leurs parents" in case.email


def test_trap_4_a_blank_cell_is_not_a_zero(case: Territory):
    poverty = figures(case, "pauvrete", "commune")
    assert (poverty["missing"] == "secret").sum() == 27
    assert poverty["value"].isna().sum() == 27
    income = figures(case, "revenu-median", "commune")
    assert (income["missing"] == "").sum() == 28
    known = poverty["numerator"].sum() / figures(case, "pauvrete", "epci")["numerator"].item()
    assert known < 0.4  # the poor live mostly where nothing is published


def test_some_figures_are_published_by_group_only(case: Territory):
    for indicator in ("urgences-alcool-15-24-ans", "scolarises-hors-territoire"):
        groups, whole = figures(case, indicator, "group"), figures(case, indicator, "epci")
        assert set(groups.index) == set(case.groups.index)
        assert groups["numerator"].sum() == whole["numerator"].item()
        assert (figures(case, indicator, "commune")["missing"] == "not_available").all()


def test_help_is_far_for_a_young_person_who_is_unwell(case: Territory):
    far = figures(case, "temps-cmpea", "commune")["value"]
    ages = case.ages.query("level == 'commune' and age_start in (15, 20)").groupby("area")["population"].sum()
    assert figures(case, "temps-cmpea", "epci")["value"].item() == 55
    assert np.average(far.loc[ages.index], weights=ages) == pytest.approx(55, abs=0.5)
    assert far[SARVELAC] == 55


def test_a_fifth_of_pupils_know_someone_to_talk_to(case: Territory):
    row = figures(case, "connait-lieu-ecoute", "epci").loc[EPCI]
    assert (row["numerator"], row["denominator"], round(row["value"])) == (26, 118, 22)


def test_overlap_three_talks_in_one_school_for_the_same_pupils(case: Territory):
    same = case.actions.groupby(["area", "theme", "place", "public"]).size()
    assert same[SARVELAC, "addictions"].tolist() == [3]
    assert same[SARVELAC, "addictions"].index[0][1] == "Élèves de quatrième"


def test_hole_nothing_for_apprentices_nor_pupils_of_the_rural_school(case: Territory):
    running = case.actions.query("state == 'running'")
    assert not running["public"].str.contains("pprenti|MFR|maison familiale|16 à 18").any()
    assert "mfr" not in set(case.actions["lead"])
    assert (case.facilities["kind"] == "mfr").sum() == 1


def test_two_carriers_are_opposed(case: Territory):
    stances = case.positions
    assert stances.loc["hopital-sarvelac", "rtps-hopital"] == 3
    assert stances.loc["vice-presidente-jeunesse", "rtps-epci"] == 3
    assert stances.loc["hopital-sarvelac", "rtps-epci"] < 0
    assert stances.loc["vice-presidente-jeunesse", "rtps-hopital"] < 0
    assert stances.loc["comite-fetes", "moins-de-buvettes"] == -3


def test_the_post_of_the_network_costs_what_the_exercise_says(case: Territory):
    costs = re.findall(r"\d+\u202f\d+", case.projects.loc["rtps", "note"])
    assert costs == ["56\u202f000", "14\u202f000"]
    assert min(0.25 * 56_000, 20_000) == 14_000  # a quarter of one post, 20 000 € at most


def test_deaths_of_five_years_are_counted_together(case: Territory):
    assert set(case.deaths["years"]) == {5}
    crude = figures(case, "mortalite-brute", "epci").loc[EPCI]
    assert crude["denominator"] == 5 * 19_800
    assert crude["numerator"] == case.deaths.query("area == @EPCI")["deaths"].sum()
    assert case.catalogue.loc["mortalite-brute", ["years", "equal_age"]].tolist() == [
        5,
        "mortalite-standardisee",
    ]


def test_the_deprivation_index_has_its_four_variables(case: Territory):
    roles = case.catalogue["role"][case.catalogue["role"] != ""]
    assert set(roles) == {"income", "graduates", "workers", "unemployment"}


def test_figures_quoted_in_the_texts_are_those_of_the_tables(case: Territory):
    for figure in ("31 communes", "19\u202f800 habitants", "2\u202f050 jeunes", "55 minutes"):
        assert figure in case.story
    assert re.findall(r"\d,\d", case.story) == ["1,9", "2,5", "3,4", "0,5"]
    assert re.findall(r"\d+,\d", case.press.text) == ["29,3", "7,5"]
    assert [voice.kind for voice in case.voices] == ["resident", "professional", "elected"]
