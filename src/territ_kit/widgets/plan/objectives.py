"""« Objectifs »: what must change, for whom, by when; axes, tree, SMART."""

from __future__ import annotations

from typing import Any

from territ_kit.dossier import AXES, OBJECTIVES, TREE, Axis, Dossier, Indicator, Objective
from territ_kit.dossier.programme import HORIZON_YEARS
from territ_kit.errors import InputError
from territ_kit.french import count
from territ_kit.planning.objectives import LEVELS, ObjectiveTree, objective_tree
from territ_kit.planning.smart import smart
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.plan.parts import figure, priorities
from territ_kit.widgets.steps.asker import Asker, Field, choice, number, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.task import Task

WHAT = {"objectives": "Les objectifs", "axes": "Les axes stratégiques", "frame": "Le cadre du programme"}
_ABOVE = {"general": (), "specific": ("general",), "operational": ("specific", "general")}
_BELOW = {"general": "specific", "specific": "operational"}
_FIGURES = "Chiffres, date, source et axe"
_FRAME = [
    text("title", "Titre du programme", length=300),
    text("carrier", "Structure porteuse", length=300),
    number("start_year", "Première année"),
    number("years", "Durée", unit="ans", hint=f"De 1 à {HORIZON_YEARS}."),
]
_MEASURE = ("label", "baseline", "target", "date", "source")


class AxisLines(Lines[Axis]):
    """The strategic axes."""

    shelf = AXES
    title = "Les axes stratégiques"
    noun = "axe"
    add = "Ajouter un axe"
    empty = "Aucun axe. Reprenez les priorités de l’étape précédente, ou écrivez un axe."
    ordered = True

    def line(self, item: Axis) -> str:
        """Return its name."""
        return item.label

    def fields(self, item: Axis) -> list[Field]:
        """Return its name and the priority that it answers."""
        known = {"": "Aucune", **priorities(self.desk.dossier)}
        if item.priority not in known:
            known[item.priority] = item.priority
        return [
            text(
                "label", "Nom de l’axe", lines=2, hint="Une grande direction : deux à quatre axes suffisent."
            ),
            choice("priority", "Priorité à laquelle il répond", known),
        ]

    def blank(self, identifier: str) -> Axis:
        """Return an axis without a name."""
        return Axis(id=identifier)

    def read(self, item: Axis, values: dict[str, Any]) -> Axis:
        """Return the axis as it was filled."""
        return item.but(label=values["label"] or "", priority=values["priority"] or "")


