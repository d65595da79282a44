"""The notebooks are made from questions and keys, always the same, and hold what nbgrader needs."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest

from territ_kit.errors import CourseError
from territ_kit.exercises.generate import generate, load_course_assignment, main, stale_notebooks
from territ_kit.exercises.notebook import GRADED_CELL, build

NOTEBOOK = "source/sept-sortes/sept-sortes.ipynb"
KEYS = "keys/sept-sortes.toml"


def cells(course):
    generate(course)
    return json.loads((course / NOTEBOOK).read_text("utf-8"))["cells"]


def edit(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_same_data_always_give_the_same_notebook(course):
    generate(course)
    first = (course / NOTEBOOK).read_bytes()
    (course / NOTEBOOK).unlink()
    generate(course)
    assert (course / NOTEBOOK).read_bytes() == first


def test_a_notebook_that_is_up_to_date_is_not_written_again(course):
    assert len(generate(course)) == 1
    assert generate(course) == []


def test_the_notebook_is_valid_french_and_without_outputs(course):
    found = cells(course)
    notebook = nbformat.read(course / NOTEBOOK, 4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert all(cell.get("outputs", []) == [] for cell in found)
    assert "Vous n’avez aucun code à écrire" in "".join(found[0]["source"])


def test_every_cell_is_locked(course):
    for cell in cells(course):
        nbgrader = cell["metadata"]["nbgrader"]
        assert nbgrader["locked"]
        assert not nbgrader["solution"]
        assert cell["metadata"]["editable"] is cell["metadata"]["deletable"] is False


def test_a_graded_cell_hides_everything_but_its_first_line(course):
    graded = [cell for cell in cells(course) if cell["metadata"]["nbgrader"]["grade"]]
    assert len(graded) == 8
    for cell in graded:
        lines = "".join(cell["source"]).splitlines()
        assert lines[0] == GRADED_CELL
        assert lines[1] == "### BEGIN HIDDEN TESTS"
        assert lines[-2:] == [")", "### END HIDDEN TESTS"]


def test_the_points_by_hand_have_a_cell_of_their_own(course):
    points = {
        cell["id"]: cell["metadata"]["nbgrader"]["points"]
        for cell in cells(course)
        if "points" in cell["metadata"]["nbgrader"]
    }
    assert (points["fiche-note"], points["fiche-relecture"]) == (4, 2)
    assert sum(points.values()) == pytest.approx(26.8)


def test_the_learner_s_notebook_has_no_key(sample):
    text = build(sample[0])
    for secret in ("HIDDEN TESTS", "EXPLICATION", "GRILLE-DU-FORMATEUR", "marking", "29.1"):
        assert secret not in text


def test_a_stale_notebook_is_told_and_not_mended(course, capsys):
    generate(course)
    edit(course / KEYS, "tolerance = 0.5", "tolerance = 0.4")
    before = (course / NOTEBOOK).read_bytes()
    assert stale_notebooks(course) == [course / NOTEBOOK]
    assert main(["--check", str(course)]) == 1
    assert "À refaire" in capsys.readouterr().out
    assert (course / NOTEBOOK).read_bytes() == before
    assert main([str(course)]) == 0
    assert main(["--check", str(course)]) == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[part]", "[autre]", "une clé par question"),
        ("[part]", "[autre]", "une question de questions.toml"),
        ('answer = "prudence"', 'answer = "prudent"', "Corrigez : prudent"),
        ("credits = { rien = 0.3333 }", "credits = { tout = 0.3333 }", "Corrigez : tout"),
        ('answer = ["taire", "croiser", "elargir"]', 'answer = "taire"', "Cochez"),
        ("answer = 29.1", "answer = 129.1", "obtient tous les points"),
        ('kind = "number"\nanswer', 'kind = "ranking"\nanswer', "part"),
        ('phare = "angle-mort"', 'phare = "angle"', "Corrigez : angle"),
        ('boxes = ["gem", "cfa", "marche"]', 'boxes = ["gems"]', "Corrigez : gems"),
        ('fields = ["pilote"]', 'fields = ["chef"]', "Corrigez : chef"),
        ('before = "elu"', 'before = "maire"', "Corrigez : maire"),
        ("gem = { x = [0, 0.4]", "gens = { x = [0, 0.4]", "Corrigez : gens"),
        ("tolerance = 0.5", "tolérance = 0.5", "pas écrit correctement"),
    ],
)
def test_a_key_that_does_not_fit_its_question_is_refused(course, old, new, said):
    edit(course / KEYS, old, new)
    with pytest.raises(CourseError, match=said):
        load_course_assignment(course, "sept-sortes")


def test_the_command_says_a_fault_in_one_french_sentence(course, capsys):
    edit(course / KEYS, "answer = 29.1", 'answer = "29,1"')
    assert main([str(course)]) == 2
    assert "part, answer" in capsys.readouterr().err
    assert not (course / NOTEBOOK).exists()


def test_an_assignment_bears_the_name_of_its_folder(course):
    shutil.move(course / "source/sept-sortes", course / "source/autre")
    shutil.move(course / KEYS, course / "keys/autre.toml")
    with pytest.raises(CourseError, match="« autre »"):
        generate(course)


@pytest.mark.parametrize("marker", ["### END HIDDEN TESTS", "=== END MARK SCHEME ==="])
def test_a_text_that_would_open_the_hidden_part_is_refused(course, marker):
    edit(course / KEYS, "GRILLE-DU-FORMATEUR", marker)
    with pytest.raises(CourseError, match="serait publiée"):
        generate(course)


def test_the_examples_of_the_manual_are_a_working_course(tmp_path):
    """Each kind's two blocks, copied as they stand, give an assignment whose own answers earn every point."""
    manual = (Path(__file__).parents[2] / "exercises" / "LISEZMOI.md").read_text("utf-8")
    blocks = re.findall(r"```toml\n(.*?)```", manual.split("## Les sept sortes")[1], re.DOTALL)
    folder = tmp_path / "source" / "manuel"
    folder.mkdir(parents=True)
    (tmp_path / "keys").mkdir()
    header = 'id = "manuel"\ntitle = "Manuel"\n'
    (folder / "questions.toml").write_text(header + "\n".join(blocks[::2]), "utf-8")
    (tmp_path / "keys" / "manuel.toml").write_text("\n".join(blocks[1::2]), "utf-8")
    assignment, _ = load_course_assignment(tmp_path, "manuel")
    assert len({question.kind for question in assignment.questions}) == 7
