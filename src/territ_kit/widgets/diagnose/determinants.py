"""« Déterminants »: what makes each need, in layers from the person to the whole society."""

from __future__ import annotations

from typing import Any

from territ_kit.charts.layers import LayersChart
from territ_kit.diagnosis.determinants import DETERMINANTS, LAYERS, LayerCount, count_layers
from territ_kit.dossier import NEEDS, Need
from territ_kit.french import count
from territ_kit.widgets.diagnose.tables import names_of
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker, choice
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.task import Task

_OPEN = "general"  # read first: the layer that groups forget


class Determinants(Task):
    """The causes of each need, ticked in a list."""

    id = "determinants"
    label = "D’où cela vient-il ? Les déterminants"
    lead = "Pour chaque besoin, cochez ce qui le produit : du mode de vie aux choix publics."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.current = ""
        self.form = Asker(title="Un besoin, ses déterminants", level=2)
        self.form.on_change(self._follow)
        self.words = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.view = box("t-grille", self.form, box("t-pile", self.words, self.figure))
        self._shown: object = None

    def show(self) -> None:
        """Follow the dossier."""
        needs = NEEDS.of(self.desk.dossier)
        if NEEDS.find(self.desk.dossier, self.current) is None:
            self.current = needs[0].id if needs else ""
        self._ask(needs)
        self.found = self._count(needs)
        self.words.show(
            "diagnose_layers",
            sentence=self.found.sentence,
            warning=self.found.all_behaviour,
            needs=count(len(needs), "besoin"),
            any=bool(needs),
        )
        shown = self.found.table["causes"].tolist()
        if shown != self._shown:
            self._shown = shown
            self.figure.refresh()

    def _ask(self, needs: tuple[Need, ...]) -> None:
        need = NEEDS.find(self.desk.dossier, self.current)
        if need is None:
            self.form.ask([], {})
            self.form.status = "Aucun besoin n’est encore gardé. Commencez par croiser besoins et ressources."
            return
        self.form.status = ""
        spec = [choice("need", "Besoin", {one.id: one.title or "Sans titre" for one in needs})]
        values: dict[str, Any] = {"need": need.id}
        for layer, label in LAYERS.items():
            listed = names_of(DETERMINANTS.loc[DETERMINANTS["layer"] == layer, "label"])
            closed = {} if layer == _OPEN else {"advanced": label}
            spec.append(choice(layer, label, listed, kind="checkbox", **closed))
            values[layer] = [one for one in need.determinants if one in listed]
        self.form.ask(spec, values)

    def _count(self, needs: tuple[Need, ...]) -> LayerCount:
        pairs = [
            (str(DETERMINANTS.loc[one, "label"]), one)
            for need in needs
            for one in need.determinants
            if one in DETERMINANTS.index
        ]
        return count_layers([said for said, _ in pairs], [one for _, one in pairs])

    def _draw(self, build: Build) -> Drawn | None:
        if not NEEDS.of(self.desk.dossier):
            return None
        chart = build(LayersChart)
        return chart.show(self.found), chart.png

    def _follow(self, values: dict[str, Any]) -> None:
        if values["need"] != self.current:
            self.current = str(values["need"] or self.current)
            self.desk.tell("")
            return
        ticked = {one for layer in LAYERS for one in values[layer] or ()}
        kept = tuple(one for one in DETERMINANTS.index if one in ticked)
        current = self.current
        self.desk.change(
            lambda dossier: NEEDS.change(dossier, current, lambda need: need.but(determinants=kept))
        )
