"""How far a person has come: the pages they opened, the questions they answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from filelock import FileLock

from territ_kit.course.files import files
from territ_kit.errors import TerritError
from territ_kit.exercises.answers import FILE_NAME, AnswerBook, replace_file
from territ_kit.exercises.question import load_assignment
from territ_kit.workspace import Workspace


@dataclass(frozen=True, slots=True)
class AssignmentProgress:
    """Questions answered in one assignment."""

    answered: int
    total: int


class Progress:
    """The progress of one person, kept in their workspace; a lost file only forgets the last page."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def last(self) -> str:
        """Return the last page opened ("" when none): what the home page offers to resume."""
        page = self._read().get("page")
        return page if isinstance(page, str) else ""

    def opened(self, page: str) -> None:
        """Remember that `page` was opened."""
        self._change(lambda kept: kept | {"page": page})

    def choices(self, page: str) -> dict[str, Any]:
        """Return what the person had chosen on `page`, {} when nothing is known."""
        found = self._pages().get(page)
        return found if isinstance(found, dict) else {}

    def keep_choices(self, page: str, choices: dict[str, Any]) -> None:
        """Remember what the person chose on `page`."""
        self._change(lambda kept: kept | {"choices": {**self._pages(), page: choices}})

    def _pages(self) -> dict[str, Any]:
        pages = self._read().get("choices")
        return pages if isinstance(pages, dict) else {}

    def _read(self) -> dict[str, Any]:
        try:
            kept = json.loads(self.workspace.progress.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _change(self, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        path = self.workspace.progress
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock")):  # the server and a page's kernel both write it
            replace_file(path, json.dumps(change(self._read()) | {"schema": 1}, ensure_ascii=False, indent=1))

    def assignment(self, assignment: str) -> AssignmentProgress:
        """Return how many questions of `assignment` hold an answer."""
        questions = load_assignment(
            files() / "exercises" / "source" / assignment / "questions.toml"
        ).questions
        book = AnswerBook(self.workspace.assignment_folder(assignment) / FILE_NAME, assignment)
        try:
            answers = book.read().answers
        except TerritError:
            answers = {}
        return AssignmentProgress(sum(q.id in answers for q in questions), len(questions))
