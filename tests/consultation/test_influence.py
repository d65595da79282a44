"""MACTOR: who weighs on whom, who wants the same thing."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.consultation.influence import PLACES, alliances, mactor
from territ_kit.errors import InputError
from territ_kit.territory import load_case

cells = st.lists(st.integers(0, 4), min_size=16, max_size=16)


def square(numbers):
    table = np.array(numbers).reshape(4, 4)
    np.fill_diagonal(table, 0)
    return table


def test_an_influence_passes_through_another_actor_as_its_weakest_link():
    links = mactor([[0, 3, 0], [0, 0, 2], [0, 0, 0]])
    assert links.total.to_numpy().tolist() == [[0, 3, 2], [0, 0, 2], [0, 0, 0]]
    assert links.actors["influence"].tolist() == [5, 2, 0]
    assert links.actors["dependence"].tolist() == [0, 3, 4]


def test_power_by_hand_with_what_comes_back_taken_off():
    """MID = [[0,2],[1,0]]: MIDI = [[1,2],[1,1]]; I = 2, 1; D = 1, 2; r = (1/3)(2/3), 0; Q* = 2, 0."""
    links = mactor([[0, 2], [1, 0]])
    assert links.total.to_numpy().tolist() == [[1, 2], [1, 1]]
    assert links.actors["ratio"].tolist() == pytest.approx([2 / 9, 0])
    assert links.actors["power"].tolist() == pytest.approx([2, 0])
    assert links.actors["rank"].tolist() == [1, 2]
    assert links.actors["place"].tolist() == ["dominant", "dominé"]


def test_actors_who_hold_each_other_alike_are_tied_at_the_mean():
    links = mactor([[0, 1], [1, 0]])
    assert links.actors["power"].tolist() == [1, 1]
    assert links.actors["rank"].tolist() == [1, 1]


def test_an_actor_linked_to_nobody_has_no_power():
    links = mactor([[0, 1, 0], [0, 0, 0], [0, 0, 0]])
    assert links.actors.loc[2, ["influence", "dependence", "power"]].tolist() == [0, 0, 0]


@given(cells.filter(lambda numbers: square(numbers).any()))
def test_total_influence_is_total_dependence_and_mean_power_is_one(numbers):
    links = mactor(square(numbers))
    assert links.actors["influence"].sum() == links.actors["dependence"].sum()
    assert links.actors["power"].mean() == pytest.approx(1)
    assert (links.actors["power"] >= 0).all()
    assert (links.total.to_numpy() >= links.direct.to_numpy()).all()


@given(cells.filter(lambda numbers: square(numbers).any()), st.permutations(range(4)))
def test_the_order_of_actors_does_not_count(numbers, order):
    table = pd.DataFrame(square(numbers))
    plain = mactor(table).actors["power"]
    assert mactor(table.loc[order, order]).actors["power"].sort_index().tolist() == pytest.approx(
        plain.tolist()
    )


@pytest.mark.parametrize("case", ["port-ancelle", "pays-de-brezonne", "val-d-aubrelle"])
def test_the_same_functions_work_on_a_territory(case):
    territory = load_case(case)
    links = mactor(territory.influences)
    assert links.actors.index.tolist() == territory.actors.index.tolist()
    assert set(links.actors["place"]) <= set(PLACES)
    camps = alliances(territory.positions, power=links.actors["power"])
    assert camps.objectives.index.tolist() == territory.objectives.index.tolist()


def test_who_wants_the_same_and_who_the_contrary():
    stances = pd.DataFrame({"bus": [3, -1, 0], "ligne": [-2, -1, 2]}, index=["epci", "ars", "gem"])
    camps = alliances(stances)
    assert camps.convergence.loc["epci", "ars"] == 1
    assert camps.divergence.loc["epci", "ars"] == 1
    assert camps.divergence.loc["epci", "gem"] == 1
    assert camps.convergence.loc["epci", "epci"] == 0


def test_camps_name_the_strongest_first_and_the_undecided_apart():
    stances = pd.DataFrame({"bus": [1, 3, -2, 0, math.nan]}, index=list("abcde"))
    camp = alliances(stances).objectives.loc["bus"]
    assert (camp["allies"], camp["opponents"], camp["undecided"]) == (("b", "a"), ("c",), ("d", "e"))
    assert (camp["support"], camp["opposition"], camp["balance"]) == (4, 2, 2)
    assert camp["split"] == pytest.approx(1 / 3)


def test_many_friends_without_power_weigh_little():
    stances = pd.DataFrame({"bus": [2, 2, -1]}, index=list("abc"))
    assert alliances(stances).objectives.loc["bus", "balance"] == 3
    weighted = alliances(stances, power=pd.Series({"c": 4.0, "a": 0.5, "b": 0.5}))
    assert weighted.objectives.loc["bus", "balance"] == -2
    assert weighted.weighted


def test_an_objective_that_nobody_takes_a_side_on_is_not_split():
    assert alliances([[0], [0]]).objectives.loc[0, "split"] == 0


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ([[0, 1]], "1 lignes et 2 colonnes"),
        (pd.DataFrame([[0, 1], [1, 0]], index=["a", "b"], columns=["b", "a"]), "même ordre"),
        ([[0]], "qu’un acteur"),
        ([[0, 5], [1, 0]], "de 0 à 4"),
        ([[0, math.nan], [1, 0]], "n’est pas rempli"),
        ([[1, 2], [1, 0]], "un acteur ne pèse pas sur lui-même"),
        ([[0, 0], [0, 0]], "Personne ne pèse sur personne"),
    ],
)
def test_influences_that_cannot_be_read_are_refused(table, said):
    with pytest.raises(InputError, match=said):
        mactor(table)


@pytest.mark.parametrize(
    ("stances", "power", "said"),
    [
        ([[1]], None, "qu’un acteur"),
        ([[4], [0]], None, "de -?−?3 à 3"),
        ([[1], [0]], [1], "1 nombres pour 2 acteurs"),
        ([[1], [0]], [1, -1], "vaut -1"),
    ],
)
def test_stances_that_cannot_be_read_are_refused(stances, power, said):
    with pytest.raises(InputError, match=said):
        alliances(stances, power=power)


def test_powers_are_matched_by_name_never_by_place():
    stances = pd.DataFrame({"msp": [3, -1]}, index=["maire", "cpts"])
    by_name = alliances(stances, power={"cpts": 3, "maire": 1}).objectives.loc["msp"]
    assert (by_name["support"], by_name["opposition"]) == (3, 3)
    for other in (pd.Series([1, 2], index=["a", "b"]), pd.Series([1, 2, 3], index=["maire", "cpts", "cpts"])):
        with pytest.raises(InputError, match="ne porte pas les mêmes acteurs"):
            alliances(stances, power=other)


def test_powers_in_words_are_refused():
    with pytest.raises(InputError, match="autre chose que des nombres"):
        alliances([[3], [-1]], power=["fort", "faible"])
