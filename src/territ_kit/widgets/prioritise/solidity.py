"""« Solidité »: ten thousand draws, the weight that turns the order, and a weight to try."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from territ_kit.charts.rank_chances import RankChancesChart, percent
from territ_kit.charts.weight_swing import WeightSwingChart
from territ_kit.dossier import Criterion, Dossier
from territ_kit.french import fr
from territ_kit.prioritisation.multicriteria import rank
from territ_kit.prioritisation.robustness import (
    SOLID,
    Change,
    RankChances,
    Swing,
    rank_chances,
    score_lines,
    smallest_change,
    swing,
)
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.prioritise.start import Start
from territ_kit.widgets.prioritise.tables import Scores
from territ_kit.widgets.steps.asker import Asker, choice
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.task import Task

DRAWS = {"all": "Tous les poids possibles", "near": "Des poids proches des nôtres"}
NEAR = 30.0
"""Concentration of the weights drawn near the group's (« hypothèse pédagogique »)."""
KEEP = {"id": "keep", "label": "Garder ce poids", "primary": False}
BACK = {"id": "back", "label": "Revenir à nos poids", "primary": False}


class Solidity(Task):
    """A weight to try on the left; what holds and what does not on the right.

    What is tried is not saved: the picture follows the slider, and a button keeps the weight.
    """

    id = "solidite"
    label = "Ce classement tient-il ?"
    lead = "Changez un poids : l’ordre tient-il ? Les tirages parlent de vos poids, pas de la santé."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.start = Start(desk)
        self.form = Asker(title="Essayez un autre poids", css_class="t-colle")
        self.form.on_change(self._try)
        self.form.on_action(self._act)
        self.cards = Fragment()
        self.order = Fragment(live=True)
        self.swing = Drawing(self._draw_swing, banner=desk.territory.banner)
        self.chances = Drawing(self._draw_chances, banner=desk.territory.banner)
        results = box("t-pile", self.cards, self.order, self.swing, self.chances)
        self.view = box("t-pile", self.start, box("t-grille", self.form, results))
        self.criterion, self.trial, self.draws = "", None, "all"
        self.scores = Scores(desk.dossier)
        self.found: RankChances | None = None
        self.turns: Swing | None = None
        self._shown: object = None

    criterion: str
    """The name of the criterion whose weight is tried."""
    trial: float | None
    """Its weight in points of 100; None for the group's own."""

    def show(self) -> None:
        """Follow the dossier: everything is calculated again only when scores or weights have changed."""
        self.start.follow()
        part = self.desk.dossier.prioritisation
        shown = part.criteria, part.candidates, self.draws
        if shown != self._shown:
            self._shown, self.trial = shown, None
            self._calculate()
            self.swing.refresh()
            self.chances.refresh()
        self._ask()
        self._say()

    def _calculate(self) -> None:
        scores = self.scores = Scores(self.desk.dossier)
        self.found = self.turns = None
        if scores.missing:
            return
        given = scores.table, scores.weights, scores.senses
        near = NEAR if self.draws == "near" else None
        self.found = rank_chances(
            scores.table, scores.weights, doubt=scores.doubt, senses=scores.senses, concentration=near
        )
        self.turns = swing(*given) if len(scores.table) > 1 else None
        change = smallest_change(*given) if self.turns else None
        self.cards.show("prioritise_solid", cards=_cards(self.found, change), waiting=scores.waiting)
        if self.criterion not in scores.weights.index:
            self.criterion = _soonest(self.turns, scores.weights)

    def _ask(self) -> None:
        missing = self.scores.missing or ("" if self.turns else "Il faut deux besoins notés pour comparer.")
        self.form.layout.display = "none" if missing else None
        if missing:
            self.cards.show("prioritise_missing", missing=missing if self.scores.names else "")
            return
        weights = self.scores.weights
        now = float(weights[self.criterion] / weights.sum() * 100)
        point = {"kind": "range", "min": 0, "max": 100, "unit": "%"}
        hint = "Les autres critères gardent leurs proportions."
        self.form.ask(
            [
                choice("criterion", "Critère", {name: name for name in weights.index}),
                {"name": "weight", "label": "Son poids", "hint": hint, **point},
                choice(
                    "draws", "Ce que l’on tire au hasard", DRAWS, kind="radio", advanced="Régler les tirages"
                ),
            ],
            {
                "criterion": self.criterion,
                "weight": round(now, 1) if self.trial is None else self.trial,
                "draws": self.draws,
            },
        )
        self.form.actions = [] if self.trial is None else [KEEP, BACK]

    def _try(self, values: dict[str, Any]) -> None:
        if values["draws"] != self.draws:
            self.draws = values["draws"]
            self.show()
        elif values["criterion"] != self.criterion:
            self.criterion, self.trial = values["criterion"], None
            self._follow()
        elif isinstance(values["weight"], int | float) and 0 <= values["weight"] <= 100:
            self.trial = float(values["weight"])
            self._follow()
        else:
            said = values["weight"]
            self.form.errors = {"weight": f"« {said} » n’est pas compris. Écrivez un nombre de 0 à 100."}

    def _follow(self) -> None:
        self._ask()
        self.swing.refresh()
        self._say()

    def _act(self, action: str) -> None:
        self.form.focus = "keep"
        if action == "keep" and self.trial is not None:
            points = self.tried()
            self.desk.change(lambda dossier: with_points(dossier, points), "Ce poids est gardé.")
        else:
            self.trial = None
            self._follow()

    def tried(self) -> pd.Series[float]:
        """Return the points of each criterion with the weight that is tried, the others in proportion."""
        points = 100 * self.scores.weights / self.scores.weights.sum()
        if self.trial is None:
            return points
        others = points.drop(self.criterion)
        shares = others / others.sum() if others.sum() else others * 0 + 1 / max(len(others), 1)
        tried = {**shares * (100 - self.trial), self.criterion: self.trial}
        return pd.Series(tried, dtype=float).reindex(points.index)

    def _say(self) -> None:
        if not self.found or not self.turns:
            self.order.html = ""
            return
        points = self.tried()
        table = rank(self.scores.table, points, self.scores.senses, method="weighted_sum")
        before = rank(self.scores.table, self.scores.weights, self.scores.senses, method="weighted_sum")
        self.order.show(
            "prioritise_tried",
            criterion=self.criterion,
            points=None if self.trial is None else fr(self.trial),
            same=table["rank"].equals(before["rank"]),
            rows=[
                (int(row["rank"]), str(name), fr(round(row["score"], 6), 2))
                for name, row in table.head(5).iterrows()
            ],
        )

    def _draw_swing(self, build: Build) -> Drawn | None:
        if not self.turns:
            return None
        scores = self.scores
        lines = score_lines(scores.table, scores.weights, self.criterion, scores.senses)
        chart = build(WeightSwingChart)
        return chart.show(lines, self.turns, self.criterion, trial=self.trial), chart.png

    def _draw_chances(self, build: Build) -> Drawn | None:
        if not self.found or not self.turns:
            return None
        chart = build(RankChancesChart)
        return chart.show(self.found), chart.png


