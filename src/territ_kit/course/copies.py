"""A person's own copies of the notebooks, for JupyterLab: added when absent, never replaced."""

from __future__ import annotations

import shutil

from territ_kit.course.files import files
from territ_kit.exercises.answers import replace_file
from territ_kit.exercises.notebook import build
from territ_kit.exercises.question import load_assignment
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
        assignment = load_assignment(questions)
        folder = workspace.assignment_folder(assignment.id)
        # The questions are the trainer's: the last version is always the right one.
        shutil.copyfile(questions, folder / questions.name)
        notebook = folder / f"{assignment.id}.ipynb"
        if not notebook.exists():
            replace_file(notebook, build(assignment))
