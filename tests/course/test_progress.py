"""A bookmark is kept when it can be, never at the price of a page or of what was kept before."""

from __future__ import annotations

import json

import pytest
from filelock import FileLock

from territ_kit.course import progress as module
from territ_kit.course.progress import Progress
from territ_kit.workspace import Workspace


@pytest.fixture
def progress(tmp_path):
    return Progress(Workspace.open(tmp_path))


def test_the_last_page_and_the_choices_are_kept_together(progress):
    progress.keep_choices("observer", {"indicator": "a"})
    progress.opened("exercice")
    progress.keep_choices("autre", {"b": 1})
    assert progress.last() == "exercice"
    assert progress.choices("observer") == {"indicator": "a"}
    assert progress.choices("autre") == {"b": 1}


def test_a_damaged_file_is_started_again(progress):
    progress.workspace.progress.write_text("{")
    progress.opened("exercice")
    assert progress.last() == "exercice"


def test_a_file_that_cannot_be_read_now_is_left_as_it_is(progress, monkeypatch):
    progress.keep_choices("observer", {"indicator": "a"})
    before = progress.workspace.progress.read_bytes()

    def refused(*_, **__):
        raise PermissionError

    with monkeypatch.context() as held:
        held.setattr(type(progress.workspace.progress), "read_text", refused)
        assert progress.last() == ""
        progress.opened("exercice")
        progress.keep_choices("observer", {})
    assert progress.workspace.progress.read_bytes() == before


def test_a_disk_that_refuses_or_a_lock_held_for_long_does_not_fail_a_page(progress, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as held:
        held.setattr(module, "replace_file", full)
        progress.opened("exercice")
    assert progress.last() == ""
    monkeypatch.setattr(module, "_LOCK_SECONDS", 0.1)
    path = progress.workspace.progress
    with FileLock(path.with_name(f".{path.name}.lock")):
        progress.opened("exercice")
    assert progress.last() == ""


def test_only_the_answers_that_suit_their_question_count(progress):
    folder = progress.workspace.assignment_folder("02-observer")
    folder.mkdir(parents=True, exist_ok=True)
    content = {"schema": 1, "assignment": "02-observer", "answers": {"titre": "prudence"}}
    (folder / "reponses.json").write_text(json.dumps(content))
    assert progress.assignment("02-observer").answered == 1
    content["answers"] = {"titre": ["prudence"], "inconnue": "a"}
    (folder / "reponses.json").write_text(json.dumps(content))
    assert progress.assignment("02-observer").answered == 0
