"""The Val d’Aubrelle holds the contrasts, the traps, the overlaps and the hole that its exercises need."""

import re
from itertools import pairwise
from math import sqrt

import numpy as np
import pandas as pd
import pytest
import shapely
from scipy.stats import binomtest
from shapely.geometry import Point, shape

from territ_kit.territory import Territory, load_case

EPCI, CITY, HOSPITAL = "X00000003", "X3001", "X3002"
RURAL = {
    "Chantorne-le-Vieux",
    "Sourdevane",
    "Mérigneul",
    "Bellorbe",
    "Rivombre",
    "Tressevent",
    "Vaucorbel",
    "Saint-Orbert-des-Landes",
    "Hautombelle",
}
GROUPS = ["etablissement", "ville", "couronne", "rural"]  # from the hospital outwards


@pytest.fixture(scope="module")
def case() -> Territory:
    return load_case("val-d-aubrelle")


@pytest.fixture(scope="module")
def rural(case: Territory) -> pd.Index:
    """Codes of the nine rural communes."""
    return case.communes.index[case.communes["group"] == "rural"]


@pytest.fixture(scope="module")
def lands(case: Territory) -> dict[str, shapely.Polygon]:
    """The contour of each commune by code."""
    return {one["properties"]["code"]: shape(one["geometry"]) for one in case.contours["features"]}


def known(case: Territory, indicator: str, level: str) -> pd.DataFrame:
    """Figures of an indicator that are not missing, by area."""
    return case.indicators.query("indicator == @indicator and level == @level and missing == ''").set_index(
        "area"
    )


