"""The feedback page: what a learner reads of their work, in French, without any key.

Unmodified `nbgrader generate_feedback` renders it (see `release.configure`). The page shows only what the
gate `exercises.marking.mark` printed, the scores and the trainer's comments: no source, no traceback.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry

from territ_kit.exercises.marking import (
    ANSWER,
    NO_RESULT,
    NOT_MARKED,
    QUESTION,
    REASON,
    REREAD,
    RESULT,
    SEPARATOR,
    VERDICTS,
)
from territ_kit.exercises.words import decimal, points_in_words

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Manual:
    """What the page says of the points given by hand."""

    result: str
    fraction: str
    lines: list[str]


@dataclass(slots=True)
class Section:
    """What the page says of one question; `tone` is right, partial, wrong or none."""

    heading: str
    statement: str
    answer: list[str]
    result: str
    tone: str
    points: str
    fraction: str
    reasons: list[str]
    reread: list[str]
    manual: Manual | None = None


def french_feedback(notebook: Any, resources: Any) -> tuple[Any, Any]:
    """Put what the page shows in `resources["territ"]`; an nbconvert preprocessor, after `GetGrades`."""
    sections: list[Section] = []
    for cell in notebook.cells:
        settings = cell.metadata.get("nbgrader", {})
        if settings.get("grade") and cell.cell_type == "code":
            sections.append(_section(len(sections) + 1, cell, settings))
        elif settings.get("task") and sections:
            sections[-1].manual = _manual(settings, resources["nbgrader"])
    grades = resources["nbgrader"]
    resources["territ"] = {
        "title": _title(notebook) or grades["assignment"],
        "learner": grades["student"],
        "total": points_in_words(grades["score"], grades["max_score"]),
        "score": grades["score"],
        "max_score": grades["max_score"],
        "late": points_in_words(grades["late_penalty"], grades["max_score"]).split(" sur ")[0]
        if grades["late_penalty"]
        else "",
        "sections": sections,
    }
    return notebook, resources


def _title(notebook: Any) -> str:
    first = next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")
    heading = first.split("\n", 1)[0]
    return heading.removeprefix("# ").strip() if heading.startswith("# ") else ""


def _section(number: int, cell: Any, settings: Any) -> Section:
    printed = "".join(
        output.text for output in cell.outputs if output.output_type == "stream" and output.name == "stdout"
    )
    result = " ".join(_said(printed, RESULT)).split(".")[0] or NOT_MARKED
    tones = {VERDICTS["right"]: "right", VERDICTS["partial"]: "partial", VERDICTS["wrong"]: "wrong"}
    return Section(
        heading=f"Question {number}",
        statement=" ".join(_said(printed, QUESTION)),
        answer=_said(printed, ANSWER),
        result=result,
        tone=tones.get(result, "none"),
        points=points_in_words(settings["score"], settings["points"]),
        fraction=_fraction(settings),
        reasons=[NO_RESULT] if result == NOT_MARKED else _said(printed, REASON),
        reread=_said(printed, REREAD),
    )


def _said(printed: str, label: str) -> list[str]:
    start = f"{label}{SEPARATOR}"
    return [line.removeprefix(start) for line in printed.splitlines() if line.startswith(start)]


def _manual(settings: Any, grades: Any) -> Manual:
    comments = (settings.get("comment") or "").splitlines()
    if not _is_read(settings["grade_id"], grades):
        waiting = "Cette partie n’est pas encore relue."
        return Manual("À relire", f"– sur {decimal(settings['points'])}", [waiting, *comments])
    points = f"{points_in_words(settings['score'], settings['points'])}."
    return Manual("Relue", _fraction(settings), [points, *comments])


def _fraction(settings: Any) -> str:
    return f"{decimal(settings['score'])} sur {decimal(settings['points'])}"


def _is_read(name: str, grades: Any) -> bool:
    with Gradebook(grades["db_url"]) as gradebook:
        try:
            grade = gradebook.find_grade(name, grades["notebook"], grades["assignment"], grades["student"])
        except MissingEntry:
            return False
        return grade.manual_score is not None
