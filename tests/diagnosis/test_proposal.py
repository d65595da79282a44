"""A first grid from a territory: the six answers of the course, and what the tables cannot say."""

from dataclasses import replace

import pandas as pd
import pytest

from territ_kit.diagnosis.needs import cross
from territ_kit.diagnosis.proposal import propose_levels
from territ_kit.territory import list_cases, load_case


@pytest.fixture(scope="module")
def port_ancelle():
    return load_case("port-ancelle")


@pytest.fixture(scope="module")
def grid(port_ancelle):
    return cross(propose_levels(port_ancelle)).set_index(["zone_name", "theme"])


@pytest.mark.parametrize(
    ("zone", "theme", "need", "label"),
    [
        ("Les Corvelles", "acces-droits", "high", "saturation"),
        ("Phare-Nord", "acces-droits", "high", "angle mort"),
        ("Hauts-de-Brévaumer", "depistage", "high", "angle mort"),
        ("Bassin-Vergne", "acces-soins", "high", "réponse en place"),
        ("Tournevent", "nutrition", "medium", "saturation"),
    ],
)
def test_port_ancelle_gives_the_answers_of_the_course(grid, zone, theme, need, label):
    assert (grid.loc[(zone, theme), "need"], grid.loc[(zone, theme), "label"]) == (need, label)


def test_the_sixth_answer_is_a_commune_that_no_table_crosses_and_a_group_adds_it(grid):
    """Havrelle-Plage × mortality: step 1 finds it no different at equal age, so its need is low."""
    assert "etat-de-sante" not in grid.index.get_level_values("theme")
    row = ("etat-de-sante", "Havrelle-Plage", "low", "medium", "none")
    cells = pd.DataFrame([row], columns=["theme", "zone", "need", "resources", "actions"])
    assert cross(cells)["label"][0] == "rien à signaler"


def test_a_perimeter_is_not_an_action(port_ancelle, grid):
    announced = port_ancelle.actions.loc["cls-droits-phare-nord"]
    assert (announced["state"], announced["area"]) == ("announced", "QNX103M")
    cell = grid.loc[("Phare-Nord", "acces-droits")]
    assert (cell["regular"], cell["actions"]) == (0, "none")
    assert "un périmètre n’est pas une action" in cell["why"]


def test_a_wider_action_is_told_and_not_counted(grid):
    cell = grid.loc[("Les Corvelles", "acces-soins")]
    assert cell["actions"] == "none"
    assert "rien ne dit qui elle atteint ici" in cell["why"]


def test_four_workshops_for_the_same_children_reach_at_most_their_sum(grid):
    cell = grid.loc[("Tournevent", "nutrition")]
    assert (cell["regular"], cell["people"], cell["overlap"]) == (4, 100, True)
    assert "Ici\u00a0: 4 actions, jusqu’à 100 personnes par an." in cell["why"]


@pytest.mark.parametrize(
    ("case", "zone", "theme", "label"),
    [
        ("pays-de-brezonne", "Sarvelac", "addictions", "saturation"),  # three talks in one room
        ("pays-de-brezonne", "Communes du plateau", "sante-mentale", "angle mort"),
        ("val-d-aubrelle", "Pontaubrelle hors quartiers prioritaires", "sante-mentale", "saturation"),
        ("val-d-aubrelle", "Communes rurales", "sante-mentale", "angle mort"),  # nine rural communes
    ],
)
def test_the_other_cases_show_their_overlap_and_their_hole(case, zone, theme, label):
    crossed = cross(propose_levels(load_case(case))).set_index(["zone_name", "theme"])
    assert crossed.loc[(zone, theme), "label"] == label


@pytest.mark.parametrize("case", list_cases())
def test_every_zone_and_theme_is_there_once_with_its_reasons(case):
    territory = load_case(case)
    proposed = propose_levels(territory)
    assert len(proposed) == len(territory.zones) * territory.strata["theme"].nunique()
    assert not proposed.duplicated(["theme", "zone"]).any()
    assert proposed["why"].str.contains("indice").all()


def test_a_zone_like_the_whole_territory_has_middle_levels(port_ancelle):
    strata = port_ancelle.strata
    flat = strata.assign(need_share=0.2, covered_share=0.5)
    like = replace(port_ancelle, strata=flat, indicators=port_ancelle.indicators[:0])
    proposed = propose_levels(like)
    assert set(proposed["need"]) == set(proposed["resources"]) == {"medium"}
    assert proposed["need_ratio"].tolist() == pytest.approx([1.0] * len(proposed))


def test_without_strata_needs_are_unknown_and_actions_are_still_read(port_ancelle):
    bare = replace(port_ancelle, strata=port_ancelle.strata[:0], indicators=port_ancelle.indicators[:0])
    proposed = propose_levels(bare).set_index(["zone_name", "theme"])
    cell = proposed.loc[("Les Corvelles", "acces-droits")]
    assert (cell["need"], cell["resources"], cell["actions"]) == ("", "", "high")
    assert cross(proposed.reset_index())["reading"].eq("to_document").all()
