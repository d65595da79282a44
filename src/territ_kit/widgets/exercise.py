"""The panel of an exercise: its questions, and how far the person has come."""

from __future__ import annotations

from pathlib import Path

import mistune

from territ_kit.exercises.answers import FILE_NAME, AnswerBook, AnswersFileError
from territ_kit.exercises.marking import VERDICTS, Mark
from territ_kit.exercises.question import load_assignment
from territ_kit.french import count
from territ_kit.territory import load_case
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.question import cards


class ExercisePanel:
    """Questions on the left, « Votre avancement » on the right; one message when the file cannot be used.

    Parameters
    ----------
    source : Path
        The folder of the assignment in the course.
    folder : Path
        The person's copy, where `reponses.json` is kept.
    """

    def __init__(self, source: Path, folder: Path) -> None:
        self.assignment = load_assignment(source / "questions.toml")
        self.book = AnswerBook(folder / FILE_NAME, self.assignment.id)
        self.verdicts: dict[str, str] = {}
        self.advance = Fragment(live=True)
        banner = " ".join(load_case(case).banner for case in self.assignment.cases)
        intro = Fragment().show(
            "intro", assignment=self.assignment, intro=mistune.html(self.assignment.intro), banner=banner
        )
        try:
            self.cards = cards(self.assignment, self.book, self._changed)
            self._count()
        except AnswersFileError as error:
            self.cards = []
            self.view = box("t-questions", intro, Fragment().show("message", text=str(error)))
            return
        aside = box("t-colle", self.advance)
        self.view = box("t-grille", box("t-questions", intro, *self.cards), aside, also="t-inverse")

    def _changed(self, question: str, mark: Mark | None) -> None:
        if mark:
            self.verdicts[question] = VERDICTS[mark.verdict].lower()
        else:
            self.verdicts.pop(question, None)
        self._count()

    def _count(self) -> None:
        kept, _ = self.book.read_for_display()
        answered = self.assignment.answered(kept.answers)
        questions = self.assignment.questions
        lines = [
            self.verdicts.get(question.id) or ("répondu" if question.id in answered else "à faire")
            for question in questions
        ]
        said = f"{count(len(answered), 'question')} sur {len(questions)}"
        self.advance.show("advance", said=said, done=len(answered), lines=lines)
