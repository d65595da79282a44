"""« Méthodes »: four ways to rank, side by side."""

from __future__ import annotations

from typing import Any

import pandas as pd

from territ_kit.charts.methods_compared import MethodsComparedChart
from territ_kit.french import fr
from territ_kit.prioritisation.multicriteria import METHODS, compare_methods, rank
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.prioritise.start import Start
from territ_kit.widgets.prioritise.tables import Scores
from territ_kit.widgets.steps.asker import Asker, choice
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.task import Task

COLUMNS = {
    "rank": "Rang",
    "score": "Résultat",
    "to_best": "Distance au meilleur",
    "to_worst": "Distance au pire",
    "total_regret": "Regret total",
    "worst_regret": "Plus grand regret",
    "wins": "Part des duels gagnés",
    "losses": "Part des duels perdus",
}
KINDS = {"weighted ": "{} × poids", "regret ": "Regret, {}"}


class Methods(Task):
    """The method that gives the order, and what the others say."""

    id = "methodes"
    label = "Que disent d’autres méthodes ?"
    lead = "Les mêmes notes, quatre méthodes. Si l’ordre change, cherchez pourquoi."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.start = Start(desk)
        self.form = Asker(title="La méthode de votre classement", css_class="t-colle")
        self.form.on_change(self._choose)
        self.words = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.view = box(
            "t-pile", self.start, box("t-grille", self.form, box("t-pile", self.words, self.figure))
        )
        self._shown: object = None

    def show(self) -> None:
        """Follow the dossier."""
        self.start.follow()
        part = self.desk.dossier.prioritisation
        scores = Scores(self.desk.dossier)
        method = part.method if part.method in METHODS else "weighted_sum"
        options = {name: one.label for name, one in METHODS.items()}
        hint = METHODS[method].thinks
        self.form.layout.display = "none" if scores.missing else None
        self.form.ask([choice("method", "Méthode", options, hint=hint)], {"method": method})
        said: dict[str, Any] = {"missing": scores.missing if part.candidates else "", "sentence": ""}
        if not scores.missing:
            given = scores.table, scores.weights, scores.senses
            said |= {"sentence": compare_methods(*given).sentence, "waiting": scores.waiting}
            said |= steps(rank(*given, method=method)) | {"method": METHODS[method].label}
        self.words.show("prioritise_methods", **said)
        shown = part.criteria, part.candidates
        if shown != self._shown:
            self._shown = shown
            self.figure.refresh()

    def _choose(self, values: dict[str, Any]) -> None:
        self.desk.set("prioritisation", method=values["method"])

    def _draw(self, build: Build) -> Drawn | None:
        scores = Scores(self.desk.dossier)
        if scores.missing:
            return None
        ranks = compare_methods(scores.table, scores.weights, scores.senses).ranks
        chart = build(MethodsComparedChart)
        return chart.show(ranks.rename(columns={name: one.label for name, one in METHODS.items()})), chart.png


def steps(table: pd.DataFrame) -> dict[str, Any]:
    """Return the intermediate values of a method, in French."""
    heads = [_head(str(name)) for name in table.columns]
    rows = [
        [str(name), *(fr(value, 0 if column == "rank" else 2) for column, value in row.items())]
        for name, row in table.iterrows()
    ]
    return {"heads": heads, "rows": rows}


def _head(column: str) -> str:
    for start, words in KINDS.items():
        if column.startswith(start):
            return words.format(column.removeprefix(start))
    return COLUMNS[column]