class ObjectiveLines(Lines[Objective]):
    """The objectives, in the order of the tree."""

    shelf = OBJECTIVES
    title = "Les objectifs"
    noun = "objectif"
    add = "Ajouter un objectif"
    empty = "Aucun objectif. Écrivez d’abord l’objectif général : vers quoi va le programme ?"

    _read: tuple[tuple[Objective, ...], ObjectiveTree | None] = ((), None)

    @property
    def tree(self) -> ObjectiveTree | None:
        """The tree, read once for each state of the dossier."""
        items = OBJECTIVES.of(self.desk.dossier)
        if items is not self._read[0]:
            self._read = items, read_tree(items)
        return self._read[1]

    @property
    def items(self) -> tuple[Objective, ...]:
        """The objectives as the tree reads them, or as they stand when they turn in a circle."""
        items, tree = OBJECTIVES.of(self.desk.dossier), self.tree
        order = list(tree.rows.index) if tree else [one.id for one in items]
        return tuple(sorted(items, key=lambda one: order.index(one.id)))

    def line(self, item: Objective) -> str:
        """Return its number and its text."""
        number = f"{self.tree.rows['number'][item.id]} " if self.tree else ""
        return f"{number}{item.text or 'Sans texte'}"

    def fields(self, item: Objective) -> list[Field]:
        """Return what must change, its level and place, for whom, and how it will be seen."""
        levels = {name: words[:1].upper() + words[1:] for name, words in LEVELS.items()}
        above = {
            one.id: one.text or "Sans texte"
            for one in self.items
            if one.level in _ABOVE[item.level] and one.id != item.id
        }
        axes = {"": "Aucun", **{axis.id: axis.label or "Sans nom" for axis in AXES.of(self.desk.dossier)}}
        if item.axis not in axes:
            axes[item.axis] = item.axis
        place = choice("under", "Il contribue à", {"": "Rien encore", **above})
        return [
            text("text", "Ce qui doit changer", lines=2, hint="Pour qui, quoi, avant quand.", length=400),
            choice("level", "Niveau", levels),
            *([] if item.level == "general" else [place]),
            text("public", "Public", hint="Qui d’abord : âge, lieu, situation.", length=300),
            text("label", "Indicateur : que regarderez-vous ?", length=300),
            text("baseline", "Point de départ", hint="Par exemple 22 %.", advanced=_FIGURES, length=100),
            text("target", "Cible", hint="Par exemple 40 %.", advanced=_FIGURES, length=100),
            text("date", "Échéance", hint="Par exemple décembre 2029.", advanced=_FIGURES, length=100),
            text("source", "Qui produit le chiffre ?", advanced=_FIGURES, length=200),
            choice("axis", "Axe", axes, advanced=_FIGURES),
        ]

    def values(self, item: Objective) -> dict[str, Any]:
        """Return the values of the fields, the indicator's among them."""
        measure = {name: getattr(item.indicator, name) for name in _MEASURE}
        own = {name: getattr(item, name) for name in ("text", "level", "under", "public", "axis")}
        names = {field["name"] for field in self.fields(item)}
        return {name: value for name, value in (own | measure).items() if name in names}

    def blank(self, identifier: str) -> Objective:
        """Return an objective under the chosen one; the first one is general."""
        here = self.item
        before = [one for one in self.items if one.id != identifier]
        if not before:
            return Objective(id=identifier)
        chosen = here or before[-1]
        level = _BELOW.get(chosen.level, chosen.level)
        under = chosen.id if chosen.level in _BELOW else chosen.under
        return Objective(id=identifier, level=level, under=under, axis=chosen.axis)

    def read(self, item: Objective, values: dict[str, Any]) -> Objective:
        """Return the objective as it was filled; one that changes level is placed again."""
        level = values["level"] or item.level
        under = (values.get("under") or "") if level == item.level else ""
        measure = {name: values[name] or "" for name in _MEASURE}
        return item.but(
            text=values["text"] or "",
            level=level,
            under=under,
            public=values["public"] or "",
            axis=values["axis"] or "",
            indicator=item.indicator.but(**measure),
        )

    def _act(self, action: str) -> None:
        """Add under the chosen line: the new one is not yet the current one when it is made."""
        if action != "add":
            super()._act(action)
            return
        identifier = self.shelf.new_id(self.desk.dossier, self.noun)
        item = self.blank(identifier)
        self.current = identifier
        self.desk.put(self.shelf, item)
        self.menu.focus = action


def read_tree(items: tuple[Objective, ...]) -> ObjectiveTree | None:
    """Return the tree, or None when objectives hang from each other in a circle."""
    try:
        return objective_tree(items)
    except InputError:
        return None


