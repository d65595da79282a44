"""« Constats »: the argued, ranked list of needs, which goes on to the next steps."""

from __future__ import annotations

from typing import Any

from territ_kit.charts.strengths import StrengthsChart
from territ_kit.diagnosis.findings import ORDER_RULE, rank_needs, summarise
from territ_kit.diagnosis.needs import ACTIONS, NEED, RESOURCES
from territ_kit.dossier import NEEDS, Dossier, Need
from territ_kit.dossier.crossing import LEVELS
from territ_kit.widgets.diagnose.evidence import Proofs
from territ_kit.widgets.diagnose.tables import evidence_table, names_of, needs_table, read_again
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker, Field, choice, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.task import Task

SORT = {"id": "sort", "label": "Ranger dans l’ordre proposé", "primary": False}
_WHERE = "Thème, lieu et public"
_LEVELS = "Niveaux"
_KEPT = {"yes": "Ce besoin passe aux étapes suivantes"}


class NeedLines(Lines[Need]):
    """The needs, in the group's order."""

    shelf = NEEDS
    title = "Vos besoins, du plus important au moins important"
    noun = "besoin"
    add = "Ajouter un besoin"
    empty = "La liste est vide. Gardez des cases dans « Croiser », ou écrivez un besoin."
    ordered = True

    def line(self, item: Need) -> str:
        """Return the title, and whether it stops here."""
        return item.title if item.kept or not item.title else f"{item.title} (non retenu)"

    def fields(self, item: Need) -> list[Field]:
        """Return what the need says, whether it goes on, then where and how much."""
        territory = self.desk.territory
        themes = {"": "Sans thème", **names_of(territory.themes)}
        if item.theme not in themes:
            themes[item.theme] = item.theme
        areas = {"": "Tout le territoire", **names_of(territory.zones["name"])}
        areas |= names_of(territory.area_names().drop(territory.code))
        if item.area not in areas:
            areas[item.area] = item.area_name or item.area
        levels = zip(
            LEVELS, ("Besoin", "Ressources", "Actions"), (NEED, RESOURCES, ACTIONS), strict=True
        )  # fmt: skip
        return [
            text("title", "Le besoin", lines=2, hint="Qui, où, quoi : une phrase.", length=300),
            text("words", "Ce que vous en dites", lines=2, length=1000),
            choice("kept", "Pour la suite", _KEPT, kind="checkbox"),
            choice("theme", "Thème", themes, advanced=_WHERE),
            choice("area", "Lieu", areas, advanced=_WHERE),
            text("public", "Public", hint="Par exemple : apprentis de 16 à 18 ans.", advanced=_WHERE),
            *(choice(name, label, words, advanced=_LEVELS) for name, label, words in levels),
        ]

    def values(self, item: Need) -> dict[str, Any]:
        """Return the values of the fields."""
        return {**super().values(item), "kept": ["yes"] if item.kept else []}

    def blank(self, identifier: str) -> Need:
        """Return a need without words."""
        return Need(id=identifier)

    def read(self, item: Need, values: dict[str, Any]) -> Need:
        """Return the need as it was filled, with the reading of its levels."""
        words = {name: values[name] or "" for name in ("title", "words", "theme", "area", "public", *LEVELS)}
        territory = self.desk.territory
        names = names_of(territory.zones["name"]) | names_of(territory.area_names())
        name = item.area_name if words["area"] == item.area else str(names.get(words["area"], ""))
        new = item.but(**words, area_name=name, kept=bool(values["kept"]))
        same = all(getattr(item, level) == getattr(new, level) for level in LEVELS)
        return new if same else read_again(new)


class Findings(Task):
    """The output of the step."""

    id = "constats"
    label = "Que retenons-nous ? Les constats argumentés"
    lead = "Donnez à chaque besoin ses appuis, rangez la liste, décochez ce qui ne passe pas la suite."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines = NeedLines(desk)
        self.proofs = Proofs(desk)
        self.order = Asker(css_class="t-sobre")
        self.order.on_action(lambda _action: self._sort())
        self.words = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.view = box(
            "t-pile", self.words, self.lines.view, self.order, self.proofs.view, self.figure
        )  # fmt: skip
        self._shown: object = None

    def show(self) -> None:
        """Follow the dossier."""
        self.lines.show()
        dossier = self.desk.dossier
        self.ranked = rank_needs(needs_table(dossier), evidence_table(dossier))
        self.own = self.ranked.loc[[need.id for need in NEEDS.of(dossier)]]
        need = self.lines.item
        self.proofs.show(need, str(self.ranked.loc[need.id, "sentence"]) if need else "")
        sorted_ = self.own.index.equals(self.ranked.index)
        self.order.actions = [] if sorted_ else [SORT]
        self.order.layout.display = "none" if sorted_ else None
        self.words.show("diagnose_findings", sentence=summarise(self.ranked), rule=ORDER_RULE)
        shown = self.own.drop(columns="missing").reset_index().to_numpy().tolist()
        if shown != self._shown:
            self._shown = shown
            self.figure.refresh()

    def _draw(self, build: Build) -> Drawn | None:
        if self.own.empty:
            return None
        chart = build(StrengthsChart)
        return chart.show(self.own), chart.png

    def _sort(self) -> None:
        ranks = self.ranked["rank"].to_dict()

        def sort(dossier: Dossier) -> Dossier:
            needs = sorted(NEEDS.of(dossier), key=lambda need: ranks.get(need.id, len(ranks)))
            return dossier.but(diagnosis=dossier.diagnosis.but(needs=tuple(needs)))

        self.desk.change(sort, "Liste rangée dans l’ordre proposé, vous pouvez annuler.")
        self.lines.menu.focus = "add"
