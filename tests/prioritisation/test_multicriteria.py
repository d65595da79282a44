"""Four methods side by side: their published figures, their ties, their refusals."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.prioritisation.multicriteria import METHODS, compare_methods, contributions, rank

UP = ["max"] * 3
TZENG = [[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]]
scores = st.lists(st.lists(st.integers(0, 10), min_size=3, max_size=3), min_size=1, max_size=7)
weights = st.lists(st.integers(0, 10), min_size=3, max_size=3).filter(any)


def test_topsis_gives_the_closeness_published_by_tzeng_and_huang():
    """Tzeng G.-H., Huang J.-J. (2011). Multiple Attribute Decision Making, example of TOPSIS."""
    table = rank(TZENG, [0.3, 0.4, 0.3], UP, method="topsis").sort_index()
    assert table["score"].tolist() == pytest.approx([0.5037, 0.6581, 0.7482, 0.3340], abs=5e-5)
    assert table["rank"].tolist() == [3, 2, 1, 4]


def test_vikor_gives_the_compromise_published_by_opricovic_and_tzeng():
    """Opricovic and Tzeng (2004), the mountain climber: risk to keep low, altitude to gain."""
    table = rank([[1, 3000], [2, 3750], [5, 4500]], [0.5, 0.5], ["min", "max"], method="vikor").sort_index()
    assert table["score"].tolist() == [1, 0, 1]
    assert table["total_regret"].tolist() == [0.5, 0.375, 0.5]
    assert table["worst_regret"].tolist() == [0.5, 0.25, 0.5]
    assert table["rank"].tolist() == [2, 1, 2]


def test_promethee_counts_the_duels_won_less_those_lost():
    """By hand, and the example of pymcdm's own documentation."""
    table = rank(
        [[4, 3, 2], [3, 2, 4], [5, 1, 3]], [50, 30, 20], [1, 1, 1], method="promethee_2"
    ).sort_index()
    assert table["score"].tolist() == pytest.approx([0.1, -0.3, 0.2])
    assert (table["wins"] - table["losses"]).tolist() == pytest.approx(table["score"].tolist())


def test_the_weighted_sum_is_the_one_done_by_hand():
    table = pd.DataFrame(
        {"Ampleur": [7, 9, 5], "Gravité": [6, 6, 7], "Inégalité": [8, 2, 10]},
        index=["Médecin", "Grand âge", "Droits"],
    )
    found = rank(table, [50, 30, 20], UP, method="weighted_sum")
    assert found["score"].round(9).to_dict() == {"Médecin": 6.9, "Grand âge": 6.7, "Droits": 6.6}
    assert found.loc["Médecin", "weighted Ampleur"] == 3.5


def test_what_the_criteria_bring_adds_up_to_the_score():
    brought = contributions(TZENG, [30, 40, 30], ["max", "min", "max"])
    found = rank(TZENG, [30, 40, 30], ["max", "min", "max"], method="weighted_sum")
    assert brought.index.tolist() == found.index.tolist()
    assert brought.sum(axis=1).tolist() == pytest.approx(found["score"].tolist())


def test_less_is_better_where_the_criterion_says_so():
    for method in METHODS:
        assert rank([[2, 5], [8, 5]], [50, 50], ["min", "max"], method=method).index[0] == 0


@pytest.mark.parametrize("method", METHODS)
@given(matrix=scores, weight=weights)
def test_a_candidate_at_least_as_good_everywhere_is_never_behind(method, matrix, weight):
    ranks = rank(matrix, weight, UP, method=method)["rank"].sort_index()
    table = np.array(matrix)
    for one in range(len(table)):
        for two in range(len(table)):
            if (table[one] >= table[two]).all():
                assert ranks[one] <= ranks[two]


@pytest.mark.parametrize("method", METHODS)
@given(matrix=scores, weight=weights, order=st.randoms())
def test_the_order_of_the_lines_changes_nothing(method, matrix, weight, order):
    table = pd.DataFrame(matrix)
    lines = list(table.index)
    order.shuffle(lines)
    ranks = rank(table, weight, UP, method=method)["rank"]
    assert rank(table.loc[lines], weight, UP, method=method)["rank"].sort_index().equals(ranks.sort_index())


@pytest.mark.parametrize("method", METHODS)
def test_alternatives_alike_share_their_rank(method):
    assert rank([[5, 5], [5, 5], [1, 1]], [1, 1], ["max"] * 2, method=method)["rank"].tolist() == [1, 1, 3]
    assert rank([[5, 5], [5, 5]], [1, 1], ["max"] * 2, method=method)["rank"].tolist() == [1, 1]


@pytest.mark.parametrize("method", METHODS)
def test_one_alternative_comes_first(method):
    assert rank([[5, 5]], [1, 1], ["max"] * 2, method=method)["rank"].tolist() == [1]


@pytest.mark.parametrize("method", METHODS)
def test_a_criterion_alike_for_all_changes_no_rank(method):
    with_it = rank([[5, 8, 3], [5, 6, 9], [5, 2, 1]], [40, 30, 30], UP, method=method)["rank"]
    without = rank([[8, 3], [6, 9], [2, 1]], [30, 30], ["max"] * 2, method=method)["rank"]
    assert with_it.equals(without)


