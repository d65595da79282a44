"""« Croiser »: needs beside resources and actions, cell by cell, corrected by the group."""

from __future__ import annotations

from typing import Any

from territ_kit.charts.crossing import CrossingChart
from territ_kit.diagnosis.needs import ACTIONS, BLIND_SPOT, NEED, RESOURCES, RULE, SATURATION
from territ_kit.diagnosis.proposal import PROPOSAL_RULE, propose_levels
from territ_kit.dossier import CELLS, NEEDS, Dossier, Need
from territ_kit.dossier.crossing import BY_HAND, LEVELS, cell_id, grid, place_of
from territ_kit.dossier.diagnosis import Cell
from territ_kit.french import count
from territ_kit.widgets.diagnose.tables import names_of, new_need, read_again
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker, choice
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.task import Task

_WORDS = {
    "need": ("Besoin", NEED),
    "resources": ("Ressources sur place", RESOURCES),
    "actions": ("Actions en place", ACTIONS),
}


_NOTHING = "Ce territoire n’a encore ni besoin ni action à croiser. Écrivez un besoin dans « Constats »."


class Crossing(Task):
    """The grid of themes and zones."""

    id = "croiser"
    label = "Où manque-t-il une réponse ? Croiser besoins, ressources et actions"
    lead = "Choisissez une case, corrigez ses trois niveaux avec le groupe, gardez ce qui compte."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.proposal = propose_levels(desk.territory)
        self.chosen = ""
        self.form = Asker(title="La case", level=2, css_class="t-colle")
        self.form.on_change(self._follow)
        self.form.on_action(self._act)
        self.words = Fragment(live=True)
        self.rules = Fragment().show("diagnose_rules", rules=RULE, proposal=PROPOSAL_RULE)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.view = box("t-grille", self.form, box("t-pile", self.words, self.figure, self.rules))
        self._shown: object = None

    def show(self) -> None:
        """Follow the dossier."""
        self.grid = grid(self.desk.territory, self.proposal, self.desk.dossier)
        if self.chosen not in self.grid.index:
            self.chosen = "" if self.grid.empty else str(self.grid["order"].idxmin())
        self.form.status = _NOTHING if self.grid.empty else ""
        self.words.layout.display = "none" if self.grid.empty else None
        if self.chosen:
            self._ask()
            self._say()
        shown = (self.chosen, self.grid[["zone_name", "theme_name", *LEVELS]].to_numpy().tolist())
        if shown != self._shown:
            self._shown = shown
            self.figure.refresh()

    @property
    def row(self) -> Any:
        """The chosen row of the grid."""
        return self.grid.loc[self.chosen]

    @property
    def kept(self) -> Need | None:
        """The need of the chosen cell, when it is kept."""
        return next((need for need in NEEDS.of(self.desk.dossier) if self._key(need) == self.chosen), None)

    def _ask(self) -> None:
        row = self.row
        here = self.grid[self.grid["zone"] == row["zone"]]
        zones = names_of(self.grid.drop_duplicates("zone").set_index("zone")["zone_name"])
        themes = names_of(here.set_index("theme")["theme_name"])
        spec = [choice("zone", "Zone ou public", zones), choice("theme", "Thème", themes)]
        spec += [choice(name, label, words) for name, (label, words) in _WORDS.items()]
        self.form.ask(spec, {name: row[name] for name in ("zone", "theme", *LEVELS)})
        kept, calling = self.kept, self._calling()
        actions = [
            {"id": "drop", "label": "Retirer des constats"}
            if kept
            else {"id": "keep", "label": "Garder ce besoin"},
            *([{"id": "all", "label": f"Garder {_all(len(calling))}"}] if calling else []),
            *([{"id": "back", "label": "Revenir au niveau proposé"}] if self._corrected() else []),
        ]
        self.form.actions = [{**one, "primary": one["id"] == "keep"} for one in actions]

    def _say(self) -> None:
        self.words.show(
            "diagnose_cell",
            label=self.row["label"],
            sentence=self.row["sentence"],
            why=self.row["why"],
            corrected=self._corrected(),
            kept=self.kept is not None,
        )

    def _corrected(self) -> bool:
        return CELLS.find(self.desk.dossier, self.chosen) is not None

    def _calling(self) -> list[str]:
        """Return the blind spots and saturations that no need keeps yet, the first to discuss first."""
        kept = {self._key(need) for need in NEEDS.of(self.desk.dossier)}
        calling = self.grid[self.grid["reading"].isin([BLIND_SPOT, SATURATION])].sort_values("order")
        return [str(key) for key in calling.index if key not in kept]

    def _draw(self, build: Build) -> Drawn | None:
        if self.grid.empty:
            return None
        chart = build(CrossingChart)
        return chart.show(self.grid, highlight=self.chosen), chart.png

    def _follow(self, values: dict[str, Any]) -> None:
        row = self.row
        if values["zone"] != row["zone"] or values["theme"] != row["theme"]:
            self._go(str(values["zone"]), str(values["theme"]))
            return
        levels = {name: values[name] or "" for name in LEVELS}
        cell = Cell(id=self.chosen, theme=str(row["theme"]), area=str(row["zone"]), **levels)
        self.desk.change(lambda dossier: self._correct(dossier, cell), "Niveau corrigé.")

    def _go(self, zone: str, theme: str) -> None:
        """Choose another cell; a zone without this theme shows its first one."""
        here = self.grid[self.grid["zone"] == zone]
        same = here[here["theme"] == theme]
        self.chosen = str((same if len(same) else here).index[0])
        self.desk.tell("")

    def _act(self, action: str) -> None:
        chosen, rows = self.chosen, self.grid
        if action == "keep":
            self._keep([chosen], "Gardé dans « Constats ».")
        elif action == "all":
            calling = self._calling()
            self._keep(calling, f"{count(len(calling), 'besoin')} dans « Constats ».")
        elif action == "drop" and (kept := self.kept):
            self.desk.change(
                lambda dossier: NEEDS.drop(dossier, kept.id), "Retiré des constats, vous pouvez annuler."
            )
        elif action == "back":
            why = rows.loc[chosen, "why"]
            levels = {name: str(self.proposal_of(chosen)[name]) for name in LEVELS} if why != BY_HAND else {}
            self.desk.change(
                lambda dossier: self._uncorrect(dossier, chosen, levels), "Niveau proposé repris."
            )
        self.form.focus = "drop" if action == "keep" else "keep"

    def proposal_of(self, key: str) -> Any:
        """Return the row that the territory's tables propose."""
        ids = [cell_id(*pair) for pair in zip(self.proposal["theme"], self.proposal["zone"], strict=True)]
        return self.proposal.iloc[ids.index(key)]

    def _key(self, need: Need) -> str:
        return cell_id(need.theme, place_of(need, self.desk.territory))

    def _correct(self, dossier: Dossier, cell: Cell) -> Dossier:
        """Keep the group's levels, and give them to the need of the same cell."""
        levels = {name: getattr(cell, name) for name in LEVELS}
        return self._give(CELLS.put(dossier, cell), cell.id, levels)

    def _uncorrect(self, dossier: Dossier, key: str, levels: dict[str, str]) -> Dossier:
        """Forget the group's levels; the need of the same cell takes those proposed."""
        dossier = CELLS.drop(dossier, key)
        return self._give(dossier, key, levels) if levels else dossier

    def _give(self, dossier: Dossier, key: str, levels: dict[str, Any]) -> Dossier:
        for need in NEEDS.of(dossier):
            if self._key(need) == key:
                dossier = NEEDS.put(dossier, read_again(need.but(**levels)))
        return dossier

    def _keep(self, keys: list[str], said: str) -> None:
        rows: dict[str, Any] = {key: self.grid.loc[key] for key in keys}

        def keep(dossier: Dossier) -> Dossier:
            kept = {self._key(need) for need in NEEDS.of(dossier)}
            for key, row in rows.items():
                if key not in kept:
                    dossier = NEEDS.put(dossier, new_need(dossier, row))
            return dossier

        self.desk.change(keep, said)


def _all(number: int) -> str:
    return "l’angle mort ou la saturation" if number == 1 else f"les {number} angles morts et saturations"
