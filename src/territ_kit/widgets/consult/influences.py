"""« Influences »: who weighs on whom, and who wants the same thing."""

from __future__ import annotations

from typing import Any

from territ_kit.charts.influence_map import InfluenceMap
from territ_kit.consultation.influence import STRONG, Alliances, Influence, alliances, mactor
from territ_kit.dossier import GOALS, Goal
from territ_kit.widgets.consult.actors import CaseStart
from territ_kit.widgets.consult.tables import actor_names, influences_table, stances_table
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker, Field, choice, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.task import Task

WEIGHTS = {
    "0": "0 : aucune influence",
    "1": "1 : sur ses façons de travailler",
    "2": "2 : sur ses projets",
    "3": "3 : sur ses missions",
    "4": "4 : peut remettre en cause son existence",
}
STANCES = {
    "": "Nous ne savons pas",
    "3": "+3 : très favorable",
    "2": "+2 : favorable",
    "1": "+1 : plutôt favorable",
    "0": "0 : ne prend pas parti",
    "-1": "−1 : plutôt opposé",
    "-2": "−2 : opposé",
    "-3": "−3 : très opposé",
}
SIDES = {"influences": "Qui pèse sur qui", "stances": "Qui défend quoi"}


class GoalLines(Lines[Goal]):
    """What actors are for or against."""

    shelf = GOALS
    title = "Les objectifs en débat"
    noun = "objectif"
    add = "Ajouter un objectif"
    empty = "Aucun objectif n’est encore écrit. Qu’est-ce qui divise, ou rassemble ?"
    ordered = True

    def line(self, item: Goal) -> str:
        """Return its words."""
        return item.label

    def fields(self, item: Goal) -> list[Field]:  # noqa: ARG002 # the same for every line
        """Return its words."""
        return [
            text("label", "L’objectif", lines=2, hint="Ce que l’on peut défendre ou refuser.", length=300)
        ]

    def blank(self, identifier: str) -> Goal:
        """Return a goal without words."""
        return Goal(id=identifier)


