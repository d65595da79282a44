"""Other rules on the same ballots, and whether the winner depends on the rule."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.consultation.voting import (
    approval,
    borda,
    compare_rules,
    plurality,
    points,
    rules_from_grades,
    rules_from_points,
    rules_from_rankings,
    tally_grades,
)
from territ_kit.errors import InputError

NAN = math.nan
# Fifty-five voters, five options, five winners by five rules: the classic classroom profile.
CLASSIC = (
    [[1, 5, 4, 2, 3]] * 18 + [[5, 1, 4, 3, 2]] * 12 + [[5, 2, 1, 4, 3]] * 10
    + [[5, 4, 2, 1, 3]] * 9 + [[5, 2, 4, 3, 1]] * 4 + [[5, 4, 2, 3, 1]] * 2
)  # fmt: skip
rankings = st.lists(st.permutations([1, 2, 3, 4]), min_size=1, max_size=8)


def test_borda_gives_one_point_for_each_option_below():
    table = borda(pd.DataFrame([[1, 2, 3], [1, 3, 2]], columns=["bus", "ligne", "formation"]))
    assert table["score"].to_dict() == {"bus": 4, "ligne": 1, "formation": 1}
    assert table["rank"].tolist() == [1, 2, 2]


def test_first_choices_and_borda_part_on_a_divided_group():
    assert plurality(CLASSIC).index[0] == 0
    assert borda(CLASSIC).index[0] == 3
    assert borda(CLASSIC)["score"].to_dict() == {3: 136, 4: 134, 2: 107, 1: 101, 0: 72}


def test_an_option_that_a_person_does_not_rank_takes_and_gives_half_a_point():
    assert borda([[1, 2, NAN]])["score"].to_dict() == {0: 1.5, 1: 0.5, 2: 1.0}


def test_a_blank_ballot_counts_nowhere():
    table = borda([[1, 2], [NAN, NAN]])
    assert table["ballots"].tolist() == [1, 1]
    assert table["score"].tolist() == [1, 0]


@given(rankings)
def test_borda_points_are_as_many_as_the_duels(ballots):
    assert borda(ballots)["score"].sum() == pytest.approx(6 * len(ballots))


@given(rankings)
def test_borda_is_the_usual_count_on_strict_rankings(ballots):
    assert borda(ballots)["score"].sort_index().tolist() == pytest.approx(
        (4 - np.array(ballots)).sum(axis=0).tolist()
    )


@given(rankings)
def test_first_choices_are_as_many_as_the_ballots(ballots):
    assert plurality(ballots)["score"].sum() == pytest.approx(len(ballots))


def test_tied_first_places_share_a_voice():
    assert plurality([[1, 1, 2]])["score"].to_dict() == {0: 0.5, 1: 0.5, 2: 0}


def test_approval_counts_voices_and_says_their_share_of_those_who_answer():
    table = approval([[1, 1], [0, NAN], [1, NAN]])
    assert table["score"].to_dict() == {0: 2, 1: 1}
    assert table["share"].to_dict() == {0: pytest.approx(2 / 3), 1: 1.0}


def test_points_say_who_gives_and_the_largest_gift():
    table = points([[100, 0, 0], [0, 50, 50], [0, 60, 40]], budget=100)
    assert table.loc[1, ["score", "rank", "givers", "largest"]].tolist() == [110, 1, 2, 60]
    assert table.loc[0, ["score", "givers"]].tolist() == [100, 1]


def test_points_kept_for_oneself_are_allowed():
    assert points([[30, NAN]], budget=100)["score"].tolist() == [30, 0]


def test_the_winner_depends_on_the_rule_and_it_is_said():
    compared = compare_rules(rules_from_rankings(pd.DataFrame(CLASSIC, columns=list("ABCDE"))))
    assert compared.depends
    assert compared.winners == {"Premier choix": ("A",), "Borda": ("D",)}
    assert compared.sentence == (
        "Le résultat dépend de la règle. A : en tête avec « Premier choix ». D : en tête avec « Borda »."
    )


def test_most_top_grades_and_majority_judgement_part_on_the_copil():
    """TEACHING.md, question 4.2: B wins, A has most « Très bien »."""
    columns = {
        "A": [4] * 5 + [1] + [0] * 5,
        "B": [4] + [3] * 6 + [2] * 4,
        "C": [4] * 2 + [3] * 3 + [2] * 2 + [1] * 2 + [0] * 2,
    }
    rules = rules_from_grades(pd.DataFrame(columns))
    compared = compare_rules(rules)
    assert compared.winners["Jugement majoritaire"] == ("B",)
    assert compared.winners["Le plus de « Très bien »"] == ("A",)
    assert compared.winners["Approbation"] == ("B",)
    assert compared.depends
    assert rules["Approbation"]["score"].to_dict() == {"B": 11, "C": 7, "A": 5}


def test_a_winner_tied_under_one_rule_only_is_no_dependence():
    tables = {
        "R1": pd.DataFrame({"rank": [1, 2]}, index=["a", "b"]),
        "R2": pd.DataFrame({"rank": [1, 1]}, index=["b", "a"]),
    }
    compared = compare_rules(tables)
    assert not compared.depends
    assert compared.sentence.startswith("a : en tête avec chaque règle, mais pas toujours sans égalité.")
    assert "a et b : à égalité en tête avec « R2 »." in compared.sentence


def test_a_general_tie_is_said_as_a_tie():
    compared = compare_rules(rules_from_rankings([[1, 2], [2, 1]]))
    assert compared.sentence == "Rien ne départage les options : elles sont toutes à égalité."


def test_one_winner_under_all_rules_is_said_in_one_sentence():
    compared = compare_rules(rules_from_points(pd.DataFrame([[60, 40], [100, 0]], columns=["a", "b"])))
    assert compared.sentence == "a : en tête avec les 2 règles comparées."


def test_not_knowing_is_counted_apart_from_the_grades():
    tallies = tally_grades([[4, NAN], [0, 1]])
    assert tallies.sum(axis=1).tolist() == [2, 1]


@pytest.mark.parametrize(
    ("rule", "ballots", "said"),
    [
        (borda, [[NAN, NAN]], "Le vote est vide"),
        (plurality, [[NAN, NAN]], "Le vote est vide"),
        (approval, [[NAN]], "Le vote est vide"),
        (points, [[0, 0], [NAN, 0]], "Le vote est vide"),
        (borda, [[0, 1]], "à partir de 1"),
        (borda, [1, 2, 3], "n’est pas un tableau"),
        (approval, [[2, 1]], r"oui \(1\) ou non \(0\)"),
        (points, [[-5, 10]], "vaut -5"),
        (points, [[math.inf]], "vaut inf"),
        (tally_grades, [[5]], "de 0 à 4"),
    ],
)
def test_what_cannot_be_counted_is_refused(rule, ballots, said):
    with pytest.raises(InputError, match=said):
        rule(ballots)


def test_a_ballot_over_the_budget_is_named():
    ballots = pd.DataFrame([[50, 50], [80, 40]], index=["n° 1", "n° 2"])
    with pytest.raises(InputError, match="Le bulletin « n° 2 » donne 120 points ; attendu : 100 au plus"):
        points(ballots, budget=100)
    with pytest.raises(InputError, match="« budget » vaut 0"):
        points(ballots, budget=0)


def test_rules_on_other_options_are_not_compared():
    with pytest.raises(InputError, match="mêmes options"):
        compare_rules({"a": plurality([[1, 2]]), "b": plurality([[1, 2, 3]])})
    with pytest.raises(InputError, match="Aucun résultat"):
        compare_rules({})


def test_a_hole_is_no_answer_whatever_the_type_of_the_columns():
    judgements = pd.DataFrame([[4, None], [3, 2]], columns=["Bus", "Maison"])
    typed = rules_from_grades(judgements.astype("Int64"))
    for rule, table in rules_from_grades(judgements).items():
        pd.testing.assert_frame_equal(table, typed[rule])


@pytest.mark.parametrize("place", [-1, 5, "Bien", 1.5])
def test_approval_starts_at_a_grade_of_the_scale(place):
    with pytest.raises(InputError, match="la place d’une mention, de 0 à 4"):
        rules_from_grades([[4, 3]], approved_from=place)


@pytest.mark.parametrize("grades", [[], ["bien", "bien"]])
def test_a_scale_without_grades_or_with_twice_the_same_is_refused(grades):
    with pytest.raises(InputError, match="La liste des mentions est vide, ou porte deux fois la même"):
        tally_grades([[0]], grades)


def test_a_budget_in_words_is_refused():
    with pytest.raises(InputError, match="« budget » vaut cent"):
        points([[60, 40]], budget="cent")
