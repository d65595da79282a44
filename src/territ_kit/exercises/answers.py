"""A person's answers: one file beside the notebook, never half written, never silently lost.

`reponses.json` holds ``{"schema": 1, "assignment": id, "answers": {question id: value}, "history": [...]}``.
An absent question is not answered. The history keeps the last changes: ``{"question", "value", "at"}``.
"""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from filelock import Timeout

from territ_kit.errors import AnswersError
from territ_kit.safe_file import TWICE, UnreadableFileError, lock, name_aside, read_json, replace_file

FILE_NAME = "reponses.json"
SCHEMA = 1
LARGEST_FILE = 1_000_000
LONGEST_HISTORY = 200

_LOCK_SECONDS = 10
_DEEPEST = 8
_TRAINER_FOLDERS = ("source", "release")
_COURSE_SIGNS = ("nbgrader_config.py", "gradebook.db", "submitted", "autograded")

Status = Literal["missing", "unreadable", "refused", "newer", "foreign"]


class AnswersFileError(AnswersError):
    """The file of answers cannot be used; `status` tells why."""

    def __init__(self, status: Status, message: str) -> None:
        super().__init__(message)
        self.status: Status = status


@dataclass(frozen=True, slots=True)
class Damaged:
    """What stands for an answer that cannot be used; `reason` is a French sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What the file holds: the answers by question id, and the last changes, oldest first."""

    assignment: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    history: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Saved:
    """When an answer was saved (UTC), and what the person must be told ("" most of the time)."""

    at: datetime
    notice: str = ""


class AnswerBook:
    """The answers of one person to one assignment, in one file.

    Parameters
    ----------
    path
        The file `reponses.json`; it may not exist yet.
    assignment
        The assignment's id; by default that of the file, else the name of its folder.
    """

    def __init__(self, path: str | Path, assignment: str | None = None) -> None:
        self.path = Path(path).absolute()
        self.assignment = assignment

    def read(self) -> Answers:
        """Return the answers; an absent file is an empty book. The file is never changed.

        Raises
        ------
        AnswersFileError
            The file is unreadable, cannot be opened now, is from a newer kit, or of another assignment.
        """
        try:
            return read_answers(self.path, self.assignment)
        except AnswersFileError as error:
            if error.status == "missing":
                return Answers(self.assignment)
            raise

    def read_for_display(self) -> tuple[Answers, str]:
        """Return the answers and what the person must be told; an unreadable file is shown as an empty book.

        Nothing is lost by that: `save` keeps the unreadable file aside.

        Raises
        ------
        AnswersFileError
            The file cannot be opened now, is from a newer kit, or belongs to another assignment.
        """
        try:
            return self.read(), ""
        except AnswersFileError as error:
            if error.status != "unreadable":
                raise
            return Answers(self.assignment), (
                f"{error} Il sera gardé sous un autre nom à votre prochaine réponse. Répondez de nouveau."
            )

    def value(self, question_id: str) -> Any:
        """Return the answer to one question; None when it is not answered or damaged.

        Raises
        ------
        AnswersFileError
            As `read`.
        """
        value = self.read().answers.get(question_id)
        return None if isinstance(value, Damaged) else value

    def save(self, question_id: str, value: Any) -> Saved:
        """Save the answer to one question and leave the others as they are; None takes the answer back.

        An unreadable file is first kept aside under a new name, and the notice says so.

        Raises
        ------
        AnswersError
            The folder is a trainer's, the file belongs to another assignment or a newer kit or cannot be
            opened now, the value is not JSON, or the disk refuses.
        """
        refuse_trainer_folder(self.path)
        if fault := _damage(value):
            raise AnswersError(f"{fault} Cette réponse n’est pas enregistrée. Répondez de nouveau.")
        now = datetime.now(UTC)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._lock():
                kept, notice = self._read_again()
                answers = {name: old for name, old in kept.answers.items() if not isinstance(old, Damaged)}
                if value is None:
                    answers.pop(question_id, None)
                else:
                    answers[question_id] = value
                change = {"question": question_id, "value": value, "at": now.isoformat(timespec="seconds")}
                assignment = self.assignment or kept.assignment or self.path.parent.name
                text = _text(Answers(assignment, answers, [*kept.history, change]))
                replace_file(self.path, text)
        except OSError as error:
            raise AnswersError(
                f"Vos réponses n’ont pas pu être enregistrées dans « {self.path.parent} ». "
                "Le dossier doit accepter l’écriture et le disque avoir de la place. "
                "Vos réponses précédentes sont intactes. Libérez de la place, puis recommencez."
            ) from error
        return Saved(now, notice)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        try:
            with lock(self.path, seconds=_LOCK_SECONDS):
                yield
        except Timeout as error:
            raise AnswersError(
                "Vos réponses sont en train d’être enregistrées par une autre page. "
                "Cela prend d’habitude moins d’une seconde. Fermez l’autre page, puis recommencez."
            ) from error

    def _read_again(self) -> tuple[Answers, str]:
        try:
            kept = self.read()
        except AnswersFileError as error:
            if error.status != "unreadable":
                raise
            aside = name_aside(self.path)
            self.path.rename(aside)
            return Answers(), (
                f"{error} Ce fichier est gardé sous le nom « {aside.name} ». "
                "Vos réponses reprennent dans un fichier neuf."
            )
        if not any(isinstance(value, Damaged) for value in kept.answers.values()):
            return kept, ""
        aside = name_aside(self.path)
        shutil.copy2(self.path, aside)
        return kept, (
            "Une réponse enregistrée était abîmée : elle est à refaire, les autres sont conservées. "
            f"L’ancien fichier est gardé sous le nom « {aside.name} »."
        )


