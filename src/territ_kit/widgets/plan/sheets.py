"""« Fiches »: the action sheets, and eight points read in each."""

from __future__ import annotations

from typing import Any

from territ_kit.dossier import ACTIONS, AXES, NEEDS, OBJECTIVES, Action, Dossier, Indicator
from territ_kit.french import count
from territ_kit.planning.action_sheet import FIELDS, check_sheet, summary
from territ_kit.planning.evaluation import KINDS
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.plan.parts import figure, objective_names, priorities
from territ_kit.widgets.steps.asker import Asker, Field, choice, number, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.task import Task

_WHERE = "Constat, axe et lieu"
_WITH = "Partenaires et participation"
_WHEN = "Calendrier et temps"
_MEASURES = "Indicateurs"
_PARTS = {
    "label": "Ce qui est mesuré",
    "baseline": "Départ",
    "target": "Cible",
    "date": "Échéance",
    "source": "Source",
}
_LONG = ("finding", "steps", "partners", "links", "participation", "universalism")


class SheetLines(Lines[Action]):
    """The action sheets."""

    shelf = ACTIONS
    title = "Les fiches actions"
    noun = "fiche"
    add = "Ajouter une fiche"
    empty = "Aucune fiche. Reprenez les priorités, ou ajoutez une fiche."
    ordered = True

    def line(self, item: Action) -> str:
        """Return the title, and whether it is left aside."""
        return item.title if item.chosen or not item.title else f"{item.title} (laissée)"

    def fields(self, item: Action) -> list[Field]:
        """Return the heart of a sheet, the rest in closed groups."""
        dossier, territory = self.desk.dossier, self.desk.territory
        names = territory.area_names().drop(territory.code)
        areas = {"": "Tout le territoire", **dict(zip(names.index, names, strict=True))}
        axes = {"": "Aucun", **{axis.id: axis.label or "Sans nom" for axis in AXES.of(dossier)}}
        objectives = {"": "Aucun encore", **objective_names(OBJECTIVES.of(dossier))}
        return [
            _text("title"),
            _text("public"),
            _text("pilot"),
            choice("objective", *_listed("objective", objectives, item.objective)),
            _text("steps"),
            choice("axis", *_listed("axis", axes, item.axis), advanced=_WHERE),
            _text("finding", advanced=_WHERE),
            choice("area", *_listed("area", areas, item.area), advanced=_WHERE),
            _text("determinant", advanced=_WHERE),
            *(_text(name, advanced=_WITH) for name in ("partners", "links", "participation", "universalism")),
            number("start", "Premier mois", hint="1 est le premier mois du programme.", advanced=_WHEN),
            number("months", "Durée", unit="mois", advanced=_WHEN),
            number("half_days", "Temps du coordonnateur", unit="demi-journées par mois", advanced=_WHEN),
            *(_measure(kind, words) for kind, words in KINDS.items()),
        ]

    def values(self, item: Action) -> dict[str, Any]:
        """Return the values of the fields; one indicator of each kind is edited here."""
        names = [field["name"] for field in self.fields(item) if field["name"] not in KINDS]
        measures = {}
        for kind in KINDS:
            found = next((one for one in item.indicators if one.kind == kind), Indicator())
            measures[kind] = {part: said for part in _PARTS if (said := getattr(found, part))} or None
        return {name: getattr(item, name) for name in names} | measures

    def blank(self, identifier: str) -> Action:
        """Return a sheet without words."""
        return Action(id=identifier)

    def read(self, item: Action, values: dict[str, Any]) -> Action:
        """Return the sheet as it was filled; indicators that the form does not show stay."""
        most = 12 * self.desk.dossier.programme.years
        start = figure("Premier mois", values["start"], low=1, high=most, whole=True)
        months = figure("Durée", values["months"], low=1, high=most, whole=True)
        time = figure("Temps du coordonnateur", values["half_days"], high=60)
        words = {
            name: values[name] or ""
            for name in (*_LONG, "title", "public", "pilot", "objective", "axis", "area", "determinant")
        }
        return item.but(
            **words,
            start=None if start is None else int(start),
            months=None if months is None else int(months),
            half_days=time or 0,
            indicators=_measured(item, values),
        )


def _text(name: str, **more: Any) -> Field:
    label, hint = FIELDS[name]
    return text(name, label, hint=hint, lines=3 if name in _LONG else 1, length=1500, **more)


def _listed(name: str, options: dict[str, str], chosen: str) -> tuple[str, dict[str, str]]:
    """Return the label of a list and its options, the one chosen before among them."""
    return FIELDS[name][0], options if chosen in options else {**options, chosen: f"{chosen} (retiré)"}


def _measure(kind: str, words: str) -> Field:
    parts = [{"id": name, "label": label, "lines": 1, "length": 300} for name, label in _PARTS.items()]
    label = f"Indicateur de {words}"
    return {"name": kind, "kind": "text", "label": label, "fields": parts, "advanced": _MEASURES}


def _measured(item: Action, values: dict[str, Any]) -> tuple[Indicator, ...]:
    """Return the indicators, the first of each kind as it was filled."""
    indicators = list(item.indicators)
    for kind in KINDS:
        said = {name: (values[kind] or {}).get(name, "") for name in _PARTS}
        place = next((row for row, one in enumerate(indicators) if one.kind == kind), None)
        if place is not None:
            indicators[place] = indicators[place].but(**said)
        elif any(said.values()):
            indicators.append(Indicator(kind=kind, **said))
    return tuple(one for one in indicators if any(getattr(one, name) for name in _PARTS))


class Sheets(Task):
    """The sheets, and what to mend in the one on the page."""

    id = "fiches"
    label = "Que ferons-nous ? Les fiches actions"
    lead = "Une fiche par action : pour qui, qui la porte, ce qui se fait, comment on saura."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines = SheetLines(desk)
        self.offer = Asker(css_class="t-sobre")
        self.offer.on_action(lambda _action: self._take())
        self.words = Fragment(live=True)
        self.view = box("t-pile", self.offer, self.lines.view, self.words)

    def show(self) -> None:
        """Follow the dossier."""
        self.lines.show()
        absent = self._absent()
        label = f"Ouvrir une fiche pour {count(len(absent), 'priorité')}"
        self.offer.actions = [{"id": "take", "label": label, "primary": False}] if absent else []
        self.offer.layout.display = None if absent else "none"
        item = self.lines.item
        self.words.layout.display = None if item else "none"
        if item:
            checks = check_sheet(item, horizon=12 * self.desk.dossier.programme.years)
            self.words.show(
                "plan_sheet", title=item.title or "Sans titre", summary=summary(checks), checks=checks
            )

    def _absent(self) -> dict[str, str]:
        """Return the priorities that no action answers."""
        answered = {action.need for action in ACTIONS.of(self.desk.dossier)}
        return {one: said for one, said in priorities(self.desk.dossier).items() if one not in answered}

    def _take(self) -> None:
        absent = self._absent()

        def take(dossier: Dossier) -> Dossier:
            for one, said in absent.items():
                need = NEEDS.find(dossier, one)
                action = Action(
                    id=ACTIONS.new_id(dossier, said),
                    title=f"Répondre à : {said}",
                    need=one,
                    finding=(need.words or need.title) if need else said,
                    public=need.public if need else "",
                )
                dossier = ACTIONS.put(dossier, action)
            return dossier

        self.desk.change(take, "Une fiche par priorité est ouverte : donnez-leur un titre d’action.")
