"""A file of answers in the trainer's folders stops everything before it reaches anyone."""

from __future__ import annotations

import json
import shutil

import pytest

from territ_kit.classroom.release import refuse_stray_answers, release
from territ_kit.errors import CourseError

from .conftest import ASSIGNMENT, nbgrader, new_course


@pytest.fixture
def course(tmp_path):
    return new_course(tmp_path)


def stray(course, folder):
    path = course / folder / ASSIGNMENT / "reponses.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{}")


@pytest.mark.parametrize("folder", ["source", "release"])
def test_a_stray_file_is_named(course, folder):
    stray(course, folder)
    with pytest.raises(CourseError, match=f"{folder}/{ASSIGNMENT}/reponses.json"):
        refuse_stray_answers(course)


def test_a_clean_course_is_accepted(course):
    refuse_stray_answers(course)


def test_a_release_is_refused_while_a_stray_file_lies_in_the_source(course):
    stray(course, "source")
    with pytest.raises(CourseError, match="remplacerait les réponses"):
        release(course, ASSIGNMENT)
    assert not (course / "release").exists()


def test_an_exercise_that_does_not_exist_is_said(course):
    with pytest.raises(CourseError, match="make exercises"):
        release(course, "inconnu")


def test_nbgrader_s_own_command_stops_too(cycle, tmp_path):
    course = shutil.copytree(cycle.course, tmp_path / "copie")
    shutil.rmtree(course / "autograded")
    stray(course, "source")
    outcome = nbgrader(course, "autograde", ASSIGNMENT, "--student", "reference")
    assert outcome.returncode != 0
    assert "remplacerait les réponses" in outcome.stderr
    handed_in = course / "submitted" / "reference" / ASSIGNMENT / "reponses.json"
    assert json.loads(handed_in.read_text("utf-8"))["answers"]["titre"] == "prudence"