@pytest.mark.parametrize("method", METHODS)
def test_a_criterion_without_weight_changes_no_rank(method):
    with_it = rank([[0, 8, 3], [9, 6, 9], [5, 2, 1]], [0, 30, 30], UP, method=method)["rank"]
    assert with_it.equals(rank([[8, 3], [6, 9], [2, 1]], [30, 30], ["max"] * 2, method=method)["rank"])


def test_vikor_ties_two_alternatives_with_the_same_regrets():
    assert rank([[1, 9], [9, 1]], [1, 1], ["max"] * 2, method="vikor")["rank"].tolist() == [1, 1]


def test_methods_that_agree_say_so_in_one_sentence():
    assert compare_methods(TZENG, [30, 40, 30], UP).sentence == "Les quatre méthodes donnent le même ordre."


def test_methods_that_disagree_on_the_first_name_each_first():
    table = pd.DataFrame([[10, 10, 0], [6, 6, 7], [5, 9, 4]], index=["Extrême", "Équilibré", "Milieu"])
    compared = compare_methods(table, [40, 30, 30], UP)
    assert list(compared.ranks.columns) == list(METHODS)
    assert compared.sentence.startswith("Le premier dépend de la méthode : « Extrême » avec Somme pondérée")
    assert "« Équilibré » avec" in compared.sentence


def test_scores_all_alike_separate_nothing():
    assert "Rien ne départage" in compare_methods([[5, 5], [5, 5]], [1, 1], ["max"] * 2).sentence


def test_the_weighted_sum_does_not_load_the_library_of_the_others():
    code = (
        "import sys; from territ_kit.prioritisation.multicriteria import rank;"
        "rank([[1, 2]], [1, 1], [1, 1], method='weighted_sum'); sys.exit('pymcdm' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"matrix": [[1, np.nan], [2, 3]]}, "n’est pas rempli .candidat « 1 », critère « 2 »"),
        ({"matrix": [[1, "x"], [2, 3]]}, "autre chose que des nombres"),
        ({"matrix": [1, 2]}, "n’est pas un tableau"),
        ({"matrix": [[1, 2], [3]]}, "n’est pas un tableau"),
        ({"matrix": np.empty((0, 2))}, "est vide"),
        ({"matrix": pd.DataFrame([[1, 2], [3, 4]], index=["a", "a"])}, "deux fois le nom « a »"),
        ({"weights": [1, -1]}, "Le poids du critère « 2 » vaut -1"),
        ({"weights": [0, 0]}, "Tous les poids sont à zéro"),
        ({"weights": [1]}, "un poids pour chacun des 2 critères"),
        ({"weights": ["lourd", "léger"]}, "Les poids contiennent autre chose que des nombres"),
        ({"senses": ["max"]}, "1 sens pour 2 critères"),
        ({"senses": ["max", "haut"]}, "Le sens « haut » n’est pas connu"),
        ({"method": "electre"}, "La méthode « electre » n’est pas connue"),
    ],
)
def test_what_cannot_be_ranked_is_refused(change, said):
    asked = {"matrix": [[1, 2], [3, 4]], "weights": [1, 1], "senses": ["max", "max"]} | change
    with pytest.raises(InputError, match=said):
        rank(**asked)


def test_a_missing_score_is_named_with_the_words_of_the_table():
    table = pd.DataFrame({"Ampleur": [7, None]}, index=["Médecin", "Droits"])
    with pytest.raises(InputError, match="candidat « Droits », critère « Ampleur »"):
        rank(table, [1], ["max"])


NAMED = pd.DataFrame(TZENG, index=list("wxyz"), columns=["coût", "effet", "délai"])


def test_weights_and_senses_with_names_are_matched_by_name():
    given = rank(NAMED, [20, 50, 30], ["min", "max", "max"])
    by_name = {"délai": 30, "coût": 20, "effet": 50}
    senses = {"effet": "max", "délai": "benefit", "coût": "COST"}
    pd.testing.assert_frame_equal(rank(NAMED, by_name, senses), given)
    pd.testing.assert_frame_equal(rank(NAMED, pd.Series(by_name), pd.Series(senses)), given)


@pytest.mark.parametrize("matrix", [NAMED, TZENG])
def test_names_that_are_not_those_of_the_criteria_are_refused_never_read_by_place(matrix):
    with pytest.raises(InputError, match="porte les noms « coût », « effet » et « prix »"):
        rank(matrix, {"coût": 1, "effet": 2, "prix": 3}, UP)


@pytest.mark.parametrize("said", ["promethee_2", "PROMETHEE II", "promethee_ii", "Promethee II"])
def test_a_method_answers_to_its_id_and_to_its_name(said):
    assert rank(TZENG, [1, 1, 1], UP, method=said).columns.tolist() == ["rank", "score", "wins", "losses"]


@pytest.mark.parametrize("method", ["topsis", "vikor", "promethee_2"])
def test_a_gap_that_only_the_computer_sees_wins_nothing(method):
    assert rank([[0.3], [0.1 + 0.2]], [1], ["max"], method=method)["rank"].tolist() == [1, 1]


def test_weights_of_any_size_keep_their_proportions():
    expected = rank(TZENG, [1, 2, 1], UP)
    pd.testing.assert_frame_equal(rank(TZENG, [5e307, 1e308, 5e307], UP), expected)


@pytest.mark.parametrize("senses", [1, "max", [["max"]] * 3, [None] * 3])
def test_senses_of_another_kind_are_refused(senses):
    with pytest.raises(InputError, match="sens"):
        rank(TZENG, [1, 1, 1], senses)
