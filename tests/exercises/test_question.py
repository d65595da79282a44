"""What an answer looks like, and what a broken questions.toml is told."""

from __future__ import annotations

import pytest

from territ_kit.errors import CourseError
from territ_kit.exercises.question import load_assignment

WELL_FORMED = {
    "titre": ["prudence", None],
    "signal": [["taire"], ["titrer", "croiser"], []],
    "part": [29, 29.1, 0, 100],
    "ordre": [["liste", "presse", "reunion", "cadre", "elu"]],
    "journees": [{}, {"gem": 3}, {"gem": 3.5, "ligne": 40}],
    "manques": [{}, {"phare": "rien"}, {"phare": None}],
    "carte": [{}, {"gem": [0, 1]}, {"gem": None}],
    "fiche": [{}, {"public": "Les jeunes"}],
}
MALFORMED = {
    "titre": ["Prudence", 1, ["prudence"], True, {}],
    "signal": ["taire", ["taire", "taire"], ["autre"], [1], [["taire"]], {}],
    "part": ["29", True, float("nan"), float("inf"), -1, 101, 10**400, [29]],
    "ordre": [[], ["elu"], ["elu"] * 5, ["elu", "cadre", "reunion", "presse", "autre"], "elu"],
    "journees": [{"autre": 1}, {"gem": -1}, {"gem": "3"}, {"gem": True}, [3], {"gem": float("nan")}],
    "manques": [{"autre": "rien"}, {"phare": "autre"}, {"phare": ["rien"]}, ["rien"]],
    "carte": [{"gem": [0.5]}, {"gem": [0.5, 1.2]}, {"gem": "haut"}, {"autre": [0, 0]}, {"gem": [0, True]}],
    "fiche": [{"autre": "x"}, {"public": 3}, {"pilote": "x" * 1001}, "texte", []],
}


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, values in WELL_FORMED.items() for v in values])
def test_a_well_formed_answer_has_no_fault(sample, name, value):
    assert sample[0].question(name).faults(value) == []


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, values in MALFORMED.items() for v in values])
def test_a_malformed_answer_is_told_why(sample, name, value):
    (fault,) = sample[0].question(name).faults(value)
    assert fault.endswith(".")


@pytest.mark.parametrize("value", [None, "", "  ", [], {}, {"public": " ", "pilote": None}])
def test_nothing_written_is_blank(sample, value):
    assert sample[0].question("fiche").is_blank(value)


@pytest.mark.parametrize("value", [0, 0.0, False, {"gem": [0, 0]}, {"gem": 0}, ["x"], "x"])
def test_zero_is_an_answer(sample, value):
    assert not sample[0].question("carte").is_blank(value)


def broken(tmp_path, text):
    path = tmp_path / "questions.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        load_assignment(path)
    return caught.value


def test_every_fault_of_the_file_is_listed_at_once(tmp_path):
    error = broken(
        tmp_path,
        """
        id = "Exo 1"
        title = "Un titre"
        couleur = "bleu"
        [[questions]]
        id = "q1"
        kind = "number"
        points = 3
        """,
    )
    assert {(fault.row, fault.column) for fault in error.faults} == {
        ("", "id"),
        ("", "couleur"),
        ("questions.1", "statement"),
    }
    assert "ce champ n’existe pas" in str(error)


def test_an_unknown_kind_is_told_the_seven(tmp_path):
    error = broken(tmp_path, 'id="a"\ntitle="T"\n[[questions]]\nid="q1"\nkind="quiz"\nstatement="?"\n')
    assert "choice, number, ranking" in str(error)


def test_two_options_with_one_id_are_refused(tmp_path):
    options = 'options=[{id="a",label="A"},{id="a",label="B"}]'
    error = broken(
        tmp_path, f'id="a"\ntitle="T"\n[[questions]]\nid="q1"\nkind="choice"\nstatement="?"\n{options}\n'
    )
    assert "donné deux fois" in str(error)


def test_two_questions_with_one_id_are_refused(tmp_path):
    question = '[[questions]]\nid="q1"\nkind="number"\nstatement="?"\n'
    assert "deux questions" in str(broken(tmp_path, f'id="a"\ntitle="T"\n{question}{question}'))


@pytest.mark.parametrize("points", ["0", "-1", "nan", "inf", "0.333"])
def test_points_that_cannot_be_added_up_are_refused(tmp_path, points):
    error = broken(
        tmp_path,
        f'id="a"\ntitle="T"\n[[questions]]\nid="q1"\nkind="number"\nstatement="?"\npoints={points}\n',
    )
    assert [fault.column for fault in error.faults] == ["points"]


def test_points_by_hand_stay_under_the_points(tmp_path):
    fields = 'points=3\nmanual_points=3\nfields=[{id="a",label="A"}]'
    error = broken(
        tmp_path, f'id="a"\ntitle="T"\n[[questions]]\nid="q1"\nkind="text"\nstatement="?"\n{fields}\n'
    )
    assert "reste sous" in str(error)


def test_a_file_that_is_not_toml_says_which_line(tmp_path):
    assert "ligne 2" in str(broken(tmp_path, 'id = "a"\ntitle = sans guillemets\n'))


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(CourseError, match="ne peut pas être lu"):
        load_assignment(tmp_path / "questions.toml")
