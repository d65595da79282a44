"""« Arbre »: one problem, its causes, its consequences; then the tree of objectives."""

from __future__ import annotations

from typing import Any

from territ_kit.charts.problem_tree import TreeChart
from territ_kit.diagnosis.disguised import spot_solution
from territ_kit.diagnosis.problem_tree import KINDS, check_tree, rooted, suspects, to_objectives
from territ_kit.dossier import TREE, Statement
from territ_kit.widgets.diagnose.tables import statements_table
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker, Field, choice, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.task import Task

_SORTS = {
    "problem": "Le problème",
    "cause": "Une cause",
    "consequence": "Une conséquence",
    "disguised": "Une solution déguisée, mise de côté",
}
DRAWINGS = {"problems": "L’arbre à problèmes", "objectives": "L’arbre d’objectifs"}


class StatementLines(Lines[Statement]):
    """The lines of the tree."""

    shelf = TREE
    title = "Les lignes de l’arbre"
    noun = "ligne"
    add = "Ajouter une ligne"
    empty = "L’arbre est vide. Écrivez d’abord le problème : que se passe-t-il, pour qui, où ?"
    ordered = False

    def line(self, item: Statement) -> str:
        """Return the text and its sort."""
        return f"{item.text or 'Sans texte'} ({KINDS[item.kind]})"

    def fields(self, item: Statement) -> list[Field]:
        """Return the text, its sort, where it hangs, and what is wanted instead."""
        suspicion = spot_solution(item.text) if item.kind != "disguised" else None
        hint = f"Cela ressemble à une solution ({suspicion.sign}). {suspicion.question}" if suspicion else ""
        fields = [
            text("text", "Ce qui se passe", lines=2, hint=hint, length=300),
            choice("kind", "C’est", _SORTS),
        ]
        if item.kind in {"cause", "consequence"}:
            fields.append(choice("under", _HANGS[item.kind], self._parents(item)))
        if item.kind != "disguised":
            fields.append(
                text("objective", "Ce que vous voulez à la place", hint=self._suggestion(item), length=300)
            )
        return fields

    def blank(self, identifier: str) -> Statement:
        """Return the problem, or a cause of it."""
        root = self._root
        return (
            Statement(id=identifier, kind="cause", under=root)
            if root
            else Statement(id=identifier, kind="problem")
        )

    def read(self, item: Statement, values: dict[str, Any]) -> Statement:
        """Return the line as it was filled; one that changes sort hangs from the problem again."""
        kind = values["kind"] or item.kind
        under = values.get("under") or item.under
        if kind != item.kind:
            under = self._root if kind in {"cause", "consequence"} else ""
        under = "" if under == item.id else under
        objective = values.get("objective", item.objective) or ""  # not asked while it is set aside
        return item.but(text=values["text"] or "", kind=kind, under=under, objective=objective)

    @property
    def _root(self) -> str:
        return next((one.id for one in self.items if one.kind == "problem"), "")

    def _parents(self, item: Statement) -> dict[str, str]:
        """Return where a line may hang: the problem, and the lines of its sort that do not hang from it."""
        below, grows = {item.id}, True
        while grows:
            more = {one.id for one in self.items if one.under in below} - below
            below, grows = below | more, bool(more)
        parents = {
            one.id: one.text or "Sans texte"
            for one in self.items
            if one.kind in {"problem", item.kind} and one.id not in below
        }
        return {"": "Pas encore placée", **parents}

    def _suggestion(self, item: Statement) -> str:
        table = rooted(statements_table(self.desk.dossier))
        if item.id not in set(table["id"]):
            return ""
        return f"Pour commencer : {to_objectives(table).loc[item.id, 'suggestion']!s}"


_HANGS = {"cause": "Elle aide à expliquer", "consequence": "Elle vient de"}


class Tree(Task):
    """A tree written line by line, and drawn."""

    id = "arbre"
    label = "Pourquoi ? L’arbre à problèmes"
    lead = "Écrivez un problème, ses causes et ses conséquences. Les solutions viendront après."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.drawn = "problems"
        self.lines = StatementLines(desk)
        self.form = Asker(css_class="t-sobre")
        self.form.on_change(self._follow)
        self.words = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.view = box("t-pile", self.lines.view, self.words, self.form, self.figure)
        self._shown: object = None

    def show(self) -> None:
        """Follow the dossier."""
        self.lines.show()
        table = statements_table(self.desk.dossier)
        self.form.ask([choice("drawn", "Dessin", DRAWINGS, kind="radio")], {"drawn": self.drawn})
        self.form.layout.display = None if len(table) else "none"
        found = suspects(table[table["kind"] != "disguised"]) if len(table) else table
        self.words.show(
            "diagnose_tree",
            faults=check_tree(table) if len(table) else [],
            suspects=found.to_dict("records") if len(table) else [],
        )
        shown = (self.drawn, table.to_numpy().tolist())
        if shown != self._shown:
            self._shown = shown
            self.figure.refresh()

    def _draw(self, build: Build) -> Drawn | None:
        table = statements_table(self.desk.dossier)
        table["text"] = table["text"].replace("", "Sans texte")
        if rooted(table).empty:
            return None
        chart = build(TreeChart)
        return chart.show(table, objectives=self.drawn == "objectives"), chart.png

    def _follow(self, values: dict[str, Any]) -> None:
        self.drawn = values["drawn"] or self.drawn
        self.desk.tell("")
