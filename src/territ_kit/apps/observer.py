"""The page « Observer »."""

from __future__ import annotations

from IPython.display import display

from territ_kit.apps.visit import Visit
from territ_kit.widgets.observer import ObserverPanel

CASE = "port-ancelle"
NAME = "observer"


def prepare() -> ObserverPanel:
    """Build the page before anyone asks for it: a preheated kernel has its first picture drawn."""
    return ObserverPanel(CASE)


def page(panel: ObserverPanel) -> None:
    """Show the page to the visitor, with the choices they had made."""
    visit = Visit.begin()
    panel.restore(visit.progress.choices(NAME))
    panel.changed = lambda choices: visit.progress.keep_choices(NAME, choices)
    display(panel.view)  # type: ignore[no-untyped-call] # IPython's