def with_points(dossier: Dossier, points: pd.Series[float]) -> Dossier:
    """Return the dossier with these points, in the order of its criteria that have some."""
    given = iter(points.round(1).tolist())

    def spread(criterion: Criterion) -> Criterion:
        return criterion.but(weight=next(given)) if criterion.weight > 0 else criterion

    part = dossier.prioritisation
    return dossier.but(prioritisation=part.but(criteria=tuple(spread(one) for one in part.criteria)))


def _soonest(turns: Swing | None, weights: pd.Series[float]) -> str:
    """Return the criterion that turns the order with the fewest points, else the heaviest."""
    if turns is not None and turns.table["at"].notna().any():
        return str(turns.table["change"].abs().idxmin())
    return str(weights.idxmax())


def _cards(found: RankChances, change: Change | None) -> list[dict[str, Any]]:
    share = float(found.first.max())
    solid = share >= SOLID
    cards = [{"value": f"{percent(share)} sur 100", "sure": solid, "text": found.sentence}]
    if change is not None:
        value = "Aucun" if change.points is None else _points(change.points)
        cards.append({"value": value, "sure": change.points is None, "text": change.sentence})
    return cards


def _points(value: float) -> str:
    rounded = np.round(value, 1)
    return f"{fr(float(rounded), 0 if rounded == round(rounded) else 1)} point{'s' if rounded >= 2 else ''}"