def read_answers(path: Path, assignment: str | None = None) -> Answers:
    """Read a file of answers that anyone may have written; at most `LARGEST_FILE` bytes of it.

    An answer that cannot be used (key written twice, number without a value, nested too deep) is `Damaged`.

    Raises
    ------
    AnswersFileError
        The file is missing, unreadable, cannot be opened now, is from a newer kit or of another assignment.
    """
    content = _content(path)
    schema, owner, answers = content.get("schema"), content.get("assignment"), content.get("answers")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise _unreadable("il ne dit pas sa version")
    if schema > SCHEMA:
        raise AnswersFileError(
            "newer",
            f"Le fichier « {FILE_NAME} » a été écrit par une version plus récente du kit. "
            f"Cette version lit le format {SCHEMA}. Le fichier est intact : mettez le kit à jour.",
        )
    if not isinstance(owner, str) or not isinstance(answers, dict):
        raise _unreadable("il n’a pas la forme attendue")
    if assignment is not None and owner != assignment:
        raise AnswersFileError(
            "foreign",
            f"Le fichier « {FILE_NAME} » contient les réponses d’un autre exercice. "
            f"Le kit attendait celles de « {assignment} ». Reprenez le fichier du bon dossier.",
        )
    history = content.get("history")
    changes = history if isinstance(history, list) else []
    return Answers(
        owner,
        {
            name: Damaged(fault) if (fault := _damage(value)) else value
            for name, value in answers.items()
            if value is not None
        },
        [change for change in changes if isinstance(change, dict) and not _damage(change)],
    )


def refuse_trainer_folder(path: Path) -> None:
    """Refuse to write answers under `source/` or `release/` of an nbgrader course.

    nbgrader would copy them over every learner's own answers.

    Raises
    ------
    AnswersError
        The path stands in such a folder.
    """
    for folder in path.absolute().resolve().parents:
        signs = any((folder.parent / sign).exists() for sign in _COURSE_SIGNS)
        if folder.name in _TRAINER_FOLDERS and (signs or folder == path.resolve().parent.parent):
            raise AnswersError(
                f"Ce dossier est celui du formateur (« {folder.name} »). Aucune réponse n’y est enregistrée. "
                "Elle remplacerait celles de tous les participants. "
                "Copiez l’exercice dans votre dossier de travail, puis répondez dans cette copie."
            )


def _content(path: Path) -> dict[str, Any]:
    try:
        return read_json(path, most=LARGEST_FILE)
    except UnreadableFileError as error:
        raise _unreadable(str(error)) from error
    except FileNotFoundError as error:
        raise AnswersFileError(
            "missing",
            f"Le fichier de réponses « {FILE_NAME} » est absent. "
            "Il devait être dans le même dossier que l’exercice. Remettez le dossier entier.",
        ) from error
    except OSError as error:
        raise AnswersFileError(
            "refused",
            f"L’ordinateur refuse d’ouvrir le fichier de réponses « {FILE_NAME} ». "
            "Un autre programme s’en sert peut-être. "
            "Vos réponses précédentes sont intactes. Attendez un instant, puis recommencez.",
        ) from error


def _damage(value: Any) -> str:
    """Return what makes a value unusable, as a French sentence; "" when it is plain JSON."""
    waiting = [(value, 0)]
    while waiting:
        part, depth = waiting.pop()
        if part is TWICE:
            return "Cette réponse est écrite deux fois dans le fichier."
        if isinstance(part, float) and not math.isfinite(part):
            return "Cette réponse contient un nombre qui n’en est pas un."
        if depth > _DEEPEST or not (part is None or isinstance(part, str | int | float | list | dict)):
            return "Cette réponse n’a pas la forme attendue."
        if isinstance(part, dict):
            waiting += [(inner, depth + 1) for inner in (*part, *part.values())]
        elif isinstance(part, list):
            waiting += [(inner, depth + 1) for inner in part]
    return ""


def _text(book: Answers) -> str:
    """Return the file's text, with as much history as fits."""
    history = book.history[-LONGEST_HISTORY:]
    while True:
        content = {"schema": SCHEMA, "assignment": book.assignment, "answers": book.answers}
        text = json.dumps(content | {"history": history}, allow_nan=False, indent=1) + "\n"
        if len(text) <= LARGEST_FILE:
            return text
        if not history:
            raise AnswersError(
                "Vos réponses sont trop longues pour être enregistrées. "
                "Un exercice accepte un million de caractères. Raccourcissez vos textes."
            )
        history = history[(len(history) + 1) // 2 :]


def _unreadable(reason: str) -> AnswersFileError:
    return AnswersFileError(
        "unreadable", f"Le fichier de réponses « {FILE_NAME} » ne peut pas être lu : {reason}."
    )
