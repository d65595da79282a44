"""Needs × resources × actions: the rule, cell by cell, then on the tables of the cases."""

from itertools import product

import pandas as pd
import pytest

from territ_kit.diagnosis.needs import (
    ACTIONS,
    LEVELS,
    NEED,
    READINGS,
    RESOURCES,
    count_readings,
    cross,
)
from territ_kit.errors import InputError

COLUMNS = ["theme", "zone", "need", "resources", "actions"]
EVERY = pd.DataFrame(
    [("t", str(place), *levels) for place, levels in enumerate(product(LEVELS, repeat=3))], columns=COLUMNS
)


def read(need, resources, actions):
    return cross(pd.DataFrame([("t", "z", need, resources, actions)], columns=COLUMNS)).iloc[0]


@pytest.mark.parametrize(
    ("need", "resources", "actions", "label"),
    [
        ("high", "medium", "high", "saturation"),  # two mediators, one counter, the same hours
        ("high", "low", "none", "angle mort"),  # « covered » by a perimeter only
        ("low", "medium", "none", "rien à signaler"),  # a crude rate that age explains
        ("high", "low", "low", "angle mort"),  # one poster a year
        ("high", "medium", "medium", "réponse en place"),  # an agreement that reaches 140 people
        ("medium", "medium", "high", "saturation"),  # four workshops for the same children
        ("high", "high", "none", "réponse en place"),
        ("medium", "low", "none", "angle mort"),
        ("medium", "medium", "low", "rien à signaler"),
        ("none", "none", "none", "rien à signaler"),
        ("", "high", "medium", "à documenter"),
        ("high", "medium", "", "à documenter"),
        ("high", "", "none", "à documenter"),
        ("high", "", "medium", "réponse en place"),  # the unknown resources would change nothing
        ("low", "", "", "rien à signaler"),
    ],
)
def test_each_cell_has_its_reading(need, resources, actions, label):
    assert read(need, resources, actions)["label"] == label


def test_every_combination_has_a_reading_and_an_order_of_its_own():
    crossed = cross(EVERY)
    assert crossed["reading"].isin(list(READINGS)).all()
    assert sorted(crossed["order"]) == list(range(1, 126))
    assert sum(count_readings(crossed).values()) == 125


def test_a_regular_action_never_leaves_a_blind_spot():
    crossed = cross(EVERY)
    assert not crossed.loc[crossed["actions"].isin(["medium", "high"]), "reading"].eq("blind_spot").any()


def test_more_need_never_turns_a_blind_spot_into_nothing():
    crossed = cross(EVERY).set_index(["need", "resources", "actions"])["reading"]
    for resources, actions in product(LEVELS, LEVELS):
        told = [crossed[need, resources, actions] for need in ("none", "low", "medium", "high")]
        if "blind_spot" in told:
            assert set(told[told.index("blind_spot") :]) == {"blind_spot"}


def test_an_unknown_level_is_asked_for_only_where_it_would_change_the_reading():
    crossed = cross(EVERY).set_index(["need", "resources", "actions"])["reading"]
    for need, actions in product(LEVELS, LEVELS):
        known = {crossed[need, resources, actions] for resources in LEVELS[1:]}
        asked = crossed[need, "", actions] == "to_document"
        assert asked == (len(known) > 1 or known == {"to_document"})


def test_blind_spots_are_discussed_first_and_ties_keep_their_order():
    cells = pd.DataFrame(
        [
            ("t", "a", "low", "low", "none"),
            ("t", "b", "high", "low", "none"),
            ("t", "c", "high", "low", "none"),
        ],
        columns=COLUMNS,
    )
    assert cross(cells)["order"].tolist() == [3, 1, 2]


def test_a_sentence_gives_the_three_levels_and_what_they_mean_together():
    cells = pd.DataFrame([("droits", "Q1", "high", "low", "none")], columns=COLUMNS)
    assert cross(cells.assign(zone_name="Phare-Nord", theme_name="Accès aux droits"))["sentence"][0] == (
        "Phare-Nord, Accès aux droits\u00a0: besoin fort, ressources rares, aucune action. "
        "Des personnes restent sans réponse connue\u00a0: c’est un angle mort."
    )


def test_a_hundred_thousand_cells_are_read_at_once():
    many = pd.concat([EVERY] * 800, ignore_index=True)
    many["zone"] = many.index
    assert len(cross(many)) == 100_000


def test_the_table_given_is_left_as_it_is():
    before = EVERY.copy()
    cross(EVERY)
    pd.testing.assert_frame_equal(EVERY, before)


def test_every_level_has_its_words():
    for words in (NEED, RESOURCES, ACTIONS):
        assert tuple(words) == LEVELS


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda cells: cells.drop(columns=["need", "zone"]), "n’a pas les colonnes"),
        (lambda cells: cells.assign(need="fort"), "«\u00a0need\u00a0» vaut «\u00a0fort\u00a0»"),
        (lambda cells: pd.concat([cells, cells]), "contient deux fois «\u00a0t\u00a0», «\u00a00\u00a0»"),
    ],
)
def test_cells_that_cannot_be_crossed_are_refused(change, said):
    with pytest.raises(InputError, match=said):
        cross(change(EVERY.head(3)))
