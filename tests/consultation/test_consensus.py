"""Agreement between judges, between rounds, and the vote of a nominal group."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.consultation.consensus import (
    agreement_words,
    kappa_words,
    kendall_w,
    nominal_vote,
    ranks_from_scores,
    stability,
    weighted_kappa,
)
from territ_kit.errors import InputError

NAN = math.nan
PROJECTS = [
    [1, 3, 4, 5, 2, 8, 6, 7, 10, 9],
    [2, 1, 4, 5, 6, 3, 8, 7, 10, 9],
    [3, 2, 1, 5, 7, 4, 6, 8, 9, 10],
    [4, 2, 3, 1, 6, 7, 5, 9, 8, 10],
]
scores = st.lists(st.lists(st.integers(1, 5), min_size=4, max_size=4), min_size=2, max_size=7)


def test_four_judges_who_cancel_out_agree_at_one_sixteenth():
    """ProofWiki, example of Kendall's coefficient: X(1,1,2,3) Y(3,2,3,1) Z(2,3,1,2), W = 1/16."""
    agreement = kendall_w(np.transpose([[1, 1, 2, 3], [3, 2, 3, 1], [2, 3, 1, 2]]))
    assert agreement.w == pytest.approx(1 / 16)
    assert agreement.w_uncorrected == pytest.approx(1 / 16)
    assert (agreement.judges, agreement.options) == (4, 3)


def test_ten_projects_ranked_by_four_judges():
    """DOMAIN.md 2.3 [W81]: sums 10, 8, 12, 16…, S = 1048; W, χ² and p recomputed there."""
    agreement = kendall_w(PROJECTS)
    assert (agreement.ranks.sum().to_numpy() - 22) @ (agreement.ranks.sum().to_numpy() - 22) == 1048
    assert agreement.w == pytest.approx(0.7939394, abs=1e-7)
    assert agreement.chi2 == pytest.approx(28.58182, abs=1e-5)
    assert agreement.p == pytest.approx(0.000762, abs=1e-6)
    assert agreement.words == "accord fort"
    assert agreement.mean_ranks.index[0] == 1


def test_ties_raise_the_corrected_figure_above_the_plain_one():
    """By hand: ranks 1, 2.5, 2.5 twice; S = 6, ΣT = 12: 72/(4·24 − 2·12) = 1 and 72/96 = 0.75."""
    agreement = kendall_w([[1, 2.5, 2.5], [1, 2.5, 2.5]])
    assert agreement.w == pytest.approx(1)
    assert agreement.w_uncorrected == pytest.approx(0.75)


def test_any_way_of_writing_a_tie_gives_the_same_figure():
    assert kendall_w([[1, 1, 3], [1, 2, 3]]).w == kendall_w([[1.5, 1.5, 3], [1, 2, 3]]).w


@given(scores.filter(lambda rows: any(len(set(row)) > 1 for row in rows)))
def test_the_figure_lies_between_zero_and_one_and_correction_never_lowers_it(rows):
    agreement = kendall_w(ranks_from_scores(rows))
    assert -1e-12 <= agreement.w_uncorrected <= agreement.w + 1e-12
    assert agreement.w <= 1 + 1e-12


@given(scores.filter(lambda rows: any(len(set(row)) > 1 for row in rows)), st.randoms())
def test_the_order_of_judges_does_not_count(rows, chance):
    shuffled = chance.sample(rows, len(rows))
    assert kendall_w(ranks_from_scores(shuffled)).w == pytest.approx(kendall_w(ranks_from_scores(rows)).w)


def test_judges_who_rank_alike_reach_one():
    assert kendall_w([[1, 2, 3]] * 5).w == pytest.approx(1)


@pytest.mark.parametrize(
    ("ranks", "said"),
    [
        ([[1, 2, 3]], "qu’un juge"),
        ([[1], [1]], "qu’une option"),
        ([[1, 1, 1], [2, 2, 2]], "toutes les options à égalité"),
        ([[1, 2], [NAN, 1]], "n’est pas rempli"),
        ([[1, 2], [0, 1]], "à partir de 1"),
        ([1, 2, 3], "n’est pas un tableau"),
    ],
)
def test_ranks_that_say_nothing_of_agreement_are_refused(ranks, said):
    with pytest.raises(InputError, match=said):
        kendall_w(ranks)


