"""The nbgrader notebook of an assignment, made from its questions and its keys.

The same data always gives the same text. Every cell is locked: what a learner hands in is `reponses.json`.
"""

from __future__ import annotations

import json
import pprint
from collections.abc import Mapping
from typing import Any

from territ_kit.errors import CourseError
from territ_kit.exercises.key import Key, TextKey
from territ_kit.exercises.question import Assignment, Question, TextQuestion
from territ_kit.exercises.words import points_in_words

QUESTION_CELL = 'from territ_kit.widgets.question import show\n\nshow("{id}")'
"""What shows a question; `territ_kit.widgets.question.show` finds the files beside the notebook."""

GRADED_CELL = "# Cellule de correction : rien à écrire ici."
_BEGIN, _END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
_BEGIN_RUBRIC, _END_RUBRIC = "=== BEGIN MARK SCHEME ===", "=== END MARK SCHEME ==="
_MARKERS = ("HIDDEN TESTS", "MARK SCHEME", "BEGIN SOLUTION", "END SOLUTION")

_HOW_TO = (
    "Vous n’avez aucun code à écrire. Répondez aux questions, puis enregistrez chaque réponse. "
    "Vos réponses sont gardées dans le fichier « reponses.json » de ce dossier.\n\n"
    "Si une question ne s’affiche pas, ouvrez le menu « Exécuter » et choisissez "
    "« Exécuter toutes les cellules »."
)
_HAND_IN = (
    "## Pour finir\n\n"
    "Vos réponses sont déjà enregistrées. Pour remettre votre travail, gardez ensemble ce document "
    "et le fichier « reponses.json »."
)


def build(assignment: Assignment, keys: Mapping[str, Key] | None = None) -> str:
    """Return the text of the notebook: the trainer's with the keys, the learner's without.

    Raises
    ------
    CourseError
        A text of the course contains a marker of nbgrader: a part of the keys would be released.
    """
    shown = f"{assignment.intro}\n\n" if assignment.intro else ""
    cells = [_markdown("presentation", f"# {assignment.title}\n\n{shown}{_HOW_TO}")]
    for number, question in enumerate(assignment.questions, 1):
        cells += _question_cells(assignment, number, question, None if keys is None else keys[question.id])
    cells.append(_markdown("fin", _HAND_IN))
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "title": assignment.title,
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _question_cells(
    assignment: Assignment, number: int, question: Question, key: Key | None
) -> list[dict[str, Any]]:
    points = points_in_words(question.points, question.points).split(" sur ")[0]
    name, automatic = question.id, question.automatic_points
    cells = [
        _markdown(f"{name}-titre", f"## Question {number} ({points})"),
        _code(f"{name}-question", QUESTION_CELL.format(id=name), {"locked": True}),
        _code(f"{name}-note", _graded(assignment, question, key), {"grade": True, "points": automatic}),
    ]
    if isinstance(question, TextQuestion) and question.manual_points:
        rubric = key.rubric if isinstance(key, TextKey) else ""
        cells.append(_task(f"{name}-relecture", number, question.manual_points, rubric))
    return cells


def _graded(assignment: Assignment, question: Question, key: Key | None) -> str:
    if key is None:
        return GRADED_CELL
    data = [_literal(question), _literal(key)]
    _refuse_markers(question.id, "".join(data))
    call = ",\n".join([f'mark(\n"{assignment.id}"', *data]) + ",\n)"
    lines = [GRADED_CELL, _BEGIN, "from territ_kit.exercises.marking import mark", "", call, _END]
    return "\n".join(lines)


def _literal(data: Question | Key) -> str:
    content = {"kind": data.kind, **data.model_dump(mode="json", exclude_defaults=True)}
    return pprint.pformat(content, width=110, sort_dicts=False)


def _task(name: str, number: int, points: float, rubric: str) -> dict[str, Any]:
    """Return nbgrader's own cell for points given by hand; its guide for the trainer is never released."""
    _refuse_markers(name, rubric)
    text = (
        f"### Question {number}, relecture par le formateur\n\n"
        "Cette partie est lue par votre formateur. Vous n’avez rien à écrire ici."
    )
    if rubric:
        text += f"\n\n{_BEGIN_RUBRIC}\n\n{rubric.strip()}\n\n{_END_RUBRIC}"
    return _markdown(name, text, {"task": True, "points": points})


def _refuse_markers(name: str, text: str) -> None:
    if found := [marker for marker in _MARKERS if marker in text]:
        raise CourseError(
            f"Un texte de « {name} » contient « {found[0]} ». "
            "Ces mots délimitent ce que nbgrader cache : une partie de la clé serait publiée. "
            "Écrivez-le autrement."
        )


def _code(name: str, source: str, nbgrader: Mapping[str, Any]) -> dict[str, Any]:
    cell = _cell(name, "code", source, nbgrader)
    cell["metadata"]["jupyter"] = {"source_hidden": True}
    return cell | {"execution_count": None, "outputs": []}


def _markdown(name: str, source: str, nbgrader: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return _cell(name, "markdown", source, nbgrader or {"locked": True})


def _cell(name: str, cell_type: str, source: str, nbgrader: Mapping[str, Any]) -> dict[str, Any]:
    lock = {"grade": False, "grade_id": name, "locked": True, "solution": False, "task": False}
    settings = {**lock, "schema_version": 3, **nbgrader}
    return {
        "cell_type": cell_type,
        "id": name,
        "metadata": {"deletable": False, "editable": False, "nbgrader": settings},
        "source": source.splitlines(keepends=True),
    }
