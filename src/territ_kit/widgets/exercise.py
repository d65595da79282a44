"""The panel of an exercise: its picture, its questions, the person's advance."""

from __future__ import annotations

from html import escape
from pathlib import Path

import mistune

from territ_kit.exercises.answers import FILE_NAME, AnswerBook
from territ_kit.exercises.marking import VERDICTS, Mark
from territ_kit.exercises.question import load_assignment
from territ_kit.territory import load_case
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.question import cards


class ExercisePanel:
    """Questions on the left, « Votre avancement » on the right.

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
        intro = Fragment(html=self._intro())
        self.cards = cards(self.assignment, self.book, self._changed)
        self._count()
        self.view = box("t-grille", box("t-questions", intro, *self.cards), self.advance, also="t-inverse")

    def _intro(self) -> str:
        banner = f'<p class="t-petit">{escape(load_case(self.assignment.case).banner)}</p>' if self.assignment.case else ""
        return f'<section class="t-carte t-carte--sable"><h2>{escape(self.assignment.title)}</h2>{mistune.html(self.assignment.intro)}{banner}</section>'

    def _changed(self, question: str, mark: Mark | None) -> None:
        if mark:
            self.verdicts[question] = VERDICTS[mark.verdict].lower()
        else:
            self.verdicts.pop(question, None)
        self._count()

    def _count(self) -> None:
        answered = self.book.read().answers
        total, done = len(self.assignment.questions), 0
        lines = []
        for number, question in enumerate(self.assignment.questions, 1):
            done += question.id in answered
            state = self.verdicts.get(question.id) or ("répondu" if question.id in answered else "à faire")
            lines.append(f"<li>Question {number} : {state}</li>")
        said = f"{done} question{'s' * (done > 1)} sur {total}"
        self.advance.html = (
            f'<aside class="t-carte t-carte--sable t-colle" aria-label="Votre avancement"><h2>Votre avancement</h2>'
            f"<p><strong>{said}</strong></p><progress value='{done}' max='{total}' aria-label='Avancement : {said}'></progress>"
            f'<ol class="t-suite">{"".join(lines)}</ol>'
            '<p class="t-petit">Vérifier une réponse ne la note pas. Vous pouvez fermer la page et revenir : tout est gardé.</p></aside>'
        )
