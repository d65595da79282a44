"""A person's own copies: notebooks, added when absent and never replaced; assignments, kept up to date."""

from __future__ import annotations

import shutil
from pathlib import Path

from territ_kit.course.files import files
from territ_kit.exercises.notebook import build
from territ_kit.exercises.question import load_assignment
from territ_kit.safe_file import replace_file
from territ_kit.workspace import Workspace


def prepare(workspace: Workspace) -> None:
    """Give `workspace` the notebooks of the course and the learner's version of each assignment."""
    course = files()
    for shelf in ("parcours", "reutiliser"):
        for notebook in sorted((course / "notebooks" / shelf).glob("*.ipynb")):
            copy = workspace.notebooks / shelf / notebook.name
            if not copy.exists():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(notebook, copy)
    for questions in sorted((course / "exercises" / "source").glob("*/questions.toml")):
        prepare_assignment(workspace, questions)


def prepare_assignment(workspace: Workspace, questions: Path) -> Path:
    """Give `workspace` the learner's version of one assignment: the folder to hand in. Return the folder.

    Questions and notebook are the trainer's (every cell is locked): the last version is always the right one.
    """
    assignment = load_assignment(questions)
    folder = workspace.assignment_folder(assignment.id)
    for name, text in (
        (questions.name, questions.read_text(encoding="utf-8")),
        (f"{assignment.id}.ipynb", build(assignment)),
    ):
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            replace_file(path, text)
    return folder
