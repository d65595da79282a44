"""Determinants in layers, and where a group looks for causes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territ_kit.diagnosis.determinants import ATTRIBUTION, DETERMINANTS, LAYERS, count_layers
from territ_kit.errors import InputError

ids = st.sampled_from([*DETERMINANTS.index, *LAYERS])


def test_the_list_is_short_and_fills_every_layer():
    assert 18 <= len(DETERMINANTS) <= 24
    assert set(DETERMINANTS["layer"]) == set(LAYERS)
    assert DETERMINANTS["label"].is_unique


def test_the_attribution_is_to_be_checked():
    assert "à vérifier" in ATTRIBUTION


@settings(deadline=None, max_examples=40)
@given(st.lists(ids, max_size=30))
def test_every_cause_is_counted_once(determinants):
    found = count_layers([str(place) for place in range(len(determinants))], determinants)
    assert found.table["number"].sum() == len(determinants)
    assert found.table["causes"].map(len).tolist() == found.table["number"].tolist()
    assert list(found.empty) == found.table.index[found.table["number"] == 0].tolist()


@pytest.mark.parametrize(
    ("determinants", "blames"),
    [
        (["alimentation", "addictions", "logement"], True),
        (["alimentation", "logement", "revenus"], False),
        (["alimentation", "logement"], False),  # half is not more than half
        (["alimentation", "sommeil"], False),  # two causes say nothing yet
        (["age", "sexe", "lifestyle", "revenus"], True),
    ],
)
def test_a_warning_comes_when_most_causes_lie_with_the_person(determinants, blames):
    assert count_layers(determinants, determinants).all_behaviour == blames


def test_the_warning_blames_nobody_and_asks_what_makes_the_choice_hard():
    said = count_layers(["a", "b", "c"], ["alimentation", "addictions", "sommeil"]).sentence
    assert "Personne n’est à blâmer" in said
    assert "qu’est-ce qui rend ce choix difficile ici" in said


def test_an_empty_layer_is_a_question():
    said = count_layers(["a"], ["logement"]).sentence
    assert said.startswith("1 cause placée. Rien encore du côté\u00a0: facteurs individuels, modes de vie")


def test_no_cause_says_how_to_begin():
    found = count_layers([], [])
    assert found.table["share"].isna().all()
    assert found.sentence.startswith("Aucune cause n’est encore placée.")


def test_causes_everywhere_ask_what_can_be_changed_here():
    assert "toutes les couches" in count_layers(list("abcde"), list(LAYERS)).sentence


def test_an_unknown_determinant_is_refused():
    with pytest.raises(InputError, match="n’est pas dans la liste"):
        count_layers(["a"], ["bonheur"])


def test_a_cause_without_determinant_is_refused():
    with pytest.raises(InputError, match="un déterminant par cause"):
        count_layers(["a", "b"], ["age"])
