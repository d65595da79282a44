"""The page « Observer »."""

from __future__ import annotations

import gc

from IPython.display import display

from territ_kit.apps.visit import Visit
from territ_kit.widgets.observer import ObserverPanel

CASE = "port-ancelle"
NAME = "observer"


def prepare() -> ObserverPanel:
    """Build the page before anyone asks for it: a preheated kernel has its first picture drawn."""
    panel = ObserverPanel(CASE)
    gc.freeze()  # what is loaded by now stays: looking through it again would hold up a picture
    return panel


def page(panel: ObserverPanel) -> None:
    """Show the page to the visitor: the territory that the address asks for, their choices and their list."""
    visit = Visit.begin()
    panel.keep_in(visit.workspace)
    asked = {"case": visit.arguments["cas"]} if "cas" in visit.arguments else {}
    panel.restore(visit.progress.choices(NAME) | asked)
    panel.changed = lambda choices: visit.progress.keep_choices(NAME, choices)
    display(panel.view)  # type: ignore[no-untyped-call] # IPython's
