"""What every case keeps: nothing real, borders that meet, plain French, landmarks that agree."""

import re

import numpy as np
import pytest
import shapely
from shapely.geometry import Point, shape

from territ_kit.territory import Territory, list_cases, load_case


@pytest.fixture(scope="module", params=sorted(list_cases()))
def case(request: pytest.FixtureRequest) -> Territory:
    return load_case(request.param)


def test_nothing_can_be_taken_for_a_real_place(case: Territory):
    codes = [case.code, *case.communes.index]
    assert all(re.match(r"X\d+$", code) for code in codes)  # no real code of the INSEE starts so
    assert case.fictitious
    assert "fictif" in case.banner
    assert "fictif" in case.departement
    assert case.catalogue["source"].str.contains("fictives").all()
    assert case.references["label"].str.contains("fictive").all()
    corners = shapely.total_bounds([shape(one["geometry"]) for one in case.contours["features"]])
    assert np.abs(corners).max() < 1  # in the open sea, at the zero of maps


def test_women_are_half_of_the_people_and_most_of_the_old(case: Territory):
    whole = case.ages.query("level == 'epci'").set_index("age_start")
    assert whole["women"].sum() / whole["population"].sum() == pytest.approx(0.512, abs=0.01)
    assert whole["women"].loc[90] / whole["population"].loc[90] == pytest.approx(0.72, abs=0.04)


def test_those_who_sit_at_the_table_are_the_same_everywhere(case: Territory):
    assert list(case.positions.index) == list(case.influences.index) == list(case.influences.columns)
    assert list(case.positions.index) == list(case.actors.index)
    assert (np.diag(case.influences) == 0).all()
    assert {"elected", "resident"} <= set(case.actors["kind"])


def test_communes_share_their_borders_and_hold_their_town_hall_and_neighbourhoods(case: Territory):
    lands = {one["properties"]["code"]: shape(one["geometry"]) for one in case.contours["features"]}
    assert shapely.coverage_is_valid(list(lands.values()))
    for code, commune in case.communes.iterrows():
        assert lands[code].contains(Point(commune["lon"], commune["lat"]))
    for _, quarter in case.qpv.iterrows():
        assert lands[quarter["commune"]].contains(Point(quarter["lon"], quarter["lat"]))
    names = {one["properties"]["code"]: one["properties"]["nom"] for one in case.contours["features"]}
    assert names == case.communes["name"].to_dict()


def test_travel_is_symmetric_and_longer_further_away(case: Territory):
    minutes = case.travel_minutes.to_numpy()
    assert (minutes == minutes.T).all()
    assert (np.diag(minutes) == 0).all()
    places = case.communes[["lon", "lat"]].to_numpy()
    distance = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1))
    assert np.corrcoef(distance.ravel(), minutes.ravel())[0, 1] > 0.95


def test_each_absence_opens_with_its_kind(case: Territory):
    first = {"secret": "Secret", "not_available": "Non disponible", "not_applicable": "Sans objet"}
    missing = case.indicators[case.indicators["missing"] != ""]
    assert all(row.reason.startswith(first[row.missing]) for row in missing.itertuples())


def test_groups_have_names_of_their_own(case: Territory):
    assert case.area_names().is_unique
    assert not set(case.groups.index) & {case.code, *case.communes.index, *case.qpv.index}


def test_region_and_france_are_the_same_in_every_case():
    seen: dict[tuple[str, str], float] = {}
    for name in list_cases():
        larger = load_case(name).references.query("level != 'departement'")
        for row in larger.itertuples():
            assert seen.setdefault((row.indicator, row.level), row.value) == row.value, (name, row.indicator)


def test_each_case_has_codes_of_its_own():
    places = [load_case(name) for name in list_cases()]
    codes = [code for one in places for code in (one.code, *one.communes.index, *one.qpv.index)]
    assert len(codes) == len(set(codes))


def texts(case: Territory) -> list[str]:
    """Every French text of the case that a learner can read."""
    tables = [case.catalogue, case.actors, case.actions, case.projects, case.objectives, case.facilities]
    cells = [cell for table in tables for cell in table.to_numpy().ravel() if isinstance(cell, str)]
    told = [case.story, case.email, case.press.title, case.press.text, case.event, case.debate, case.question]
    told += [voice.text for voice in case.voices] + [case.banner, case.in_plain_words]
    return cells + told + case.indicators["reason"].unique().tolist() + case.themes.tolist()


def test_texts_follow_french_typography(case: Territory):
    for text in texts(case):
        assert not re.search(r"['\"]| [;:?!%»]|« |\d \d{3}|[^\s\u202f][;?!]", text), text


def test_sentences_are_short(case: Territory):
    for text in texts(case):
        for sentence in re.split(r"(?<=[.?!»])\s+|\n", text):
            assert len(sentence.split()) <= 22, sentence
