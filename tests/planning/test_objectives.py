"""The tree of objectives: numbers, levels, and what it lacks."""

import pytest

from territ_kit.dossier import Objective
from territ_kit.errors import InputError
from territ_kit.planning.objectives import objective_tree


def tree(*lines):
    return objective_tree([Objective(id=i, text=i, level=level, under=under) for i, level, under in lines])


def test_objectives_are_numbered_in_reading_order():
    found = tree(
        ("g", "general", ""), ("o2", "operational", "s"), ("s", "specific", "g"), ("h", "general", "")
    )
    assert found.rows["number"].to_dict() == {"g": "1", "s": "1.1", "o2": "1.1.1", "h": "2"}
    assert found.rows["depth"].tolist() == [0, 1, 2, 0]
    assert found.rows.loc["s", "level"] == "objectif spécifique"


def test_a_whole_branch_lacks_nothing():
    assert tree(("g", "general", ""), ("s", "specific", "g"), ("o", "operational", "s")).gaps == ()


def test_what_is_missing_is_told_one_sentence_each():
    gaps = tree(("s", "specific", "disparu")).gaps
    assert len(gaps) == 3
    assert "Aucun objectif général" in gaps[0]
    assert "rattaché à aucun" in gaps[1]
    assert "n’a aucun objectif opérationnel" in gaps[2]


def test_a_level_upside_down_is_told():
    gaps = tree(("o", "operational", ""), ("s", "specific", "o")).gaps
    assert any("plus concret que lui" in gap for gap in gaps)


def test_no_objective_at_all_is_told():
    assert len(objective_tree([]).gaps) == 1
    assert objective_tree([]).rows.empty


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([("a", "general", "b"), ("b", "general", "a")], "au-dessous de lui-même.*Changez"),
        ([("a", "general", ""), ("a", "general", "")], "même identifiant.*Renommez"),
    ],
)
def test_what_cannot_be_a_tree_is_refused(lines, sentence):
    with pytest.raises(InputError, match=sentence):
        tree(*lines)
