"""From an answer to a mark, and the one gate through which nbgrader receives it.

Facts about nbgrader 0.9.6 behind the gate: a graded cell whose last expression is not a plain number gives
full marks; anything on stderr gives zero; a value above the maximum stops the run.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from territ_kit.exercises.answers import FILE_NAME, AnswersFileError, Damaged, read_answers
from territ_kit.exercises.key import KEY, Key
from territ_kit.exercises.question import Question, TextQuestion
from territ_kit.exercises.rules import judge
from territ_kit.exercises.words import answer_in_words, one_line, points_in_words

Verdict = Literal["right", "partial", "wrong", "blank"]

VERDICTS: dict[Verdict, str] = {
    "right": "Juste",
    "partial": "En partie juste",
    "wrong": "À revoir",
    "blank": "Sans réponse",
}
FILE_VERDICTS = {
    "missing": "Fichier absent",
    "unreadable": "Fichier illisible",
    "refused": "Fichier impossible à ouvrir",
    "newer": "Fichier trop récent",
    "foreign": "Fichier d’un autre exercice",
}
NOT_MARKED = "Non corrigée"
NO_RESULT = "La correction n’a pas abouti. Montrez cette page à votre formateur."

QUESTION, ANSWER, RESULT, REASON, REREAD = "Question", "Votre réponse", "Résultat", "Pourquoi", "À relire"
SEPARATOR = "\u00a0: "

_QUESTION: TypeAdapter[Question] = TypeAdapter(Question)


@dataclass(frozen=True, slots=True)
class Mark:
    """Points from 0 to `out_of` (two decimals), a verdict, and French sentences that say why."""

    points: float
    out_of: float
    verdict: Verdict
    reasons: list[str]


def mark_question(question: Question, key: Key, value: object) -> Mark:
    """Mark one answer.

    points = share x automatic points, rounded to two decimals, from 0 to the automatic points; the share is
    given by the key's rule.

    Parameters
    ----------
    question, key
        Of the same kind.
    value
        Any JSON value; None is "not answered".

    Raises
    ------
    CourseError
        The key is not of the question's kind.
    """
    out_of = question.automatic_points
    if question.is_blank(value):
        return Mark(0.0, out_of, "blank", ["Vous n’avez pas répondu à cette question."])
    if faults := question.faults(value):
        return Mark(0.0, out_of, "wrong", ["La réponse enregistrée n’est pas utilisable.", *faults])
    share, reasons = judge(question, key, value)
    points = min(max(0.0, round(share * out_of, 2)), out_of)  # in this order, NaN gives 0
    verdict: Verdict = "right" if points >= out_of else "partial" if points > 0 else "wrong"
    return Mark(points, out_of, verdict, [reason for reason in (*reasons, key.explanation) if reason])


def mark(
    assignment: str, question: Mapping[str, Any], key: Mapping[str, Any], answers: str | Path = FILE_NAME
) -> float:
    """Return the mark of one question to nbgrader, and print why in French: the gate.

    Parameters
    ----------
    assignment
        The id that the file of answers must carry.
    question, key
        The trainer's own data, written in the graded cell; nothing is taken from the learner's folder but
        the answers.
    answers
        The learner's file, beside the notebook.

    Returns
    -------
    float
        A built-in finite float from 0 to the question's automatic points, whatever the file holds. Warnings
        and prints on the way are discarded; a fault of ours gives 0 and a sentence that asks for the trainer.
    """
    with _quietly():
        try:
            points, lines = _marked(assignment, question, key, Path(answers))
        except Exception:  # an error here would show the key in a traceback
            points = 0.0
            lines = [
                f"{RESULT}{SEPARATOR}{NOT_MARKED}.",
                f"{REASON}{SEPARATOR}{NO_RESULT}",
            ]
    print("\n".join(lines))
    return points


def _marked(
    assignment: str, question_data: Mapping[str, Any], key_data: Mapping[str, Any], path: Path
) -> tuple[float, list[str]]:
    question, key = _QUESTION.validate_python(question_data), KEY.validate_python(key_data)
    out_of = question.automatic_points
    value: object = None
    try:
        value = read_answers(path, assignment).answers.get(question.id)
    except AnswersFileError as error:
        result, verdict = Mark(0.0, out_of, "blank", [str(error)]), FILE_VERDICTS[error.status]
    else:
        if isinstance(value, Damaged):
            result = Mark(0.0, out_of, "wrong", [value.reason])
        else:
            result = mark_question(question, key, value)
        verdict = VERDICTS[result.verdict]
    return float(result.points), _report(question, key, value, result, verdict)


def _report(question: Question, key: Key, value: object, result: Mark, verdict: str) -> list[str]:
    said = [] if result.verdict == "blank" or question.faults(value) else answer_in_words(question, value)
    reasons = list(result.reasons)
    if isinstance(question, TextQuestion) and question.manual_points and result.verdict != "blank":
        reasons.append("Votre formateur relit aussi ce texte et donne le reste des points.")
    lines = [(QUESTION, question.statement)]
    lines += [(ANSWER, line) for line in said]
    lines.append((RESULT, f"{verdict}. {points_in_words(result.points, result.out_of)}."))
    lines += [(REASON, reason) for reason in reasons]
    if key.reread and result.verdict in ("partial", "wrong"):
        lines.append((REREAD, key.reread))
    return [f"{label}{SEPARATOR}{one_line(text)}" for label, text in lines]


@contextmanager
def _quietly() -> Iterator[None]:
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        yield
