"""The pages « Diagnostiquer », « Concerter », « Prioriser » and « Planifier »."""

from __future__ import annotations

import gc

from IPython.display import display

from territ_kit.apps.visit import Visit
from territ_kit.report import DOCUMENTS
from territ_kit.widgets.steps import board
from territ_kit.widgets.steps.panel import Board

CASE = "port-ancelle"


def prepare(name: str) -> Board:
    """Build the page before anyone asks for it: a preheated kernel has its first task drawn."""
    made = board(name, CASE)
    gc.freeze()  # what is loaded by now stays: looking through it again would hold up a picture
    return made


def page(made: Board, name: str) -> None:
    """Show the page to the visitor, on their dossier, at the territory and the task that the address says."""
    visit = Visit.begin()
    kept = visit.progress.choices("observer") | visit.progress.choices(name)
    asked = {"case": visit.arguments.get("cas"), "task": visit.arguments.get("tache")}
    made.desk.documents = DOCUMENTS
    made.keep_in(visit.workspace)
    made.restore(kept | {key: choice for key, choice in asked.items() if choice})
    made.changed = lambda choices: visit.progress.keep_choices(name, choices)
    display(made.view)  # type: ignore[no-untyped-call] # IPython's
