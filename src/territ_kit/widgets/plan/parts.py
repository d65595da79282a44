"""What the tasks of this page read of the dossier, and numbers as a person types them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from territ_kit.dossier import ACTIONS, Action, Dossier, Objective, Programme
from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.planning.objectives import LEVELS
from territ_kit.planning.programme import Calendar, calendar

UNTITLED = "Action sans titre"
NO_ACTION = "Aucune fiche action n’est encore écrite. Commencez par la tâche « Les fiches actions »."


def known(actions: Sequence[Action]) -> list[Action]:
    """Return the actions, waiting only for those that are among them."""
    ids = {action.id for action in actions}
    return [
        action.but(
            title=action.title or UNTITLED, after=tuple(other for other in action.after if other in ids)
        )
        for action in actions
    ]


def kept(dossier: Dossier) -> list[Action]:
    """Return the actions that stay in the programme."""
    return known([action for action in ACTIONS.of(dossier) if action.chosen])


def dated(programme: Programme, actions: Sequence[Action]) -> Calendar | str:
    """Return the calendar of some actions, or why there is none, in French."""
    try:
        return calendar(actions, horizon=12 * programme.years)
    except InputError as error:
        return str(error)


def titles(actions: Sequence[Action]) -> dict[str, str]:
    """Return the titles of actions by id, those left aside told."""
    return {one.id: (one.title or UNTITLED) + ("" if one.chosen else " (laissée)") for one in actions}


def objective_names(objectives: Sequence[Objective]) -> dict[str, str]:
    """Return objectives by id, with their level."""
    return {one.id: f"{one.text or 'Sans texte'} ({LEVELS[one.level]})" for one in objectives}


def priorities(dossier: Dossier) -> dict[str, str]:
    """Return the priorities that the former step leaves, by id."""
    labels = {one.id: one.label for one in dossier.prioritisation.candidates}
    return {one: labels[one] for one in dossier.prioritisation.chosen if one in labels}


def figure(label: str, value: Any, *, low: float = 0, high: float, whole: bool = False) -> float | None:
    """Return the number that a person typed, None for nothing.

    Raises
    ------
    InputError
        It is no number, or not one that the field takes.
    """
    if value is None:
        return None
    asked = "un nombre entier" if whole else "un nombre"
    if isinstance(value, str) or not low <= value <= high or (whole and value != int(value)):
        said = value if isinstance(value, str) else fr(value)
        raise InputError(
            f"{label} : « {said} » n’est pas compris. Attendu : {asked} de {fr(low)} à {fr(high)}. "
            "Corrigez ce champ."
        )
    return float(value)
