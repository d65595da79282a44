"""« Noter »: criteria and their points, scores and their doubt, and the order explained."""

from __future__ import annotations

from typing import Any

from territ_kit.charts.contributions import ContributionsChart
from territ_kit.dossier import CRITERIA
from territ_kit.french import fr
from territ_kit.prioritisation.multicriteria import contributions
from territ_kit.widgets.form import Form
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.prioritise.lists import CandidateLines, CriterionLines, Points
from territ_kit.widgets.prioritise.start import Start
from territ_kit.widgets.prioritise.tables import Scores, take_criteria
from territ_kit.widgets.steps.asker import Asker, choice
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.task import Task

PARTS = {"criteria": "Les critères et leurs points", "scores": "Les notes", "order": "L’ordre, et pourquoi"}
USUAL = {"id": "usual", "label": "Partir de quatre critères usuels", "primary": True}


class Notes(Task):
    """Three moments: what counts, the scores, the order."""

    id = "notes"
    label = "Noter et comparer : vos critères, vos notes"
    lead = "Dites ce qui compte avant de noter. Le classement est celui de vos poids et de vos notes."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.part = "criteria"
        self.choice = Asker(css_class="t-sobre")
        self.choice.on_change(self._follow)
        self.usual = Form(
            css_class="t-carte--sable", status="Aucun critère n’est encore choisi.", actions=[USUAL]
        )
        self.usual.on_action(lambda _action: self._take())
        self.points = Points(desk)
        self.criteria = CriterionLines(desk)
        self.start = Start(desk, also=True)
        self.candidates = CandidateLines(desk)
        self.words = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.criteria.menu.level = self.candidates.menu.level = 2
        self.parts = {
            "criteria": box("t-pile", self.usual, self.points, self.criteria.view),
            "scores": box("t-pile", self.start, self.candidates.view),
            "order": box("t-pile", self.words, self.figure),
        }
        self.view = box("t-pile", self.choice, *self.parts.values())
        self._shown: object = None

    def show(self) -> None:
        """Follow the dossier."""
        self.choice.ask([choice("part", "Où en êtes-vous ?", PARTS, kind="radio")], {"part": self.part})
        for name, part in self.parts.items():
            part.layout.display = None if name == self.part else "none"
        if self.part == "criteria":
            self.usual.layout.display = "none" if CRITERIA.of(self.desk.dossier) else None
            self.points.show_points()
            self.criteria.show()
        elif self.part == "scores":
            self.start.follow()
            self.candidates.show()
        else:
            self._say()

    def _follow(self, values: dict[str, Any]) -> None:
        self.part = values["part"] or self.part
        self.desk.tell("")

    def _take(self) -> None:
        self.desk.change(take_criteria, "Quatre critères sont repris. Changez-les à votre façon.")

    def _say(self) -> None:
        scores = Scores(self.desk.dossier)
        self.words.show(
            "prioritise_order", missing=scores.missing, waiting=scores.waiting, **_formula(scores)
        )
        part = self.desk.dossier.prioritisation
        shown = part.criteria, part.candidates
        if shown != self._shown:
            self._shown = shown
            self.figure.refresh()

    def _draw(self, build: Build) -> Drawn | None:
        scores = Scores(self.desk.dossier)
        if scores.missing:
            return None
        chart = build(ContributionsChart)
        return chart.show(
            contributions(scores.table, scores.weights, scores.senses), scores.weights
        ), chart.png


def _formula(scores: Scores) -> dict[str, str]:
    """Return the calculation of the first need, written out."""
    if scores.missing:
        return {"name": "", "sum": ""}
    brought = contributions(scores.table, scores.weights, scores.senses)
    name = str(brought.index[0])
    gained = [
        score if sense == "max" else 10 - score
        for score, sense in zip(scores.table.loc[[name]].to_numpy()[0].tolist(), scores.senses, strict=True)
    ]
    weights = scores.weights.tolist()
    said = [f"{fr(gain)} × {fr(weight)}" for gain, weight in zip(gained, weights, strict=True)]
    total = fr(round(float(brought.iloc[0].sum()), 6), 2)
    return {"name": name, "sum": f"({' + '.join(said)}) ÷ {fr(sum(weights))} = {total}"}
