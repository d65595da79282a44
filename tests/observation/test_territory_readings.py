"""What the page reads of a whole territory: gradient, smoothing, access, and the traps it warns of."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from territ_kit.errors import InputError
from territ_kit.observation.gradient import read_concentration, read_deprivation, read_gradient
from territ_kit.observation.reach import CONSULTATIONS, DECAYS, read_reach
from territ_kit.observation.reading import find_reference, read_indicator
from territ_kit.observation.smoothed import read_smoothed
from territ_kit.observation.traps import Scene, find_traps
from territ_kit.territory import load_case

CASE = load_case("port-ancelle")


def traps(indicator, level="commune", against="departement", confidence=0.95, case=CASE, **more):
    reference = find_reference(case, indicator, against)
    value = reference.value if reference else None
    rows = read_indicator(case, indicator, level=level, confidence=confidence, reference=value)
    found = find_traps(Scene(case, indicator, level, rows, reference, confidence, **more))
    return {trap.id: trap for trap in found}


# The gradient


def test_the_gradient_goes_from_the_most_to_the_least_deprived():
    found = read_gradient(CASE, "sans-medecin-traitant")
    assert found.rows["deprivation"].is_monotonic_decreasing
    assert found.known_share == 1
    assert found.slope.fitted_most > found.slope.fitted_least  # the deprived lack a doctor more often
    assert found.slope.sii_high < 0


def test_the_concentration_shares_out_the_events_that_were_counted():
    rows, index = read_concentration(CASE, "non-recours-c2s")
    assert rows["deprivation"].is_monotonic_decreasing
    np.testing.assert_allclose(index.curve_y[1:], rows["events"].cumsum() / rows["events"].sum())
    np.testing.assert_allclose(index.curve_x[1:], rows["base"].cumsum() / rows["base"].sum())
    assert index.relative < 0


def test_deprivation_rises_when_income_falls():
    index = read_deprivation(CASE).index
    income = read_indicator(CASE, "revenu-median")["value"]
    assert index.corr(income) < -0.8


def test_what_is_secret_is_left_out_of_the_gradient_and_the_share_known_is_told():
    found = read_gradient(CASE, "pauvrete")
    rows = read_indicator(CASE, "pauvrete")
    people = CASE.communes["population"]
    assert len(found.rows) == rows["value"].count() < len(rows)
    assert found.known_share == pytest.approx(people[rows["value"].notna()].sum() / people.sum())


def test_a_gradient_over_hardly_any_commune_is_refused():
    with pytest.raises(InputError, match=r"Seules 2 communes ont un chiffre.*Choisissez un autre indicateur"):
        read_gradient(CASE, "qpv-guichet-proche")


def test_a_territory_without_the_four_variables_has_no_deprivation():
    catalogue = CASE.catalogue.assign(role="")
    with pytest.raises(InputError, match="n’a pas les quatre indicateurs"):
        read_deprivation(dataclasses.replace(CASE, catalogue=catalogue))


# Smoothing


@pytest.mark.parametrize("local", [False, True])
def test_smoothing_draws_extremes_in_and_leaves_large_places(local):
    found = read_smoothed(CASE, "mortalite-prematuree", local=local)
    assert np.ptp(found.after["value"]) < np.ptp(found.before["value"])
    moved = (found.after["value"] - found.before["value"]).abs()
    assert moved[CASE.communes["population"].idxmax()] < moved.median()
    assert found.after["low"].isna().all()


def test_a_secret_commune_stays_secret_after_smoothing():
    found = read_smoothed(CASE, "pauvrete")
    secret = found.before["missing"] == "secret"
    assert secret.any()
    assert found.after.loc[secret, "value"].isna().all()
    assert (found.after["missing"] == found.before["missing"]).all()


# Access


def test_the_large_decay_gives_back_the_published_accessibility():
    found = read_reach(CASE, "large")
    published = read_indicator(CASE, "apl-medecins")["value"]
    np.testing.assert_allclose(found.rows["value"], published, atol=0.006)


@pytest.mark.parametrize("decay", DECAYS)
def test_no_hypothesis_makes_or_loses_a_consultation(decay):
    found = read_reach(CASE, decay)
    assert (found.rows["value"] * found.rows["base"]).sum() == pytest.approx(
        CONSULTATIONS * found.supply["quantity"].sum()
    )
    assert 0 < found.share_below < 1


# Traps


def test_a_crude_rate_warns_of_age_and_names_who_fades():
    found = traps("mortalite-brute")["age"]
    assert "Havrelle-Plage" in found.text
    assert "ne se distinguent plus nettement" in found.text


def test_an_average_like_the_departement_warns_of_its_quarters():
    found = traps("sans-medecin-traitant")["average"]
    assert "5 quartiers sur 5 s’en écartent nettement" in found.text
    assert "average" not in traps("sans-medecin-traitant", level="qpv")


def test_small_numbers_say_how_many_years_would_do():
    rows = read_indicator(CASE, "mortalite-prematuree")
    few = int((rows["events"] < 10).sum())
    text = traps("mortalite-prematuree")["few"].text
    assert text.startswith(f"{few} communes sur 26 comptent moins de dix événements.")
    assert "Pour la moitié de ces lieux, il faudrait réunir" in text
    assert "années ou plus, ou des communes voisines." in text
    assert "few" not in traps("sans-medecin-traitant")  # a share is not a count of events


def test_blank_cells_say_how_many_people_they_hide():
    text = traps("pauvrete")["secrecy"].text
    assert text.startswith("12 communes sur 26 n’ont pas de chiffre publié.")
    assert "7\u00a0% des habitants" in text


def test_the_mean_of_communes_is_set_beside_that_of_people():
    text = traps("apl-medecins")["weights"].text
    assert "2,1" in text
    assert "3,6" in text


def test_many_comparisons_say_what_chance_makes_and_what_holds():
    text = traps("mortalite-brute")["chance"].text
    assert "le hasard seul peut en écarter un environ" in text
    assert "il en reste 2 sur 5" in text


def test_only_a_picture_by_deprivation_warns_that_a_place_is_not_a_person():
    assert "people" not in traps("pauvrete")
    assert "people" in traps("pauvrete", by_deprivation=True)


def test_a_clean_reading_has_no_trap():
    assert set(traps("renoncement-soins", level="epci")) <= {"average"}


def test_one_place_is_spoken_of_in_the_singular():
    brezonne = load_case("pays-de-brezonne")
    text = traps("suicides-15-24-ans", level="epci", against="region", case=brezonne)["few"].text
    assert text.startswith("Ce lieu compte moins de dix événements.")
    assert text.endswith("Il faudrait réunir 17 années ou plus.")
