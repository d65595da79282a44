"""« Choisir »: which actions fit the money, the time and the promise of equity."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from territ_kit.charts.portfolio import PortfolioChart
from territ_kit.dossier import ACTIONS, Action, Dossier
from territ_kit.dossier.programme import Choice
from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.planning.portfolio import Portfolio, Rules, choose, frontier
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.plan.parts import NO_ACTION, figure, known, titles
from territ_kit.widgets.steps.asker import Asker, choice, number
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.task import Task

_WORTH = "Valeur de chaque action"
_RULES = "Obligatoires, écartées, au choix"
_SETS = {
    "mandatory": "À garder absolument",
    "excluded": "À écarter",
    "either_or": "Une seule parmi celles-ci",
}
KEEP = {"id": "keep", "label": "Garder ce choix", "primary": True}


class Choosing(Task):
    """Limits on the left, the choice and what it costs to change them on the right."""

    id = "choisir"
    label = "Que gardons-nous ? Choisir sous contraintes"
    lead = "Donnez vos limites. La page cherche ce qui vaut le plus, et dit ce qui gêne."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.form = Asker(title="Vos limites", css_class="t-colle")
        self.form.on_change(self._follow)
        self.form.on_action(lambda _action: self._keep())
        self.words = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.view = box("t-grille", self.form, box("t-pile", self.words, self.figure))
        self._shown: object = None
        self.found: Portfolio | None = None
        self.refused = ""

    def show(self) -> None:
        """Follow the dossier; the choice is solved again only when something that it reads has changed."""
        programme, actions = self.desk.dossier.programme, known(ACTIONS.of(self.desk.dossier))
        shown = (
            programme.budget, programme.choice,
            [(a.id, a.title, a.value, a.equity, a.costs, a.half_days, a.months, a.after) for a in actions],
        )  # fmt: skip
        changed = shown != self._shown
        if changed:
            self._shown = shown
            self._solve(actions)
        self._ask(actions)
        stays = {one.id for one in actions if one.chosen}
        same = self.found is not None and set(self.found.chosen) == stays
        self.form.actions = [KEEP] if self.found and not same else []
        self.words.show(
            "plan_choice",
            empty=self._empty(actions),
            refused=self.refused,
            sentences=self.found.sentences() if self.found else (),
            same=same,
            stays=len(stays),
            worthless=sum(not one.value for one in actions),
        )
        if changed:
            self.figure.refresh()

    @staticmethod
    def _empty(actions: list[Action]) -> str:
        """Return what is missing before anything can be chosen."""
        if actions and not any(one.value for one in actions):
            return f"Aucune action n’a encore de valeur. Ouvrez « {_WORTH} » et donnez de 0 à 10 à chacune."
        return "" if actions else NO_ACTION

    def _solve(self, actions: list[Action]) -> None:
        self.table, self.found, self.refused = table_of(actions), None, ""
        if self._empty(actions):
            return
        programme, ids = self.desk.dossier.programme, {one.id for one in actions}
        limits = programme.choice
        self.rules = Rules(
            budget=math.inf if programme.budget is None else programme.budget,
            staff=math.inf if limits.staff is None else limits.staff,
            equity=limits.equity,
            mandatory=[one for one in limits.mandatory if one in ids],
            excluded=[one for one in limits.excluded if one in ids],
            either_or=[[one for one in limits.either_or if one in ids]] if limits.either_or else [],
            prerequisites=[(one.id, need) for one in actions for need in one.after],
        )
        try:
            self.found = choose(self.table, self.rules)
        except InputError as error:
            self.refused = str(error)

    def _ask(self, actions: list[Action]) -> None:
        if not actions:
            self.form.ask([], {})
            return
        programme = self.desk.dossier.programme
        capacity = programme.fte * programme.half_days_per_fte * 12 * programme.years
        names = titles(ACTIONS.of(self.desk.dossier))
        everyone = {identifier: said.removesuffix(" (laissée)") for identifier, said in names.items()}
        worth = {
            "name": "worth", "kind": "table", "label": "Valeur, de 0 à 10", "corner": "Action",
            "rows": [{"id": one, "label": said} for one, said in everyone.items()],
            "columns": [{"id": "value", "label": "Valeur"}], "advanced": _WORTH,
        }  # fmt: skip
        spec = [
            number(
                "budget", "Budget des actions", unit="€", hint="Sur tout le programme. Vide : sans limite."
            ),
            number(
                "staff",
                "Temps du coordonnateur",
                unit="demi-journées",
                hint=f"Le poste en donne {fr(capacity, 0)}. Vide : sans limite.",
            ),
            number("equity", "Part pour ceux qui ont le moins", unit="%", hint="De la valeur, au moins."),
            worth,
            choice("fair", "Va d’abord à ceux qui ont le moins", everyone, kind="checkbox", advanced=_WORTH),
            *(choice(name, said, everyone, kind="checkbox", advanced=_RULES) for name, said in _SETS.items()),
        ]
        limits = programme.choice
        values: dict[str, Any] = {
            "budget": programme.budget,
            "staff": limits.staff,
            "equity": round(100 * limits.equity, 6),
            "worth": {one.id: {"value": one.value} for one in actions if one.value},
            "fair": [one.id for one in actions if one.equity],
        }
        values |= {name: [one for one in getattr(limits, name) if one in everyone] for name in _SETS}
        self.form.ask(spec, values)

    def _draw(self, build: Build) -> Drawn | None:
        if self.found is None:
            return None
        chart = build(PortfolioChart)
        line = frontier(self.table, self.rules, points=20)
        return chart.show(line, self.found, self.table, budget=self.rules.budget), chart.png

    def _follow(self, values: dict[str, Any]) -> None:
        share = figure("Part d’équité", values["equity"], high=100)
        limits = Choice(
            staff=figure("Temps du coordonnateur", values["staff"], high=10_000),
            equity=(share or 0) / 100,
            **{name: tuple(values[name] or ()) for name in _SETS},
        )
        budget = figure("Budget des actions", values["budget"], high=100_000_000)
        cells, fair = values["worth"] or {}, set(values["fair"] or ())
        worth = {
            one.id: figure(f"Valeur de « {one.title} »", cells.get(one.id, {}).get("value"), high=10) or 0.0
            for one in ACTIONS.of(self.desk.dossier)
        }
        self.form.status = ""

        def change(dossier: Dossier) -> Dossier:
            programme = dossier.programme
            actions = tuple(
                one.but(value=worth.get(one.id, one.value), equity=one.id in fair)
                for one in programme.actions
            )
            return dossier.but(programme=programme.but(budget=budget, choice=limits, actions=actions))

        self.desk.change(change)

    def _keep(self) -> None:
        if self.found is None:
            return
        taken = set(self.found.chosen)

        def keep(dossier: Dossier) -> Dossier:
            programme = dossier.programme
            actions = tuple(one.but(chosen=one.id in taken) for one in programme.actions)
            return dossier.but(programme=programme.but(actions=actions))

        self.desk.change(keep, "Choix gardé : les autres actions restent dans le dossier, laissées de côté.")


def table_of(actions: list[Action]) -> pd.DataFrame:
    """Return what the choice reads of each action."""
    rows = [
        (one.title, one.value, sum(one.costs), one.half_days * (one.months or 0), one.equity)
        for one in actions
    ]
    columns = ["title", "value", "cost", "staff", "equity"]
    return pd.DataFrame(rows, columns=columns, index=pd.Index([one.id for one in actions], name="id"))
