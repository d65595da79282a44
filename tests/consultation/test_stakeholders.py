"""The actor map: where each stands, and what its place calls for."""

import math

import pandas as pd
import pytest

from territ_kit.consultation.stakeholders import QUADRANTS, stakeholder_map
from territ_kit.errors import InputError
from territ_kit.territory import load_case


def placed(*pairs):
    return stakeholder_map(pd.DataFrame(pairs, columns=["power", "interest"]))


def test_the_four_quadrants_in_their_order():
    assert placed((0.9, 0.9), (0.9, 0.1), (0.1, 0.9), (0.1, 0.1))["quadrant"].tolist() == list(QUADRANTS)


def test_the_actors_of_val_d_aubrelle_stand_where_the_trainer_expects():
    """TEACHING.md, question 4.1."""
    mapped = stakeholder_map(load_case("val-d-aubrelle").actors)
    expected = {
        "secteur-psychiatrie": "associer",
        "bailleur": "associer",
        "presidente-agglomeration": "interesser",
        "gem": "renforcer",
    }
    assert mapped.loc[list(expected), "quadrant"].to_dict() == expected
    assert mapped.loc["msa", "border"]


def test_those_who_care_without_power_are_strengthened_not_informed():
    assert "siège" in placed((0.2, 0.9))["call"][0]
    assert QUADRANTS["renforcer"].usual == "informer"


def test_a_place_on_the_cut_is_high_and_said_to_be_on_the_border():
    read = placed((0.5, 0.9), (0.45, 0.9), (0.44, 0.9))
    assert read["quadrant"].tolist() == ["associer", "renforcer", "renforcer"]
    assert read["border"].tolist() == [True, True, False]


def test_a_missing_value_is_asked_for_and_not_guessed():
    read = placed((math.nan, 0.9))
    assert read.loc[0, "quadrant"] == ""
    assert not read.loc[0, "border"]
    assert read.loc[0, "call"].startswith("Placez d’abord cet acteur")


def test_tied_actors_get_the_same_place():
    assert placed((0.3, 0.3), (0.3, 0.3))["quadrant"].tolist() == ["garder_le_lien"] * 2


def test_the_table_keeps_its_columns_and_its_order():
    actors = load_case("port-ancelle").actors
    mapped = stakeholder_map(actors)
    assert mapped.index.tolist() == actors.index.tolist()
    assert mapped["wants"].tolist() == actors["wants"].tolist()


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"power": [], "interest": []}, "aucun acteur"),
        ({"power": [0.5]}, "La colonne « interest » manque"),
        ({"power": [1.2], "interest": [0.5]}, "« power » vaut 1.2"),
        ({"power": ["fort"], "interest": [0.5]}, "« power » vaut fort"),
    ],
)
def test_what_cannot_be_placed_is_refused(table, said):
    with pytest.raises(InputError, match=said):
        stakeholder_map(pd.DataFrame(table))


def test_the_cut_stays_inside_the_map():
    with pytest.raises(InputError, match="« middle » vaut 1"):
        stakeholder_map(pd.DataFrame({"power": [0.1], "interest": [0.1]}), middle=1)