def test_the_highest_score_is_ranked_first():
    assert ranks_from_scores([[5, 3, 3, 1]]).to_numpy().tolist() == [[1, 2.5, 2.5, 4]]
    with pytest.raises(InputError, match="n’est pas rempli"):
        ranks_from_scores([[5, NAN]])


def test_words_change_at_their_marks():
    assert [agreement_words(w) for w in (0, 0.3, 0.5, 0.7)] == [
        "presque pas d’accord", "accord faible", "accord moyen", "accord fort"
    ]  # fmt: skip
    assert [kappa_words(k) for k in (-0.1, 0.2, 0.21, 0.5, 0.7, 0.81, NAN)] == [
        "faible", "faible", "passable", "modéré", "substantiel", "presque parfait", "non calculable"
    ]  # fmt: skip


def test_a_round_that_moves_is_told_from_one_that_stays():
    first = pd.DataFrame({"stable": [4, 4, 5, 4], "partagé": [1, 1, 5, 5], "mouvant": [1, 2, 3, 4]})
    second = first.assign(mouvant=[4, 4, 4, 4])
    read = stability(first, second)
    assert read["reading"].to_dict() == {
        "stable": "stable, avis proches",
        "partagé": "stable, avis partagés",
        "mouvant": "encore en mouvement",
    }
    assert read.loc["mouvant", ["changed", "median_before", "median_after"]].tolist() == [0.75, 2.5, 4]
    assert read.loc["partagé", "spread_after"] == 4


def test_agreeing_is_not_enough_to_stop():
    """All agree in the second round, and most have just changed: the rounds go on."""
    read = stability([[1], [2], [5]], [[3], [3], [3]])
    assert read["spread_after"].tolist() == [0]
    assert read["reading"].tolist() == ["encore en mouvement"]


def test_who_missed_a_round_is_left_out():
    read = stability([[4, NAN], [4, NAN]], [[NAN, 3], [4, 2]])
    assert read["judges"].tolist() == [1, 0]
    assert read["reading"].tolist() == ["stable, avis proches", ""]


def test_rounds_of_other_people_are_not_compared():
    with pytest.raises(InputError, match="mêmes juges"):
        stability([[1], [2]], [[1], [2], [3]])
    with pytest.raises(InputError, match="qu’un juge"):
        stability([[1]], [[2]])


def test_weighted_kappa_by_hand():
    """Mean gap 1/4; mean gap by chance 18/16: κ = 1 − 0.25/1.125."""
    assert weighted_kappa([1, 2, 3, 4], [1, 2, 3, 3]) == pytest.approx(1 - 0.25 / 1.125)
    assert weighted_kappa([1, 2], [1, 2]) == 1
    assert math.isnan(weighted_kappa([3, 3], [3, 3]))
    with pytest.raises(InputError, match="attendu : autant"):
        weighted_kappa([1, 2], [1])


def test_a_nominal_group_says_points_and_supporters():
    table = nominal_vote(pd.DataFrame([[5, 4, 0], [5, 0, 4], [NAN, 5, 4]], columns=["a", "b", "c"]))
    assert table["score"].to_dict() == {"a": 10, "b": 9, "c": 8}
    assert table["supporters"].to_dict() == {"a": 2, "b": 2, "c": 2}


def test_tied_ideas_stay_tied():
    assert nominal_vote([[5, 4], [4, 5]])["rank"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        ([[5, 5, 1]], "La personne « 1 » donne deux fois 5"),
        ([[6, 1]], "de 0 à 5"),
        ([[2.5, 1]], "un nombre entier"),
        ([[0, NAN]], "Le vote est vide"),
    ],
)
def test_votes_off_the_scale_are_refused(votes, said):
    with pytest.raises(InputError, match=said):
        nominal_vote(votes)


def test_two_lists_of_answers_by_other_judges_are_not_compared_by_place():
    first = pd.Series([1, 2, 3], index=["a", "b", "c"])
    with pytest.raises(InputError, match="les mêmes juges dans le même ordre"):
        weighted_kappa(first, first[::-1])
