"""« Acteurs »: who has power, who cares, and who must be strengthened."""

from __future__ import annotations

from typing import Any

from territ_kit.charts.actor_map import ActorMap
from territ_kit.consultation.stakeholders import QUADRANTS, stakeholder_map
from territ_kit.dossier import ACTORS, Actor
from territ_kit.errors import InputError
from territ_kit.widgets.consult.tables import actor_names, actors_table, take_case
from territ_kit.widgets.form import Form
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Field, choice, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.task import Task

KINDS = {
    "resident": "Habitants, usagers, familles",
    "elected": "Élus",
    "state": "État et agence de santé",
    "institution": "Institution, établissement",
    "professional": "Professionnels",
    "coordinator": "Coordination",
    "association": "Association",
    "other": "Autre",
}
_MORE = "Ce qu’il veut et ce qu’il apporte"


class ActorLines(Lines[Actor]):
    """The actors."""

    shelf = ACTORS
    title = "Les acteurs"
    noun = "acteur"
    add = "Ajouter un acteur"
    empty = "Aucun acteur n’est encore là. Commencez par ceux qui vivent la situation."

    def line(self, item: Actor) -> str:
        """Return the name, and whether the actor waits for a place."""
        waits = item.power is None or item.interest is None
        return f"{item.name or 'Sans nom'}{' (à placer)' if waits else ''}"

    def fields(self, item: Actor) -> list[Field]:  # noqa: ARG002 # the same for every line
        """Return the name, the place on the map, and the rest in a closed group."""
        axis = {"kind": "range", "min": 0, "max": 10, "unit": "sur 10"}
        return [
            text("name", "Nom de l’acteur", hint="Un rôle, jamais le nom d’une personne.", length=200),
            choice("kind", "Sorte d’acteur", KINDS),
            {"name": "power", "label": "Pouvoir de faire avancer ou d’arrêter le projet", **axis},
            {"name": "interest", "label": "Intérêt pour le sujet", **axis},
            text("wants", "Ce qu’il veut", lines=2, advanced=_MORE),
            text("red_line", "Sa ligne rouge", lines=2, advanced=_MORE),
            text("brings", "Ce qu’il apporte", lines=2, advanced=_MORE),
            text("words", "Vos notes", lines=2, advanced=_MORE),
        ]

    def values(self, item: Actor) -> dict[str, Any]:
        """Return the fields, the place out of ten."""
        places = {axis: getattr(item, axis) for axis in ("power", "interest")}
        tens = {axis: None if place is None else round(10 * place, 1) for axis, place in places.items()}
        return super().values(item) | tens

    def read(self, item: Actor, values: dict[str, Any]) -> Actor:
        """Return the actor, its place from 0 to 1."""
        return item.but(**values | {axis: _share(values[axis]) for axis in ("power", "interest")})

    def blank(self, identifier: str) -> Actor:
        """Return an actor to be placed."""
        return Actor(id=identifier, kind="resident")


class Actors(Task):
    """The actor map."""

    id = "acteurs"
    label = "Qui associer ? Placer les acteurs"
    lead = "Placez chaque acteur tel qu’il est aujourd’hui. Cherchez ensuite qui manque, et qui renforcer."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.start = CaseStart(desk)
        self.lines = ActorLines(desk)
        self.words = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.view = box("t-pile", self.start, self.lines.view, self.words, self.figure)
        self._shown: object = None

    def show(self) -> None:
        """Follow the dossier."""
        self.start.follow()
        self.lines.show()
        self._say()
        shown = self.lines.current, [item.model_dump() for item in self.lines.items]
        if shown != self._shown:
            self._shown = shown
            self.figure.refresh()

    def _say(self) -> None:
        """Say what the place of the chosen actor calls for, and who must be strengthened."""
        if not self.lines.items:
            self.words.html = ""
            return
        mapped = stakeholder_map(actors_table(self.desk.dossier))
        chosen = mapped.loc[self.lines.current]
        quadrant = QUADRANTS.get(str(chosen["quadrant"]))
        self.words.show(
            "consult_actor",
            name=chosen["name"],
            quadrant=quadrant,
            border=bool(chosen["border"]),
            call=chosen["call"],
            weak=mapped.loc[mapped["quadrant"] == "renforcer", "name"].tolist(),
            residents=int(mapped["kind"].eq("resident").sum()),
        )

    def _draw(self, build: Build) -> Drawn | None:
        if not self.lines.items:
            return None
        chart = build(ActorMap)
        mapped = stakeholder_map(actors_table(self.desk.dossier))
        return chart.show(mapped, highlight=self.lines.current), chart.png


class CaseStart(Form):
    """Offers the actors of the territory while the dossier has none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(css_class="t-carte--sable")
        self.desk = desk
        self.on_action(lambda _action: self._take())

    def follow(self) -> None:
        """Show the offer, or hide it."""
        number = len(self.desk.territory.actors)
        offered = number and not actor_names(self.desk.dossier)
        self.layout.display = None if offered else "none"
        if offered:
            self.title = "Aucun acteur dans votre dossier"
            self.status = (
                f"Le territoire en propose {number}, avec ce qu’ils veulent et qui pèse sur qui. "
                "Vous pourrez tout changer."
            )
            self.actions = [{"id": "take", "label": "Reprendre les acteurs du territoire", "primary": True}]

    def _take(self) -> None:
        territory = self.desk.territory
        self.desk.change(
            lambda dossier: take_case(dossier, territory), "Les acteurs du territoire sont repris."
        )


def _share(value: Any) -> float | None:
    """Return a place out of ten as a share.

    Raises
    ------
    InputError
        It is not a number from 0 to 10.
    """
    if value is None or value == "":
        return None
    if not isinstance(value, int | float) or not 0 <= value <= 10:
        raise InputError(f"« {value} » n’est pas compris. Écrivez un nombre de 0 à 10, par exemple 7.")
    return value / 10
