"""How far a person has come: the pages they opened, the questions they answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from filelock import Timeout

from territ_kit.course.files import files
from territ_kit.errors import TerritError
from territ_kit.exercises.answers import FILE_NAME, AnswerBook
from territ_kit.exercises.question import load_assignment
from territ_kit.safe_file import lock, replace_file
from territ_kit.workspace import Workspace

_LOCK_SECONDS = 2


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
        found = _pages(self._read()).get(page)
        return found if isinstance(found, dict) else {}

    def keep_choices(self, page: str, choices: dict[str, Any]) -> None:
        """Remember what the person chose on `page`."""
        self._change(lambda kept: kept | {"choices": {**_pages(kept), page: choices}})

    def _read(self) -> dict[str, Any]:
        try:
            return self._kept()
        except OSError:
            return {}

    def _kept(self) -> dict[str, Any]:
        """Return what the file holds, {} when it is absent or damaged; OSError when it cannot be read now."""
        try:
            kept = json.loads(self.workspace.progress.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError, RecursionError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def _change(self, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        """Change the file, or leave it whole: a bookmark is not worth a failed page."""
        path = self.workspace.progress
        with suppress(OSError, Timeout):
            path.parent.mkdir(parents=True, exist_ok=True)
            # the server and a page's kernel both write it
            with lock(path, seconds=_LOCK_SECONDS):
                kept = change(self._kept()) | {"schema": 1}
                replace_file(path, json.dumps(kept, ensure_ascii=False, indent=1))

    def assignment(self, assignment: str) -> AssignmentProgress:
        """Return how many questions of `assignment` hold an answer."""
        asked = load_assignment(files() / "exercises" / "source" / assignment / "questions.toml")
        book = AnswerBook(self.workspace.assignment_folder(assignment) / FILE_NAME, assignment)
        try:
            answers = book.read().answers
        except TerritError:
            answers = {}
        return AssignmentProgress(len(asked.answered(answers)), len(asked.questions))


def _pages(kept: dict[str, Any]) -> dict[str, Any]:
    pages = kept.get("choices")
    return pages if isinstance(pages, dict) else {}
