"""The problem tree: what keeps it from being one, where each line stands, what it becomes."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territ_kit.diagnosis.problem_tree import check_tree, depths, lay_out, rooted, suspects, to_objectives
from territ_kit.errors import InputError

COLUMNS = ["id", "text", "kind", "under"]


def tree(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


P = ("p", "Les adultes renoncent aux soins", "problem", "")
A, B = ("a", "Rendez-vous en ligne seulement", "cause", "p"), ("b", "Droits interrompus", "cause", "p")
B1 = ("b1", "Courrier compliqué", "cause", "b")
C = ("c", "Urgences pour des motifs courants", "consequence", "p")


@st.composite
def trees(draw):
    """Any tree: each line hangs from the problem or from an earlier line of its own kind."""
    rows, ids = [P], {"cause": ["p"], "consequence": ["p"]}
    for number in range(draw(st.integers(0, 40))):
        kind = draw(st.sampled_from(["cause", "consequence"]))
        rows.append((f"n{number}", f"Ligne {number}", kind, draw(st.sampled_from(ids[kind]))))
        ids[kind].append(f"n{number}")
    return tree(*draw(st.permutations(rows)))


def test_a_problem_with_its_causes_and_consequences_is_a_tree():
    assert check_tree(tree(P, A, B, B1, C)) == []


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((A,), "Aucun problème"),
        ((P, ("q", "Un autre", "problem", "")), "Il y a 2 problèmes"),
        ((P, ("a", "Seule", "cause", "")), "«\u00a0Seule\u00a0» n’est rattachée à rien"),
        ((P, ("a", "Perdue", "cause", "x")), "«\u00a0Perdue\u00a0» n’est rattachée à rien"),
        ((P, ("a", "Un", "cause", "b"), ("b", "Deux", "cause", "a")), "tourne en rond"),
        ((P, ("a", "Soi", "cause", "a")), "tourne en rond"),
        ((P, C, ("a", "Mêlée", "cause", "c")), "placée sous une ligne d’une autre sorte"),
    ],
)
def test_each_fault_is_one_sentence(rows, said):
    assert said in check_tree(tree(*rows))[0]


def test_a_disguised_solution_needs_no_place():
    assert check_tree(tree(P, ("s", "Il manque un bus", "disguised", ""))) == []


def test_depth_goes_down_for_causes_and_up_for_consequences():
    assert depths(tree(P, A, B, B1, C)).to_dict() == {"p": 0, "a": -1, "b": -1, "b1": -2, "c": 1}


def test_a_parent_stands_over_the_middle_of_its_children():
    placed = lay_out(tree(P, A, B, B1, ("b2", "Guichet fermé", "cause", "b")))
    assert placed["x"].to_dict() == {"p": 0, "a": -0.75, "b": 0.75, "b1": 0.25, "b2": 1.25}


@settings(deadline=None, max_examples=40)
@given(trees())
def test_no_two_lines_share_a_place_and_neighbours_are_apart(rows):
    placed = lay_out(rows)
    assert len(placed) == len(rows)
    for _, level in placed.groupby("y"):
        gaps = level["x"].sort_values().diff().dropna()
        assert (gaps >= 1 - 1e-9).all()
    assert sorted(placed["order"]) == list(range(len(rows)))


@settings(deadline=None, max_examples=40)
@given(trees())
def test_children_keep_the_side_of_their_parents_so_that_lines_never_cross(rows):
    placed = lay_out(rows)
    for depth in placed.loc[placed["y"] != 0, "y"].unique():
        level = placed[placed["y"] == depth].sort_values("x")
        parents = placed.loc[level["under"], "x"].to_numpy()
        assert (parents[1:] >= parents[:-1]).all()


@settings(deadline=None, max_examples=40)
@given(trees())
def test_reading_order_gives_a_line_after_the_one_it_hangs_from(rows):
    order = lay_out(rows)["order"]
    for row in rows.itertuples():
        if row.under:
            assert order[row.id] > order[row.under]


def test_what_does_not_lead_to_the_problem_waits_aside():
    rows = tree(P, A, ("x", "Seule", "cause", ""), ("s", "Il faut un bus", "disguised", ""))
    assert rooted(rows)["id"].tolist() == ["p", "a"]
    assert rooted(tree(A)).empty


def test_an_incomplete_tree_is_not_laid_out():
    with pytest.raises(InputError, match="tout mène au problème"):
        lay_out(tree(P, ("a", "Seule", "cause", "")))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (tree(P).drop(columns="under"), "under"),
        (tree(("a", "x", "effet", "")), "«\u00a0kind\u00a0» vaut «\u00a0effet\u00a0»"),
        (tree(P, P), "deux fois «\u00a0p\u00a0»"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(rows, said):
    with pytest.raises(InputError, match=said):
        check_tree(rows)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("Trop de renoncements", "Moins de renoncements"),
        ("Peu de rendez-vous le soir", "Davantage de rendez-vous le soir"),
        ("32 % d’adultes sans médecin traitant", "Une part plus faible d’adultes sans médecin traitant"),
        ("Difficultés à lire un courrier", "Plus de facilité à lire un courrier"),
        (
            "Droits interrompus",
            "Si «\u00a0Droits interrompus\u00a0» n’était plus vrai, que verrait-on ici\u202f?",
        ),
        (
            "32 % n’ont pas de médecin",
            "Si «\u00a032 % n’ont pas de médecin\u00a0» n’était plus vrai, que verrait-on ici\u202f?",
        ),
    ],
)
def test_a_suggestion_turns_a_few_openings_and_asks_for_the_rest(text, suggestion):
    assert to_objectives(tree(("p", text, "problem", "")))["suggestion"].tolist() == [suggestion]


def test_objectives_keep_the_structure_and_what_people_wrote():
    rows = tree(P, A, C).assign(objective=["", "Prendre rendez-vous comme on peut", " "])
    turned = to_objectives(rows)
    assert turned["wanted"].tolist() == ["objectif général", "objectif à atteindre", "effet attendu"]
    assert turned["written"].tolist() == [False, True, False]
    assert turned["under"].tolist() == ["", "p", "p"]


def test_suspects_give_the_sign_and_a_question():
    found = suspects(tree(P, ("s", "Il manque un bus santé", "cause", "p")))
    assert found.index.tolist() == ["s"]
    assert found["question"].iloc[0].startswith("Que se passe-t-il, pour qui")