def ratio_limits(events: float, expected: float) -> tuple[float, float]:
    """95 % limits of a ratio for 100, by Byar (Breslow & Day 1987)."""
    z, more = 1.959963985, events + 1
    low = events * (1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3
    high = more * (1 - 1 / (9 * more) + z / (3 * sqrt(more))) ** 3
    return 100 * low / expected, 100 * high / expected


def test_the_place_has_the_size_that_its_story_tells(case: Territory, rural: pd.Index):
    assert (len(case.communes), case.population) == (22, 74_600)
    assert case.communes.loc[CITY, ["name", "population"]].tolist() == ["Pontaubrelle", 33_000]
    assert set(case.communes.loc[rural, "name"]) == RURAL
    assert case.qpv.set_index("name")["population"].to_dict() == {"Les Chantornes": 3700, "La Villorbe": 2200}
    assert case.zones["population"].sum() == case.communes["standardised_population"].sum() == 74_600
    assert set(case.zones["kind"]) == {"qpv", "urban", "suburban", "rural"}
    assert not set(case.groups["name"]) & set(case.communes["name"])


def test_nothing_can_be_taken_for_a_real_place(case: Territory):
    assert all(re.fullmatch(r"X3\d{3}", code) for code in case.communes.index)
    assert all(re.fullmatch(r"QNX3\d\dM", code) for code in case.qpv.index)
    assert case.fictitious
    assert "fictif" in case.banner
    assert "fictif" in case.departement
    assert case.catalogue["source"].str.contains("fictives").all()
    assert case.references["label"].str.contains("fictive").all()
    corners = shapely.total_bounds([shape(one["geometry"]) for one in case.contours["features"]])
    assert np.abs(corners).max() < 1  # in the open sea, at the zero of maps


def test_neighbourhoods_hold_29_per_cent_of_the_poor_and_8_per_cent_of_the_people(case: Territory):
    quarters, whole = known(case, "pauvrete", "qpv"), known(case, "pauvrete", "epci").loc[EPCI]
    poor, people = quarters[["numerator", "denominator"]].sum()
    assert (poor, people, whole["numerator"], whole["denominator"]) == (2714, 5900, 9325, 74_600)
    assert (poor / people, whole["value"]) == (0.46, 12.5)
    assert round(100 * poor / whole["numerator"], 1) == 29.1
    assert round(100 * people / case.population, 1) == 7.9


def test_long_term_illness_falls_with_the_distance_to_the_hospital(case: Territory):
    rates = known(case, "ald-psychiatriques", "group").loc[GROUPS, "value"]
    assert rates.is_monotonic_decreasing
    assert round(rates["etablissement"] / rates["rural"]) == 4  # « quatre fois plus »
    communes = known(case, "ald-psychiatriques", "commune")["value"]
    minutes = case.travel_minutes.loc[communes.index, HOSPITAL]
    assert communes.idxmax() == HOSPITAL
    assert np.corrcoef(minutes, communes)[0, 1] < -0.6
    assert case.facilities.query("kind == 'epsm'")["commune"].tolist() == [HOSPITAL]


def test_at_equal_age_the_gap_in_long_term_illness_stays_and_is_precise(case: Territory):
    assert case.catalogue.loc["ald-psychiatriques", "equal_age"] == "ald-psychiatriques-icm"
    rows = known(case, "ald-psychiatriques-icm", "group").loc[GROUPS]
    assert rows["value"].round().tolist() == [203, 112, 78, 50]
    limits = [ratio_limits(row.numerator, row.denominator) for row in rows.itertuples()]
    assert all(low > high for (low, _), (_, high) in pairwise(limits))
    assert [round(limit) for limit in limits[-1]] == [41, 59]
    crude = known(case, "ald-psychiatriques", "group").loc[GROUPS, "numerator"]
    assert (rows["numerator"] == crude).all()  # the same people, compared in two ways


def test_trap_1_long_term_illness_is_read_as_access_and_not_as_need(case: Territory):
    entry = case.catalogue.loc["ald-psychiatriques"]
    assert entry["direction"] == "neutral"
    assert "besoin" in entry["hides"]
    assert "besoins" in case.press.title
    assert "prudence" in case.press.text
    # The hypotheses of the simulation do not take it for a need.
    need = case.strata.query("theme == 'sante-mentale'").pivot_table("need_share", "quintile", "zone")
    assert (need["rural"] == need["etablissement"]).all()


def test_suicides_are_published_by_groups_of_communes_over_ten_years(case: Territory):
    assert case.catalogue.loc["suicides-icm", ["kind", "years"]].tolist() == ["standardised_ratio", 10]
    rows = case.indicators.query("indicator == 'suicides-icm'").set_index("level")
    assert (rows.loc[["commune", "qpv"], "missing"] == "not_available").all()
    assert rows.loc[["commune", "qpv"], "reason"].str.contains("groupe de communes").all()
    sums, whole = rows.loc["group", ["numerator", "denominator"]].sum(), rows.loc["epci"]
    assert sums["numerator"] == whole["numerator"] == 129
    assert sums["denominator"] == pytest.approx(whole["denominator"])


def test_suicides_draw_the_reverse_map_and_no_interval_excludes_100(case: Territory):
    rows = known(case, "suicides-icm", "group").loc[GROUPS]
    assert rows["value"].idxmax() == "rural"
    assert rows["value"].idxmin() == "etablissement"
    assert (rows.loc["rural", "numerator"], rows.loc["rural", "denominator"]) == (26, 18.4)
    limits = {row.Index: ratio_limits(row.numerator, row.denominator) for row in rows.itertuples()}
    assert all(low < 100 < high for low, high in limits.values())
    assert [round(limit) for limit in limits["rural"]] == [92, 207]
    assert [round(limit) for limit in limits["etablissement"]] == [48, 137]
    assert [round(limit) for limit in ratio_limits(2 * 26, 2 * 18.4)] == [106, 185]  # in twenty years


def test_even_the_two_extreme_groups_differ_no_more_than_chance_allows(case: Territory):
    rows = known(case, "suicides-icm", "group").loc[["rural", "etablissement"]]
    seen, awaited = rows["numerator"].astype(int), rows["denominator"]
    # Given their sum, the events of one group are binomial (Przyborowski & Wilenski 1940).
    test = binomtest(seen["rural"], seen.sum(), awaited["rural"] / awaited.sum())
    assert round(test.pvalue, 2) == 0.12


def test_what_is_known_for_the_agglomeration_only_says_why_elsewhere(case: Territory):
    for indicator in ("delai-psychiatre", "mal-etre-enquete", "enquete-femmes-60-ans"):
        rows = case.indicators[case.indicators["indicator"] == indicator].set_index("level")
        assert rows.loc["epci", "missing"] == ""
        assert (rows.drop("epci")["missing"] == "not_available").all()
    assert known(case, "delai-psychiatre", "epci").loc[EPCI, "value"] == 4


def test_trap_2_the_survey_heard_older_women_and_few_others(case: Territory):
    answers = known(case, "enquete-femmes-60-ans", "epci").loc[EPCI]
    assert (answers["numerator"], answers["denominator"]) == (280, 412)
    assert known(case, "mal-etre-enquete", "epci").loc[EPCI, "denominator"] == 412
    assert round(answers["value"]) == 68
    whole = case.ages.query("area == @EPCI").set_index("age_start")
    assert round(100 * whole["women"].loc[60:].sum() / whole["population"].sum()) == 16
    assert "femmes de 60 ans et plus" in case.catalogue.loc["mal-etre-enquete", "hides"]


def test_doctors_are_near_on_average_and_far_from_every_rural_commune(case: Territory, rural: pd.Index):
    reach, weights = known(case, "apl-medecins", "commune")["value"], case.communes["standardised_population"]
    mean = np.average(reach.loc[weights.index], weights=weights)
    assert round(mean, 2) == known(case, "apl-medecins", "epci").loc[EPCI, "value"]
    assert reach[rural].max() < case.catalogue.loc["apl-medecins", "threshold"] == 2.5 < mean
    # Two-step catchments give back what doctors offer: the sum over people is the sum over doctors.
    doctors = case.facilities.query("kind == 'medecin-generaliste'")["quantity"].sum()
    assert reach.loc[weights.index] @ weights == pytest.approx(5400 * doctors, rel=0.002)


def test_no_psychiatric_care_stands_in_the_rural_communes(case: Territory, rural: pd.Index):
    kinds = {"epsm", "cmp", "cmpea", "psychiatre", "psychologue", "hopital-de-jour", "gem"}
    care = case.facilities[case.facilities["kind"].isin(kinds)]
    assert set(care["kind"]) == kinds
    assert not set(care["commune"]) & set(rural)


def test_a_hidden_commune_cannot_be_found_by_subtraction(case: Territory):
    hidden = case.indicators.query("missing == 'secret'")
    assert set(hidden["indicator"]) == {"ald-psychiatriques", "ald-psychiatriques-icm", "pauvrete"}
    groups = hidden["area"].map(case.communes["group"])
    assert (hidden.groupby(["indicator", groups]).size() >= 2).all()
    counted = known(case, "ald-psychiatriques", "commune")["numerator"]
    assert counted.min() >= 11


def test_each_absence_says_its_kind_and_its_reason(case: Territory):
    missing = case.indicators[case.indicators["missing"] != ""]
    first = {"secret": "Secret", "not_available": "Non disponible"}
    assert all(row.reason.startswith(first[row.missing]) for row in missing.itertuples())


def test_neighbourhoods_are_a_part_of_their_city(case: Territory):
    quarters = case.indicators.query("level == 'qpv' and missing == ''").dropna(subset="numerator")
    inside = quarters.groupby("indicator")[["numerator", "denominator"]].sum()
    city = case.indicators.query("area == @CITY").set_index("indicator").loc[inside.index, inside.columns]
    assert (inside <= city).all(axis=None)


def test_the_deprivation_index_has_its_four_variables_in_every_commune(case: Territory):
    roles = case.catalogue["role"][case.catalogue["role"] != ""]
    assert set(roles) == {"income", "graduates", "workers", "unemployment"}
    wide = case.indicators.query("level == 'commune'").pivot_table("value", "area", "indicator")[roles.index]
    assert wide.notna().all(axis=None)
    assert len(wide) == 22


def test_landmarks_larger_than_the_departement_are_those_of_the_other_case(case: Territory):
    both = [
        one.references.query("level != 'departement'").set_index(["indicator", "level"])["value"]
        for one in (case, load_case("port-ancelle"))
    ]
    mine, theirs = both[0].align(both[1], join="inner")
    assert len(mine) > 15
    assert (mine == theirs).all()


def test_mortality_holds_no_surprise(case: Territory):
    wide = {
        name: getattr(case, name).pivot_table(column, "area", "age_start")
        for name, column in (("ages", "population"), ("deaths", "deaths"))
    }
    expected = wide["ages"] @ (wide["deaths"].loc["X3"] / wide["ages"].loc["X3"])
    for code in [EPCI, *case.communes.index]:
        low, high = ratio_limits(wide["deaths"].loc[code].sum(), expected[code])
        assert low < 100 < high


def test_one_person_holds_the_local_council_and_the_neighbourhoods(case: Territory):
    clsm, asv = case.projects.loc["clsm"], case.projects.loc["asv"]
    assert clsm["perimeter"] == [CITY]
    assert set(asv["perimeter"]) == set(case.qpv.index)
    assert (clsm["fte"], asv["fte"]) == (0.5, 0.5)
    assert "2016" in clsm["note"]
    assert "même personne" in asv["note"]
    assert case.qpv["asv"].all()


def test_the_contract_to_come_covers_everyone_and_owes_a_mental_health_part(case: Territory):
    contract = case.projects.loc["cls"]
    assert (contract["perimeter"], contract["status"], contract["fte"]) == ([EPCI], "preparing", 0)
    assert re.search(r"santé mentale.*loi", contract["note"])
    assert case.projects.loc["ptsm", "status"] == "running"


def test_overlap_two_programmes_the_same_week_and_two_courses_for_the_same_public(case: Territory):
    rows = case.actions[case.actions["title"].str.contains("crédit de prévention demandé à l’ARS")]
    for word in ("SISM", "PSSM"):
        pair = rows[rows["title"].str.contains(word)]
        assert pair["lead"].nunique() == len(pair) == 2
        assert pair[["area", "public", "schedule", "theme"]].drop_duplicates().shape[0] == 1
    assert len(rows) == 4  # all four ask for the same credit


def test_hole_nothing_takes_place_in_the_nine_rural_communes(case: Territory, rural: pd.Index):
    assert not set(case.actions["area"]) & set(rural)
    everywhere = case.actions[case.actions["area"] == EPCI]
    assert everywhere["state"].tolist() == ["announced"]  # a perimeter is not an action
    assert everywhere["people"].tolist() == [0]
    assert not case.priority  # no RTPS here: only a CMT may support the communes


def test_strata_say_the_same_as_the_actions(case: Territory):
    cover = case.strata.query("quintile == 1").pivot_table("covered_share", "zone", "theme")
    assert (cover.loc[:, cover.columns != "acces-droits"].idxmin() == "rural").all()
    assert cover["sante-mentale"].idxmax() == "etablissement"
    assert cover["acces-droits"].idxmax() == cover["logement"].idxmax() == "QNX302M"
    assert set(case.strata["theme"]) < set(case.themes.index)


def test_those_who_sit_at_the_table_are_the_same_everywhere(case: Territory):
    assert list(case.positions.index) == list(case.influences.index) == list(case.influences.columns)
    assert list(case.positions.index) == list(case.actors.index)
    assert len(case.actors) == 11  # one ballot each
    assert (np.diag(case.influences) == 0).all()
    assert {"elected", "resident", "institution", "coordinator", "state"} == set(case.actors["kind"])


def test_power_and_interest_place_actors_where_their_sheets_say(case: Territory):
    high = case.actors[["power", "interest"]] > 0.5
    assert high.loc[["secteur-psychiatrie", "bailleur"]].all(axis=None)
    assert high.loc["presidente-agglomeration"].tolist() == [True, False]
    assert high.loc["gem"].tolist() == [False, True]
    assert case.actors.loc["msa", ["power", "interest"]].tolist() == [0.4, 0.5]
    assert case.actors.loc["gem", "power"] == case.actors["power"].min()


def test_the_table_is_divided_on_the_two_questions_of_the_debate(case: Territory):
    cell, larger = case.positions["cellule-situations"], case.positions["clsm-agglomeration"]
    assert (cell["maire-pontaubrelle"], cell["gem"]) == (3, -3)
    assert larger["maire-pontaubrelle"] < 0 < larger["presidente-agglomeration"]
    assert "situations individuelles" in case.debate
    assert "qui le préside" in case.debate
    assert (case.positions["premiers-secours-rural"] >= 0).all()  # what nobody refuses


def test_communes_share_their_borders_and_hold_their_town_hall_and_neighbourhoods(
    case: Territory, lands: dict[str, shapely.Polygon]
):
    assert shapely.coverage_is_valid(list(lands.values()))
    for code, commune in case.communes.iterrows():
        assert lands[code].contains(Point(commune["lon"], commune["lat"]))
    for _, quarter in case.qpv.iterrows():
        assert lands[CITY].contains(Point(quarter["lon"], quarter["lat"]))
    names = {one["properties"]["code"]: one["properties"]["nom"] for one in case.contours["features"]}
    assert names == case.communes["name"].to_dict()


def test_the_city_is_in_the_middle_and_the_rural_communes_on_the_edge(
    case: Territory, rural: pd.Index, lands: dict[str, shapely.Polygon]
):
    edge = shapely.union_all(list(lands.values())).exterior
    assert lands[CITY].distance(edge) > 0
    assert all(lands[code].intersection(edge).length > 0 for code in rural)
    assert not any(lands[code].touches(lands[CITY]) for code in rural)
    around = case.communes.index[case.communes["group"] == "etablissement"].drop(HOSPITAL)
    assert all(lands[code].touches(lands[HOSPITAL]) for code in around)


def test_travel_is_symmetric_and_longer_further_away(case: Territory):
    minutes = case.travel_minutes.to_numpy()
    assert (minutes == minutes.T).all()
    assert (np.diag(minutes) == 0).all()
    places = case.communes[["lon", "lat"]].to_numpy()
    distance = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    assert np.corrcoef(distance.ravel(), minutes.ravel())[0, 1] > 0.95


def test_figures_quoted_in_the_texts_are_those_of_the_tables(case: Territory):
    story = case.story.replace("\u202f", " ").replace("\u00a0", " ")
    for figure in ("22 communes", "74 600 habitants", "5 900 personnes", "46,0 %", "12,5 %", "4 mois"):
        assert figure in story
    assert "on en attendait 18,4 en dix ans. Il y en a eu 26." in story
    assert re.findall(r"\d+\s%", case.email) == ["18\u00a0%", "22\u00a0%", "68\u00a0%"]
    for text in (case.story, case.email, case.press.text, *(voice.text for voice in case.voices)):
        assert "{{" not in text
    assert [voice.kind for voice in case.voices] == ["resident", "professional", "elected"]


def test_the_event_puts_the_room_under_pressure_without_accusing_anyone(case: Territory):
    for words in ("incendie", "la liste des personnes suivies", "dix jours", "Rien n’établit de lien"):
        assert words in case.event


def texts(case: Territory) -> list[str]:
    """Every French text of the case that a learner can read."""
    tables = [case.catalogue, case.actors, case.actions, case.projects, case.objectives, case.facilities]
    cells = [cell for table in tables for cell in table.to_numpy().ravel() if isinstance(cell, str)]
    told = [case.story, case.email, case.press.title, case.press.text, case.event, case.debate, case.question]
    told += [voice.text for voice in case.voices] + [case.banner, case.in_plain_words]
    return cells + told + case.indicators["reason"].unique().tolist() + case.themes.tolist()


def test_suicide_is_spoken_of_with_care_and_with_where_to_find_help(case: Territory):
    assert "3114, numéro national de prévention du suicide" in case.story
    everything = " ".join(texts(case)).lower()
    for word in ("commettre un suicide", "suicidé", "pendaison", "arme à feu", "surdose", "fou ", "dément"):
        assert word not in everything  # no means, no blame, no insult
    assert "suicide" not in (case.press.title + case.press.text + case.event).lower()


def test_texts_follow_french_typography(case: Territory):
    for text in texts(case):
        assert not re.search(r"['\"]| [;:?!%»]|« |\d \d{3}|[^\s\u202f][;?!]", text), text


def test_sentences_are_short(case: Territory):
    for text in texts(case):
        for sentence in re.split(r"(?<=[.?!»])\s+|\n", text):
            assert len(sentence.split()) <= 22, sentence
