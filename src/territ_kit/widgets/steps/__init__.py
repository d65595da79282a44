"""The pages of the steps after observation: one board a step, one task at a time, one dossier."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from territ_kit.errors import InputError, WorkspaceError
from territ_kit.french import listing
from territ_kit.workspace import Workspace

if TYPE_CHECKING:
    from territ_kit.widgets.steps.panel import Board

PAGES = {
    "diagnostiquer": ("diagnosis", "territ_kit.widgets.diagnose"),
    "concerter": ("consultation", "territ_kit.widgets.consult"),
    "prioriser": ("prioritisation", "territ_kit.widgets.prioritise"),
    "planifier": ("programme", "territ_kit.widgets.plan"),
}
"""By page, the step's part of the dossier and the package whose `TASKS` it shows."""


def board(page: str, case: str, *, alone: bool = False) -> Board:
    """Return the board of a page, on a dossier that nothing keeps until `keep_in`."""
    from territ_kit.widgets.steps.panel import Board  # noqa: PLC0415 # the tasks' packages import this one

    step, package = PAGES[page]
    return Board(step, import_module(package).TASKS, case, alone=alone)


def work(page: str, case: str, task: str) -> Any:
    """Return one task of a step, for the notebooks of the course, on the person's own dossier.

    Parameters
    ----------
    page : {"diagnostiquer", "concerter", "prioriser", "planifier"}
    case : str
        Id of a territory.
    task : str
        Id of a task of that page.

    Raises
    ------
    InputError
        If the page or the task does not exist.
    """
    if page not in PAGES:
        raise InputError(
            f"La page « {page} » n’existe pas. Le kit attendait {listing(list(PAGES))}. Corrigez l’appel."
        )
    made = board(page, case, alone=True)
    if task not in made.kinds:
        raise InputError(
            f"La tâche « {task} » n’existe pas. Le kit attendait {listing(list(made.kinds))}. "
            "Corrigez l’appel."
        )
    try:
        made.keep_in(Workspace.current())
    except WorkspaceError:
        made.desk.tell(
            "Rien n’est gardé ici : ouvrez ce cahier depuis la page d’accueil pour garder votre travail."
        )
    made.restore({"task": task})
    return made.view
