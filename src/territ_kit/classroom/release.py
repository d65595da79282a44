"""Releasing an exercise with nbgrader, and the settings of the course."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbgrader.apps import NbGraderAPI
from nbgrader.preprocessors import GetGrades
from traitlets.config import Config

from territ_kit.classroom.feedback import TEMPLATES, french_feedback
from territ_kit.errors import CourseError
from territ_kit.exercises.answers import FILE_NAME


def configure(config: Config, course: Path) -> None:
    """Set up an nbgrader course: French feedback, and no run while a stray file of answers lies in it.

    Parameters
    ----------
    config
        What nbgrader reads from `nbgrader_config.py`; changed in place.
    course
        The folder of the course.
    """

    def refuse(**_arguments: object) -> None:
        try:
            refuse_stray_answers(course)
        except CourseError as error:  # nbgrader logs any Exception of a hook and goes on
            raise SystemExit(str(error)) from error

    # nbgrader starts alembic by its bare name: it must be found when the environment is not activated too.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.course_id = "territ"
    config.BaseConverter.pre_convert_hook = refuse
    config.GenerateFeedback.preprocessors = [GetGrades, french_feedback]
    config.HTMLExporter.template_name = "territ_feedback"
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]


def release(course: Path, assignment: str) -> Path:
    """Make the learners' version of an exercise, without its keys, and return its folder.

    Raises
    ------
    CourseError
        A file of answers lies in `source/` or `release/`, or nbgrader refuses the exercise.
    """
    refuse_stray_answers(course)
    config = Config()
    configure(config, course.resolve())
    outcome: Mapping[str, Any] = NbGraderAPI(config=config).generate_assignment(assignment, force=True)
    if not outcome["success"]:
        raise CourseError(
            f"L’exercice « {assignment} » n’a pas pu être publié. "
            f"nbgrader attendait source/{assignment}/{assignment}.ipynb, produit par « make exercises ». "
            f"Voici son message : {str(outcome.get('error') or outcome.get('log'))[-600:]}"
        )
    return course / "release" / assignment


def refuse_stray_answers(course: Path) -> None:
    """Refuse to go on while a file of answers lies in `source/` or `release/`.

    nbgrader would copy it over every learner's own answers.

    Raises
    ------
    CourseError
        There is one; the sentence names it.
    """
    found = [path for folder in ("source", "release") for path in sorted((course / folder).rglob(FILE_NAME))]
    if found:
        names = ", ".join(path.relative_to(course).as_posix() for path in found)
        raise CourseError(
            f"Un fichier de réponses se trouve dans le dossier du formateur : {names}. "
            "Ces dossiers ne devaient contenir que les exercices. "
            "Rien n’est publié ni corrigé : ce fichier remplacerait les réponses de tous les participants. "
            "Déplacez-le, puis recommencez."
        )