class Influences(Task):
    """Two tables filled one cell at a time, and what they say."""

    id = "influences"
    label = "Qui pèse sur qui ? Qui défend quoi ?"
    lead = "Dites ce que le groupe croit, puis cherchez qui peut faire changer l’avis d’un autre."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.side, self.actor, self.target, self.goal = "influences", "", "", ""
        self.start = CaseStart(desk)
        self.form = Asker(title="Ce que nous croyons", css_class="t-colle")
        self.form.on_change(self._follow)
        self.goals = GoalLines(desk)
        self.words, self.camps = Fragment(live=True), Fragment()
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        results = box("t-pile", self.words, self.camps, self.figure)
        self.view = box("t-pile", self.start, box("t-grille", self.form, results), self.goals.view)
        self._shown: object = None

    def show(self) -> None:
        """Follow the dossier."""
        self.start.follow()
        names = actor_names(self.desk.dossier)
        goals = {goal.id: goal.label or "Sans titre" for goal in GOALS.of(self.desk.dossier)}
        ids = list(names)
        self.actor = self.actor if self.actor in ids else next(iter(ids), "")
        others = [other for other in ids if other != self.actor]
        self.target = self.target if self.target in others else next(iter(others), "")
        self.goal = self.goal if self.goal in goals else next(iter(goals), "")
        self.form.layout.display = None if len(ids) > 1 else "none"
        stances = self.side == "stances"
        self.goals.view.layout.display = None if stances else "none"
        if stances:
            self.goals.show()
        if len(ids) < 2:
            said = "Il faut au moins deux acteurs. Ajoutez-les avec la tâche « Qui associer ? »."
            self.words.show("consult_nothing", text=said)
            self.camps.html, self._shown = "", None
            self.figure.layout.display = "none"
            return
        self._ask(names, goals)
        self._say(names, goals)
        part = self.desk.dossier.consultation
        shown = self.side, self.actor, names, part.influences
        if shown != self._shown:
            self._shown = shown
            self.figure.refresh()

    def _ask(self, names: dict[str, str], goals: dict[str, str]) -> None:
        part = self.desk.dossier.consultation
        spec = [
            choice("side", "Que remplissez-vous ?", SIDES, kind="radio"),
            choice("actor", "Acteur", names),
        ]
        values: dict[str, Any] = {"side": self.side, "actor": self.actor}
        if self.side == "influences":
            others = {key: name for key, name in names.items() if key != self.actor}
            weight = part.influences.get(self.actor, {}).get(self.target, 0)
            spec += [choice("target", "Pèse sur", others), choice("weight", "Combien ?", WEIGHTS)]
            values |= {"target": self.target, "weight": str(weight)}
        elif goals:
            stance = part.stances.get(self.actor, {}).get(self.goal)
            spec += [choice("goal", "Objectif", goals), choice("stance", "Sa position", STANCES)]
            values |= {"goal": self.goal, "stance": "" if stance is None else str(stance)}
        self.form.ask(spec, values)

    def _follow(self, values: dict[str, Any]) -> None:
        """Move to another cell, or fill the one that is shown."""
        moved = {
            name: values[name]
            for name in ("side", "actor", "target", "goal")
            if values.get(name) and values[name] != getattr(self, name)
        }
        if moved:
            for name, value in moved.items():
                setattr(self, name, value)
            self.desk.tell("")
        elif self.side == "influences":
            self._fill("influences", self.target, int(values["weight"] or 0))
        elif self.goal:
            stance = values.get("stance")
            self._fill("stances", self.goal, int(stance) if stance else None)

    def _fill(self, table: str, column: str, value: int | None) -> None:
        given = getattr(self.desk.dossier.consultation, table)
        row = {key: old for key, old in given.get(self.actor, {}).items() if key != column}
        if value is not None:
            row[column] = value
        self.desk.set("consultation", **{table: {**given, self.actor: row}})

    # -- what the tables say

    def _links(self) -> Influence | None:
        table = influences_table(self.desk.dossier)
        return mactor(table) if table.to_numpy().any() else None

    def _say(self, names: dict[str, str], goals: dict[str, str]) -> None:
        links = self._links()
        self.camps.html = ""
        if self.side == "influences" and links is None:
            said = "Aucune influence n’est encore dite. Commencez par une case."
            self.words.show("consult_nothing", text=said)
        elif self.side == "influences" and links is not None:
            self.words.show("consult_influence", **_weights(links, self.actor, names))
        elif not goals:
            said = "Écrivez d’abord un objectif en débat, en bas de la page."
            self.words.show("consult_nothing", text=said)
        else:
            power = links.actors["power"] if links is not None else None
            camps = alliances(stances_table(self.desk.dossier), power=power)
            self.words.show("consult_goal", **_goal(camps, self.goal, names, goals))
            self.camps.show("consult_camps", **_camps(camps, self.actor, names, goals))

    def _draw(self, build: Build) -> Drawn | None:
        links = self._links() if len(actor_names(self.desk.dossier)) > 1 else None
        if links is None or self.side != "influences":
            return None
        chart = build(InfluenceMap)
        names = links.actors.index.to_series().map(actor_names(self.desk.dossier))
        return chart.show(links, names, highlight=self.actor), chart.png


def _weights(links: Influence, actor: str, names: dict[str, str]) -> dict[str, Any]:
    """Return what the page says of the influence of an actor."""
    row, direct = links.actors.loc[actor].to_dict(), links.direct.to_dict("index")
    return {
        "name": names[actor],
        "place": row["place"],
        "rank": int(row["rank"]),
        "number": len(names),
        "on": [names[str(key)] for key, weight in direct[actor].items() if weight >= STRONG],
        "by": [names[str(key)] for key, on in direct.items() if on[actor] >= STRONG],
    }


def _goal(camps: Alliances, goal: str, names: dict[str, str], goals: dict[str, str]) -> dict[str, Any]:
    """Return what the page says of a goal."""
    here = camps.objectives.loc[goal]
    sides = {side: [names[key] for key in here[side]] for side in ("allies", "opponents")}
    return {"goal": goals[goal], "undecided": len(here["undecided"]), **sides}


def _camps(camps: Alliances, actor: str, names: dict[str, str], goals: dict[str, str]) -> dict[str, Any]:
    """Return what the page says of an actor among the others, and of all the goals."""
    near, far = (table.loc[actor].to_dict() for table in (camps.convergence, camps.divergence))
    most_near, most_far = max(near.values()), max(far.values())
    ordered = camps.objectives.sort_values("split", ascending=False, kind="stable")
    return {
        "name": names[actor],
        "near": [names[str(key)] for key, number in near.items() if number == most_near > 0],
        "near_number": most_near,
        "far": [names[str(key)] for key, number in far.items() if number == most_far > 0],
        "far_number": most_far,
        "rows": [
            {
                "label": goals[str(key)],
                "for": len(row["allies"]),
                "against": len(row["opponents"]),
                "split": round(100 * row["split"]),
            }
            for key, row in ordered.iterrows()
        ],
        "weighted": camps.weighted,
    }
