"""« Logique »: what leads to what, drawn from what is written."""

from __future__ import annotations

from typing import Any

from territ_kit.charts.logic_model import LogicModelChart
from territ_kit.dossier import ACTIONS, OBJECTIVES
from territ_kit.planning.logic_model import programme_logic
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.plan.parts import kept, objective_names, titles
from territ_kit.widgets.steps.asker import Asker, choice
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.task import Task


class Logic(Task):
    """The logic model, and one link to mend at a time."""

    id = "logique"
    label = "Si nous faisons cela, alors quoi ? Le modèle logique"
    lead = "Lisez la figure de gauche à droite, « si… alors… », et réparez les maillons qui manquent."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.chosen = ""
        self.form = Asker(title="Relier une action à ce qu’elle sert", css_class="t-colle")
        self.form.on_change(self._follow)
        self.words = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.view = box("t-pile", self.words, self.figure, self.form)
        self._shown: object = None

    def show(self) -> None:
        """Follow the dossier."""
        dossier = self.desk.dossier
        actions = kept(dossier)
        self.model = programme_logic(dossier.programme.but(actions=tuple(actions)))
        self.words.show(
            "plan_logic",
            summary=self.model.summary,
            sentences=self.model.broken["sentence"].tolist(),
            actions=len(actions),
        )
        self.form.layout.display = None if actions else "none"
        if actions:
            self._ask(titles(actions))
        shown = (self.model.items.reset_index().to_numpy().tolist(), self.model.links)
        if shown != self._shown:
            self._shown = shown
            self.figure.refresh()

    def _ask(self, names: dict[str, str]) -> None:
        dossier = self.desk.dossier
        if self.chosen not in names:
            broken = [str(one).removeprefix("action:") for one in self.model.broken["item"]]
            self.chosen = next((one for one in broken if one in names), next(iter(names)))
        action = ACTIONS.find(dossier, self.chosen)
        objectives = {"": "Aucun encore", **objective_names(OBJECTIVES.of(dossier))}
        served = action.objective if action else ""
        if served not in objectives:
            objectives[served] = f"{served} (retiré)"
        self.form.ask(
            [choice("action", "Action", names), choice("objective", "Objectif qu’elle sert", objectives)],
            {"action": self.chosen, "objective": served},
        )

    def _draw(self, build: Build) -> Drawn | None:
        if self.model.items.empty:
            return None
        chart = build(LogicModelChart)
        return chart.show(self.model), chart.png

    def _follow(self, values: dict[str, Any]) -> None:
        if values["action"] != self.chosen:
            self.chosen = values["action"] or ""
            self.desk.tell("")
            return
        objective = values["objective"] or ""
        self.desk.change(
            lambda dossier: ACTIONS.change(dossier, self.chosen, lambda one: one.but(objective=objective)),
            "Lien enregistré.",
        )
