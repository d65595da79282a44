"""Whether an order holds: shares of ten thousand draws, by hand where it can be, and what they refuse."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.prioritisation.robustness import rank_chances

AUBRELLE = [[6, 8, 6], [5, 6, 9], [7, 3, 7]]
NEEDS = pd.DataFrame(
    [[7, 6, 9, 8], [9, 6, 2, 3], [7, 5, 5, 3], [3, 5, 6, 6], [2, 4, 2, 2]],
    index=["Rendez-vous", "Mal-être", "Proches", "Voisinage", "Public"],
    columns=["Ampleur", "Gravité", "Inégalité", "Faisabilité"],
)
tables = st.integers(1, 4).flatmap(
    lambda criteria: st.lists(
        st.lists(st.integers(0, 10), min_size=criteria, max_size=criteria), min_size=1, max_size=6
    )
)


def test_the_shares_are_those_the_exercise_of_the_module_gives():
    first = rank_chances(AUBRELLE, [1, 1, 1]).first
    assert first.to_dict() == pytest.approx({0: 0.46, 1: 0.41, 2: 0.13}, abs=0.015)


def test_the_places_are_those_the_exercise_of_the_module_gives():
    found = rank_chances(NEEDS, [30, 30, 25, 15])
    assert found.chances.index.tolist() == NEEDS.index.tolist()
    assert found.first["Rendez-vous"] == pytest.approx(0.94, abs=0.015)
    assert found.chances.loc["Mal-être", 4] == pytest.approx(0.40, abs=0.015)
    assert found.chances.loc["Voisinage", 2] == pytest.approx(0.48, abs=0.015)
    assert found.chances.loc["Public", 5] > 0.99
    assert found.sentence == "« Rendez-vous » est premier dans 94 tirages sur 100 : sa place est solide."


def test_two_criteria_drawn_evenly_share_the_first_place_where_the_lines_cross():
    """First beats second when w < 2/3 (8 − 2w against 6 + w): two draws of three by hand."""
    found = rank_chances([[6, 8], [7, 6]], [50, 50], draws=100_000)
    assert found.first[0] == pytest.approx(2 / 3, abs=0.005)


def test_one_doubtful_score_is_as_often_first_as_its_range_goes_above():
    """By hand: drawn between 4 and 8, above 5 in three draws of four."""
    found = rank_chances([[6], [5]], [100], doubt=[[2], [0]], draws=100_000)
    assert found.first[0] == pytest.approx(0.75, abs=0.005)


def test_a_doubt_stops_at_the_ends_of_the_scale():
    """By hand: 9 within 3 is drawn between 6 and 10, above 8 in half of the draws."""
    found = rank_chances([[9], [8]], [100], doubt=[[3], [0]], draws=100_000)
    assert found.first[0] == pytest.approx(0.5, abs=0.005)


def test_a_doubt_given_as_a_table_follows_its_labels():
    doubt = pd.DataFrame(0.0, index=NEEDS.index[::-1], columns=NEEDS.columns[::-1])
    doubt.loc["Mal-être", "Inégalité"] = 5
    with_array = rank_chances(NEEDS, [1] * 4, doubt=doubt.reindex_like(NEEDS).to_numpy())
    assert rank_chances(NEEDS, [1] * 4, doubt=doubt).chances.equals(with_array.chances)


@settings(max_examples=60)
@given(matrix=tables, doubt=st.sampled_from([0, 1.5]), tight=st.sampled_from([None, 30]))
def test_every_draw_gives_each_candidate_one_rank_and_each_rank_one_candidate(matrix, doubt, tight):
    found = rank_chances(matrix, [1] * len(matrix[0]), doubt=doubt, concentration=tight, draws=200)
    assert found.chances.sum(axis=0).to_numpy() == pytest.approx(1)
    assert found.chances.sum(axis=1).to_numpy() == pytest.approx(1)
    assert found.pairwise.to_numpy() + found.pairwise.to_numpy().T == pytest.approx(1)


@settings(max_examples=60)
@given(matrix=tables)
def test_candidates_alike_share_their_ranks(matrix):
    found = rank_chances([*matrix, matrix[0]], [1] * len(matrix[0]), draws=200)
    last = len(matrix)
    assert found.chances.loc[0].to_numpy() == pytest.approx(found.chances.loc[last].to_numpy())
    assert found.pairwise.loc[0, last] == 0.5


def test_a_candidate_above_everywhere_is_always_first():
    found = rank_chances([[5, 5], [8, 9], [2, 9]], [1, 1])
    assert found.first.to_dict() == {1: 1.0, 0: 0.0, 2: 0.0}
    assert found.pairwise.loc[1, 0] == 1


def test_scores_all_alike_give_each_the_same_chance():
    found = rank_chances([[5, 5]] * 4, [60, 40])
    assert (found.chances.to_numpy() == 0.25).all()
    assert found.sentence == "Rien ne départage les besoins : ils arrivent tous aussi souvent en premier."


def test_one_candidate_has_nothing_to_be_compared_with():
    found = rank_chances(pd.DataFrame([[5, 5]], index=["Droits"]), [1, 1])
    assert found.first["Droits"] == 1
    assert "rien à comparer" in found.sentence


def test_a_criterion_without_weight_is_out_of_every_draw():
    table = pd.DataFrame(AUBRELLE).assign(out=[0, 10, 0])
    assert rank_chances(table, [1, 1, 1, 0]).first.equals(rank_chances(AUBRELLE, [1, 1, 1]).first)


def test_candidates_alike_but_for_a_criterion_without_weight_share_their_ranks():
    assert rank_chances([[5, 0], [5, 9]], [100, 0]).first.tolist() == [0.5, 0.5]


def test_less_is_better_where_the_criterion_says_so():
    assert rank_chances([[2, 5], [8, 5]], [1, 1], senses=["min", "max"]).first[0] == 1


def test_weights_drawn_close_to_the_groups_own_keep_its_order():
    close = rank_chances(AUBRELLE, [50, 30, 20], concentration=10_000)
    assert close.first[0] > 0.99 > rank_chances(AUBRELLE, [50, 30, 20]).first[0]


def test_the_same_seed_gives_the_same_draws():
    one, two, other = (rank_chances(AUBRELLE, [1, 1, 1], doubt=1, seed=seed) for seed in (1, 1, 2))
    assert one.chances.equals(two.chances)
    assert not one.chances.equals(other.chances)


def test_a_share_just_under_the_whole_is_not_said_to_be_the_whole():
    scores = [[9.98, 0.1], [0, 0.2]]
    assert "dans 99 tirages sur 100" in rank_chances(scores, [1, 1]).sentence


def test_no_sentence_speaks_of_health():
    for weights in ([1, 1, 1], [1, 0, 0], [0, 1, 0]):
        said = rank_chances(AUBRELLE, weights).sentence
        assert "tirages sur 100" in said
        assert "santé" not in said
        assert "chance" not in said


def test_a_hundred_candidates_are_ranked():
    scores = np.random.default_rng(1).integers(0, 11, (100, 5))
    found = rank_chances(scores, [40, 25, 20, 10, 5], doubt=1, draws=2000)
    assert found.chances.shape == (100, 100)
    assert found.scores.round(9).is_monotonic_decreasing


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scores": [[11, 5], [5, 5]]}, "vaut 11 .candidat « 1 », critère « 1 ». ; attendu : un nombre"),
        ({"scores": [[None, 5], [5, 5]]}, "n’est pas rempli"),
        ({"weights": [0, 0]}, "Tous les poids sont à zéro"),
        ({"weights": [-1, 2]}, "vaut -1"),
        ({"doubt": -1}, "« doute » vaut -1"),
        ({"doubt": [1, 1, 1]}, r"Le doute a la forme \(3,\)"),
        ({"concentration": 0}, "La concentration vaut 0 ; attendu : un nombre au-dessus de 0"),
        ({"draws": 0}, "Le nombre de tirages vaut 0"),
        ({"senses": ["max", "bas"]}, "Le sens « bas » n’est pas connu"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(change, said):
    asked = {"scores": [[5, 5], [6, 4]], "weights": [1, 1]} | change
    with pytest.raises(InputError, match=said):
        rank_chances(asked.pop("scores"), asked.pop("weights"), **asked)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"draws": "beaucoup"}, "Le nombre de tirages vaut beaucoup"),
        ({"draws": 10.5}, "Le nombre de tirages vaut 10.5"),
        ({"seed": -1}, "La graine vaut -1"),
        ({"concentration": "forte"}, "La concentration vaut forte"),
        ({"doubt": [[1], [1, 2]]}, "Le doute a la forme"),
    ],
)
def test_settings_in_words_or_of_another_shape_are_refused(given, said):
    with pytest.raises(InputError, match=said):
        rank_chances(AUBRELLE, [1, 1, 1], **given)
