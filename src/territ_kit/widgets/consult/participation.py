"""« Participation »: on which rung each activity stands, and what would raise it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from territ_kit.charts.ladder import LadderChart
from territ_kit.consultation.method_sheets import METHOD_SHEETS
from territ_kit.consultation.participation import LADDER, QUESTIONS, participation_level, questions_for
from territ_kit.dossier import ACTIVITIES, Activity, Dossier
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Field, choice, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.task import Task

ANNOUNCED = "announced"  # kept among the answers: what the organiser calls the activity
_MORE = "Annonce, public, date et notes"


class ActivityLines(Lines[Activity]):
    """The activities, and the plain questions asked of them."""

    shelf = ACTIVITIES
    title = "Les actions de participation"
    noun = "action"
    add = "Ajouter une action"
    empty = "Aucune action n’est encore décrite. Pensez à la dernière réunion publique."

    def line(self, item: Activity) -> str:
        """Return the title and the rung."""
        name = next((rung.name.lower() for rung in LADDER.values() if rung.level == item.rung), "à placer")
        return f"{item.title or 'Sans titre'} ({name})"

    def fields(self, item: Activity) -> list[Field]:
        """Return the title, the questions that count for this activity, and the rest in a closed group."""
        asked = [
            choice(key, QUESTIONS[key].words, dict(QUESTIONS[key].answers), placeholder="Choisir…")
            for key in questions_for(item.answers)
        ]
        names = {key: rung.name for key, rung in LADDER.items()}
        return [
            text("title", "L’action", hint="Par exemple « réunion publique du 12 mars ».", length=200),
            *asked,
            choice(ANNOUNCED, "Le mot employé pour l’annoncer", names, placeholder="Aucun", advanced=_MORE),
            text("public", "Pour qui ?", advanced=_MORE),
            text("date", "Quand ?", advanced=_MORE),
            text("words", "Vos notes", lines=2, advanced=_MORE),
        ]

    def values(self, item: Activity) -> dict[str, Any]:
        """Return the texts and the answers."""
        return item.answers | {name: getattr(item, name) for name in ("title", "public", "date", "words")}

    def read(self, item: Activity, values: dict[str, Any]) -> Activity:
        """Return the activity with its answers, and its rung once they are all given."""
        given = {key: values.get(key, item.answers.get(key)) for key in (*QUESTIONS, ANNOUNCED)}
        answers = {key: answer for key, answer in given.items() if answer}
        texts = {name: values[name] or "" for name in ("title", "public", "date", "words")}
        return item.but(answers=answers, rung=_rung(answers), **texts)

    def blank(self, identifier: str) -> Activity:
        """Return an activity to be described."""
        return Activity(id=identifier)


class Participation(Task):
    """The ladder."""

    id = "participation"
    label = "Qui décide vraiment ? Nommer la participation"
    lead = "Décrivez ce que vous faites avec les habitants. Le nom vient des faits, pas de l’annonce."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines = ActivityLines(desk)
        self.words = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        sheets = {key: (sheet, LADDER[sheet.rung].name.lower()) for key, sheet in METHOD_SHEETS.items()}
        self.sheets = Fragment().show("consult_sheets", sheets=sheets)
        self.view = box("t-pile", self.lines.view, self.words, self.figure, self.sheets)
        self._shown: object = None

    def show(self) -> None:
        """Follow the dossier."""
        self.lines.show()
        self._say()
        table = activities_table(self.desk.dossier)
        shown = table.to_numpy().tolist()
        if shown != self._shown:
            self._shown = shown
            self.figure.refresh()

    def _say(self) -> None:
        item = self.lines.item
        if item is None:
            self.words.html = ""
            return
        level = None
        if item.rung:
            level = participation_level(item.answers, announced=item.answers.get(ANNOUNCED, ""))
        missing = [QUESTIONS[key].words for key in questions_for(item.answers) if key not in item.answers]
        self.words.show(
            "consult_rung",
            title=item.title or "cette action",
            level=level,
            rung=LADDER[level.rung] if level else None,
            missing=missing,
        )

    def _draw(self, build: Build) -> Drawn | None:
        table = activities_table(self.desk.dossier)
        if table.empty:
            return None
        chart = build(LadderChart)
        return chart.show(table), chart.png


def activities_table(dossier: Dossier) -> pd.DataFrame:
    """Return the activities as `LadderChart` reads them."""
    rows = [
        (
            item.title or "Sans titre",
            item.rung,
            LADDER[item.answers[ANNOUNCED]].level if ANNOUNCED in item.answers else 0,
        )
        for item in ACTIVITIES.of(dossier)
    ]
    return pd.DataFrame(rows, columns=["title", "rung", "announced"])


def _rung(answers: dict[str, str]) -> int:
    if any(key not in answers for key in questions_for(answers)) or "decides" not in answers:
        return 0
    return LADDER[participation_level(answers).rung].level
