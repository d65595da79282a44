"""A question as a card: answer, saved at each change, checked when the person asks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from IPython.display import display

from territ_kit.course import files
from territ_kit.errors import CourseError, TerritError
from territ_kit.exercises.answers import FILE_NAME, AnswerBook
from territ_kit.exercises.key import Key, load_keys
from territ_kit.exercises.marking import VERDICTS, Mark, mark_question
from territ_kit.exercises.question import (
    AllocationQuestion,
    Assignment,
    ChoiceQuestion,
    GridQuestion,
    NumberQuestion,
    Option,
    PlacementQuestion,
    Question,
    RankingQuestion,
    TextQuestion,
    load_assignment,
)
from territ_kit.exercises.reading import read_number
from territ_kit.exercises.words import points_in_words
from territ_kit.widgets.form import Form
from territ_kit.widgets.fragment import Fragment

FIELD = "answer"
CHECK = {"id": "check", "label": "Vérifier ma réponse", "primary": False}


def options(choices: tuple[Option, ...]) -> list[dict[str, str]]:
    """Return options as the form reads them."""
    return [{"id": option.id, "label": option.label} for option in choices]


def field(question: Question, number: int) -> dict[str, Any]:
    """Return the form's field for `question`, announced as « Question `number` »."""
    return {
        "name": FIELD,
        "label": f"Question {number}. {question.statement}",
        "hint": question.hint,
        **_control(question),
    }


def _control(question: Question) -> dict[str, Any]:  # noqa: PLR0911 # one a kind
    match question:
        case ChoiceQuestion():
            return {"kind": "checkbox" if question.several else "radio", "options": options(question.options)}
        case NumberQuestion():
            return {"kind": "number", "unit": question.unit}
        case RankingQuestion():
            return {"kind": "ranking", "options": options(question.options)}
        case AllocationQuestion():
            return {
                "kind": "allocation",
                "options": options(question.options),
                "unit": question.unit,
                "total": question.total,
            }
        case GridQuestion():
            return {"kind": "grid", "rows": options(question.rows), "columns": options(question.columns)}
        case PlacementQuestion():
            axes = {"x": question.x.model_dump(), "y": question.y.model_dump()}
            return {"kind": "placement", "options": options(question.items), **axes}
        case TextQuestion():
            fields = [
                {"id": f.id, "label": f.label, "hint": f.hint, "lines": f.lines, "length": f.length}
                for f in question.fields
            ]
            return {"kind": "text", "fields": fields}


class QuestionCard(Form):
    """One question of an assignment, tied to the person's file of answers.

    `key` is None where the keys are not on this machine: the card then saves and says nothing of the answer.
    `changed` is called after each save or check, with the mark when there is one. An answer that does not
    suit the question is not shown; an unreadable file is told, and kept aside at the next save.

    Raises
    ------
    AnswersFileError
        The file of answers cannot be opened now, is from a newer kit, or belongs to another assignment.
    """

    def __init__(
        self,
        question: Question,
        number: int,
        book: AnswerBook,
        key: Key | None = None,
        changed: Callable[[str, Mark | None], None] = lambda _question, _mark: None,
    ) -> None:
        kept, notice = book.read_for_display()
        super().__init__(
            spec=[field(question, number)],
            value={FIELD: question.usable(kept.answers.get(question.id))},
            status=notice,
            actions=[CHECK] if key else [],
            css_class="t-question",
        )
        self.question, self.book, self.key, self.changed = question, book, key, changed
        self.on_change(lambda new: self._save(new[FIELD]))
        self.on_action(lambda _action: self._check())

    def _understood(self, value: Any) -> Any:
        """Return the number of a text such as « 31 % », or the value as it came."""
        if isinstance(self.question, NumberQuestion) and isinstance(value, str):
            number = read_number(value)
            return value if number is None else number
        return value

    def _fault(self, value: Any) -> str:
        if isinstance(self.question, NumberQuestion) and isinstance(value, str):
            refused = f"« {value} » n’est pas reconnu. Votre texte n’est pas effacé."
            return f"Écrivez un nombre, par exemple 12,5. {refused}"
        return " ".join(self.question.faults(value))

    def _save(self, value: Any) -> None:
        self.feedback = {}
        value = self._understood(value)
        if fault := self._fault(value):
            self.errors = {FIELD: fault}
            self.status = "Pas encore enregistré."
            return
        self.errors = {}
        saved = self.book.save(self.question.id, None if self.question.is_blank(value) else value)
        self.status = f"{saved.notice} Enregistré à {saved.at.astimezone():%H h %M}.".strip()
        self.changed(self.question.id, None)

    def _check(self) -> None:
        value = self._understood(self.value[FIELD])
        if self.key is None or self._fault(value):
            return
        mark = mark_question(self.question, self.key, value)
        title = f"{VERDICTS[mark.verdict]}. {points_in_words(mark.points, mark.out_of)}"
        self.feedback = {"verdict": mark.verdict, "title": title, "reasons": mark.reasons}
        self.changed(self.question.id, mark)


def keys_of(assignment: str) -> dict[str, Key]:
    """Return the keys of an assignment, {} where they are not on this machine."""
    path = files() / "exercises" / "keys" / f"{assignment}.toml"
    return load_keys(path) if path.is_file() else {}


def cards(
    assignment: Assignment,
    book: AnswerBook,
    changed: Callable[[str, Mark | None], None] = lambda _q, _m: None,
) -> list[QuestionCard]:
    """Return the cards of an assignment, in order.

    Raises
    ------
    AnswersFileError
        As `QuestionCard`.
    """
    keys = keys_of(assignment.id)
    made = [
        QuestionCard(question, number, book, keys.get(question.id), changed)
        for number, question in enumerate(assignment.questions, 1)
    ]
    for card in made[1:]:
        card.status = ""  # what is said of the file is said once, by the first card
    return made


def _asked(assignment: Assignment, question_id: str) -> Question:
    try:
        return assignment.question(question_id)
    except KeyError as error:
        raise CourseError(
            f"La question « {question_id} » n’existe pas dans cet exercice. "
            "Le cahier et ses questions doivent être de la même version. "
            "Rouvrez l’exercice depuis l’accueil : il sera remis à jour."
        ) from error


def show(question_id: str) -> None:
    """Display one question of the assignment whose notebook is running, in JupyterLab or under nbgrader."""
    folder = Path.cwd()
    try:
        assignment = load_assignment(folder / "questions.toml")
        question = _asked(assignment, question_id)
        number = assignment.questions.index(question) + 1
        book = AnswerBook(folder / FILE_NAME, assignment.id)
        card = QuestionCard(question, number, book, keys_of(assignment.id).get(question_id))
    except TerritError as error:
        display(Fragment().show("message", text=str(error)))  # type: ignore[no-untyped-call] # IPython's
        return
    display(card)  # type: ignore[no-untyped-call] # IPython's