class Objectives(Task):
    """Axes and objectives, written and read."""

    id = "objectifs"
    label = "Que voulons-nous changer ? Axes et objectifs"
    lead = "Écrivez l’objectif général, puis les plus précis. Le kit pose des questions ; vous décidez."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.what = "objectives"
        self.form = Asker(css_class="t-sobre")
        self.form.on_change(self._follow)
        self.form.on_action(self._take)
        self.objectives = ObjectiveLines(desk)
        self.lines: dict[str, Lines[Any]] = {"objectives": self.objectives, "axes": AxisLines(desk)}
        self.frame = Asker(title="Le cadre du programme")
        self.frame.on_change(self._set_frame)
        self.smart, self.tree = Fragment(live=True), Fragment()
        views = [lines.view for lines in self.lines.values()]
        self.view = box("t-pile", self.form, self.frame, *views, self.smart, self.tree)

    def show(self) -> None:
        """Follow the dossier."""
        self.form.ask([choice("what", "Vous écrivez", WHAT, kind="radio")], {"what": self.what})
        self.form.actions = self._offers()
        for name, lines in self.lines.items():
            lines.view.layout.display = None if name == self.what else "none"
            lines.show()
        self.frame.layout.display = None if self.what == "frame" else "none"
        self.frame.ask(
            _FRAME, {field["name"]: getattr(self.desk.dossier.programme, field["name"]) for field in _FRAME}
        )
        programme, item, tree = self.desk.dossier.programme, self.objectives.item, self.objectives.tree
        read = item if self.what == "objectives" else None
        for piece in (self.smart, self.tree):
            piece.layout.display = None if read else "none"
        if read is None:
            return
        last = programme.start_year + programme.years - 1
        reading = smart(read, first_year=programme.start_year, last_year=last)
        self.smart.show("plan_smart", reading=reading, text=read.text or "Sans texte")
        rows = tree.rows.to_dict("records") if tree else []
        gaps = tree.gaps if tree else ("Des objectifs sont l’un sous l’autre, en rond. Changez l’un d’eux.",)
        self.tree.show("plan_tree", rows=rows, gaps=gaps)

    def _offers(self) -> list[dict[str, Any]]:
        if self.what == "frame":
            return []
        if self.what == "axes":
            number = len(self._priorities())
            label = f"Reprendre {count(number, 'priorité')} de l’étape précédente"
            return [{"id": "axes", "label": label, "primary": False}] if number else []
        wanted = self._wanted()
        label = f"Reprendre {count(len(wanted), 'objectif')} de l’arbre du diagnostic"
        return [{"id": "tree", "label": label, "primary": False}] if wanted else []

    def _priorities(self) -> dict[str, str]:
        """Return the priorities that no axis answers yet."""
        answered = {axis.priority for axis in AXES.of(self.desk.dossier)}
        return {one: said for one, said in priorities(self.desk.dossier).items() if one not in answered}

    def _wanted(self) -> list[Objective]:
        """Return the objectives of the problem tree, while none is written here."""
        if OBJECTIVES.of(self.desk.dossier):
            return []
        lines = [one for one in TREE.of(self.desk.dossier) if one.objective.strip()]
        roots = [
            Objective(id=one.id, text=one.objective, level="general")
            for one in lines
            if one.kind == "problem"
        ]
        above = roots[0].id if roots else ""
        causes = [
            Objective(id=one.id, text=one.objective, level="specific", under=above)
            for one in lines
            if one.kind == "cause"
        ]
        return [*roots, *causes]

    def _follow(self, values: dict[str, Any]) -> None:
        self.what = values["what"] or self.what
        self.desk.tell("")

    def _set_frame(self, values: dict[str, Any]) -> None:
        programme = self.desk.dossier.programme
        year = figure("Première année", values["start_year"], low=2000, high=2100, whole=True)
        years = figure("Durée", values["years"], low=1, high=HORIZON_YEARS, whole=True)
        self.frame.status = ""
        self.desk.set(
            "programme",
            title=values["title"] or "",
            carrier=values["carrier"] or "",
            start_year=int(year or programme.start_year),
            years=int(years or programme.years),
        )

    def _take(self, action: str) -> None:
        if action == "axes":
            found = self._priorities()

            def take(dossier: Dossier) -> Dossier:
                for one, said in found.items():
                    axis = Axis(id=AXES.new_id(dossier, f"axe {said}"), label=said, priority=one)
                    dossier = AXES.put(dossier, axis)
                return dossier

            self.desk.change(take, "Chaque priorité est devenue un axe : renommez-les.")
        else:
            wanted = self._wanted()

            def plant(dossier: Dossier) -> Dossier:
                for objective in wanted:
                    dossier = OBJECTIVES.put(dossier, objective.but(indicator=Indicator(kind="outcome")))
                return dossier

            self.desk.change(plant, "Les objectifs de l’arbre sont là : donnez-leur un public et un chiffre.")
